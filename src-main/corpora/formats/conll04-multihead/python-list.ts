/** Lists of strings and whole numbers as Python writes them, read strictly and written. */

/** null for what is not one list of strings and numbers. */
export function readPythonList(text: string): (string | number)[] | null {
  const items: (string | number)[] = []
  const item = /\s{0,100}(?:(-?\d{1,9})|'((?:[^'\\]|\\.){0,1000})'|"((?:[^"\\]|\\.){0,1000})")\s{0,100}(,|$)/suy
  const inner = /^\[([^]*)\]$/.exec(text.trim())?.[1]
  if (inner === undefined) return null
  if (inner.trim() === '') return []
  while (item.lastIndex < inner.length) {
    const [, number, single, double, sign] = item.exec(inner) ?? []
    if (sign === undefined) return null
    items.push(number === undefined ? unescape(single ?? double ?? '') : Number(number))
    if (sign === '') return items
  }
  return items
}

function unescape(text: string): string {
  return text.replaceAll(/\\([\\'"])/g, '$1')
}

export function writePythonList(items: readonly (string | number)[]): string {
  return `[${items.map((item) => (typeof item === 'number' ? item : `'${item.replaceAll(/[\\']/g, '\\$&')}'`)).join(', ')}]`
}
