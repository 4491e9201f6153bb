/** Cells of WebAnno TSV: values joined by "|", each with the number that tells stacked annotations apart, and the escapes within them. */

export interface CellValue {
  /** null where the annotation has no value ("*"), or there is none ("_"). */
  readonly value: string | null
  /** Number that tells it from others on the same token or joins it with other tokens; 0 where it has none. */
  readonly id: number
  /** Is there an annotation? */
  readonly isThere: boolean
}

/** `NONE[1]|*[2]` as its values. */
export function readCell(cell: string): CellValue[] {
  return splitAt(cell, '|').map((part) => {
    const [, text = part, id] = /^((?:\\.|[^\\[])*)\[(\d{1,9})\]$/s.exec(part) ?? []
    return {
      value: text === '*' || text === '_' ? null : unescapeValue(text),
      id: Number(id ?? 0),
      isThere: text !== '_' || id !== undefined,
    }
  })
}

/** Parts of a cell between signs that are not escaped. */
export function splitAt(cell: string, sign: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < cell.length; at++) {
    const character = cell.charAt(at)
    if (character === '\\') part += character + cell.charAt(++at)
    else if (character === sign) {
      parts.push(part)
      part = ''
    } else part += character
  }
  return [...parts, part]
}

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', b: '\b' }
const letters: Readonly<Record<string, string>> = { '\t': 't', '\n': 'n', '\r': 'r', '\f': 'f', '\b': 'b' }

function unescapeValue(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, character: string) => controls[character] ?? character)
}

export function escapeValue(value: string): string {
  return value
    .replaceAll(/[\\[\]|_;*]|->/g, (sign) => `\\${sign}`)
    .replaceAll(/[\t\n\r\f\b]/g, (control) => `\\${letters[control] ?? ''}`)
}

/** The text of a sentence or a token, in which only a backslash and control characters are escaped. */
export function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(/[\t\n\r\f\b]/g, (control) => `\\${letters[control] ?? ''}`)
}

export function unescapeText(text: string): string {
  return text.replaceAll(/\\([tnrfb\\])/g, (_, character: string) => controls[character] ?? character)
}
