/** ColumnStats: the properties that the cells of one column of a file share, gathered row by row. */
import { parseTag, type ParsedTag, type TagScheme } from '../../shared/decode-tags.ts'

export interface ColumnStats {
  add(cell: string): void
  /** Tells that a sentence ends. */
  endSentence(): void
  /** Are the cells tags, but for one in ten, which is amiss? `some`: are some of them not O? */
  isTags(): 'no' | 'all-outside' | 'some'
  /** A tag that is not O. */
  example(): string
  scheme(): SchemeEvidence
  /** Do the cells count the words of each sentence? */
  isIndex(): boolean
  /** May all cells be parts of speech? */
  isPos(): boolean
}

export interface SchemeEvidence {
  readonly scheme: TagScheme
  /** Why, in words. */
  readonly reason: string
}

/** Parts of speech as tag sets spell them: NNP, PRP$, VVFIN, -LRB-, nr, punctuation; "_" for none. */
const posPattern = /^(?:\p{Lu}[\p{Lu}\p{N}$_+|:.-]{0,15}|-[A-Z]{2,4}-|[^\p{L}\p{N}\s]{1,4}|[a-z]{1,4}\p{N}?)$/u

/** Part of the cells that are tags in a column of tags. */
const leastTags = 0.9
/** Cells in a row that may be amiss before a column is no longer looked at. */
const mostFaults = 1000

export function createColumnStats(): ColumnStats {
  let [isIndex, isPos] = [true, true]
  const cells = { all: 0, tags: 0 }
  let example = ''
  let previous: ParsedTag | null = null
  let position = -1
  const signs = new Set<string>()
  const counts = { insideBegins: 0, needlessBegins: 0, touchingBegins: 0 }

  function addTag(cell: string): void {
    const tag = parseTag(cell)
    if (!tag) return
    cells.tags++
    if (tag.mark !== 'O') {
      if (example === '') example = cell
      signs.add(cell.charAt(0))
      const follows = previous !== null && previous.mark !== 'O' && previous.label === tag.label
      if (tag.mark === 'I' && !follows) counts.insideBegins++
      if (tag.mark === 'B') counts[follows ? 'touchingBegins' : 'needlessBegins']++
    }
    previous = tag
  }

  return {
    add(cell) {
      cells.all++
      if (cells.tags >= leastTags * (cells.all - mostFaults)) addTag(cell)
      isPos &&= posPattern.test(cell)
      const number = /^\d{1,6}$/.test(cell) ? Number(cell) : -1
      isIndex &&= position < 0 ? number === 0 || number === 1 : number === position + 1
      position = number
    },
    endSentence() {
      previous = null
      position = -1
    },
    isTags: () => (cells.tags < leastTags * cells.all ? 'no' : example === '' ? 'all-outside' : 'some'),
    example: () => example,
    scheme: () => schemeOf(signs, counts),
    isIndex: () => isIndex,
    isPos: () => isPos,
  }
}

function schemeOf(
  signs: ReadonlySet<string>,
  { insideBegins, needlessBegins, touchingBegins }: Readonly<Record<string, number>>,
): SchemeEvidence {
  const has = (...of: readonly string[]): boolean => of.some((sign) => signs.has(sign))
  const seen = `its tags begin with ${[...signs, 'O'].sort().join(', ')}`
  if (has('L', 'U')) return { scheme: 'BILOU', reason: seen }
  if (has('S', 'W', 'M') || (has('E') && has('B'))) return { scheme: 'BIOES', reason: seen }
  if (has('E')) return { scheme: 'IOE', reason: seen }
  if ((insideBegins ?? 0) > 0 && needlessBegins === 0)
    return {
      scheme: 'IOB1',
      reason: `spans begin with I-, and B- stands only between two of one type (${touchingBegins} times)`,
    }
  return { scheme: 'BIO2', reason: signs.size === 0 ? 'all of its tags are O' : 'spans begin with B-' }
}
