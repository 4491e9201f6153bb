/** LossCount: what an export leaves out, counted by kind. */
import type { Annotation } from '#main/document/annotation'

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

/** Bounds within words, for formats whose spans are words. */
export function countCutWords({ spans }: Annotation, add: LossCount['add']): void {
  for (const { chars } of spans) if (chars) add('spans that begin or end within a word take whole words')
}

/** Notes and flags on spans and relations, for formats that have no place for them. */
export function countRemarks({ spans, relations }: Annotation, add: LossCount['add']): void {
  for (const { remark } of spans) if (remark) add('spans lose their note or flag')
  for (const { remark } of relations) if (remark) add('relations lose their note or flag')
}
