/** Counts as they are read: "1 triple", "6,222 sentences". */

export function showCount(count: number, noun?: string): string {
  const figure = count.toLocaleString('en')
  return noun === undefined ? figure : `${figure} ${noun}${count === 1 ? '' : 's'}`
}

export function showPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
