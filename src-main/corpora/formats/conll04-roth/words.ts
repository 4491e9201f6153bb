/** The words of a row: an entity of several words is one row, whose words and parts of speech slashes set apart; COMMA is a comma. */

export interface RowWords {
  readonly words: readonly string[]
  readonly pos: readonly (string | undefined)[]
  /** Are there other numbers of words and parts of speech, so that a slash may be part of a word? */
  readonly isAmbiguous: boolean
}

/** A slash sets words apart as far as there are parts of speech for them; one that belongs to a word may have a backslash. */
export function splitCells(wordCell: string, posCell: string, isEntity: boolean): RowWords {
  const tags = posCell.split('/')
  const pos = tags.map((tag) => (tag === 'O' || tag === '' ? undefined : tag))
  const plain = wordCell.split('/')
  const escaped = splitEscaped(wordCell)
  if (isEntity && posCell === 'O')
    return result(
      escaped,
      escaped.map(() => undefined),
    )
  if (tags.length === 1) return result([wordCell], pos)
  if (plain.length === tags.length) return result(plain, pos)
  if (escaped.length === tags.length) return result(escaped, pos)
  return {
    ...result(
      plain,
      plain.map(() => undefined),
    ),
    isAmbiguous: true,
  }
}

function result(words: readonly string[], pos: readonly (string | undefined)[]): RowWords {
  return { words: words.map((word) => (word === 'COMMA' ? ',' : word)), pos, isAmbiguous: false }
}

function splitEscaped(cell: string): string[] {
  const words = ['']
  for (const [part] of cell.matchAll(/\\[\\/]|\/|[^\\/]+|\\/g)) {
    if (part === '/') words.push('')
    else words[words.length - 1] += part.length === 2 && part.startsWith('\\') ? part.slice(1) : part
  }
  return words
}

/** The cells of a row of these words. */
export function joinWords(words: readonly string[], pos: readonly (string | undefined)[], isEntity: boolean) {
  const tags = pos.map((tag) => (tag === undefined || tag === '' ? 'O' : tag.replaceAll('/', '|')))
  const posCell = tags.join('/')
  const written = words.map((word) => (word === ',' ? 'COMMA' : word))
  const hasSlash = written.some((word) => word.includes('/'))
  const isEscaped = isEntity && (posCell === 'O' || (words.length > 1 && hasSlash))
  return { words: (isEscaped ? written.map(escapeWord) : written).join('/'), pos: posCell }
}

function escapeWord(word: string): string {
  return word.replaceAll(/[\\/]/g, (sign) => `\\${sign}`)
}
