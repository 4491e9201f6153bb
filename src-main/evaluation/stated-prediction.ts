/** The prediction of a system that states spans and triples, so that every match mode scores it as it does a model's. */
import type { TextTriple } from '#main/document/labelled-sentence'
import { anchorOf, type Anchor, type PredictedCell, type Prediction } from '#main/document/prediction'
import type { Triple, TripleSpan } from '#main/document/relation'
import { encodeTags } from '#main/tagging/span-codec'
import { tagNames } from '#main/tagging/tag-scheme'

export interface StatedSentence {
  readonly spans: readonly TripleSpan[]
  readonly triples: readonly Triple[]
  readonly unanchored: readonly TextTriple[]
}

/** @param words number of words of the sentence. */
export function statedPrediction(
  { spans, triples, unanchored }: StatedSentence,
  words: number,
  anchor: Anchor,
): Prediction {
  const types = [...new Set(spans.map(({ label }) => label))]
  const { tags } = encodeTags(spans, words, tagNames({ entityTypes: types.map((name) => ({ name })) }))
  const cells = new Map<string, PredictedCell>()
  for (const { subject, type, object } of triples) {
    const cell = { subject: anchorOf(subject, anchor), type, object: anchorOf(object, anchor), probability: 1 }
    cells.set(JSON.stringify(cell), cell)
  }
  return {
    ...{ tags, spans: spans.map((span) => ({ ...span, probability: 1 })), cells: [...cells.values()] },
    ...{ stated: { triples, unanchored }, anchor, threshold: 0.5, early: null },
  }
}
