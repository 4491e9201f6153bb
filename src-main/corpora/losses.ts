/** LossCount: what an export leaves out, counted by kind. */

export interface LossCount {
  /** `what` is said of several: "spans lose their entity type". */
  add(what: string): void
  /** "212 spans lose their entity type", in order of first appearance. */
  sentences(): string[]
}

export function createLossCount(): LossCount {
  const counts = new Map<string, number>()
  return {
    add: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    sentences: () => Array.from(counts, ([what, count]) => `${count} ${what}`),
  }
}
