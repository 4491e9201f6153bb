/** LossCount: what an export leaves out, counted by kind. */
import type { Annotation } from '#main/document/annotation'
import { countOf } from '#main/text/numbers'

/** A Loss is a phrase about one thing, and one about several: "span loses its entity type", "spans lose their entity type". */
export type Loss = readonly [one: string, several: string]

export interface LossCount {
  add(loss: Loss, count?: number): void
  /** "212 spans lose their entity type", in order of first appearance. */
  sentences(): string[]
}

export function createLossCount(): LossCount {
  const counts = new Map<Loss, number>()
  return {
    add(loss, count = 1) {
      if (count > 0) counts.set(loss, (counts.get(loss) ?? 0) + count)
    },
    sentences: () => Array.from(counts, ([[one, several], count]) => countOf(count, one, several)),
  }
}

const cutWords: Loss = [
  'span that begins or ends within a word takes whole words',
  'spans that begin or end within a word take whole words',
]
const spanRemarks: Loss = ['span loses its note or flag', 'spans lose their note or flag']
const relationRemarks: Loss = ['relation loses its note or flag', 'relations lose their note or flag']

/** Bounds within words, for formats whose spans are words. */
export function countCutWords({ spans }: Annotation, losses: LossCount): void {
  losses.add(cutWords, spans.filter(({ chars }) => chars).length)
}

/** Notes and flags on spans and relations, for formats that have no place for them. */
export function countRemarks({ spans, relations }: Annotation, losses: LossCount): void {
  losses.add(spanRemarks, spans.filter(({ remark }) => remark).length)
  losses.add(relationRemarks, relations.filter(({ remark }) => remark).length)
}
