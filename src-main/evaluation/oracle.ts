/** Oracle: the triples that perfect tags and perfect cells decode to. Its recall is the ceiling of the label scheme. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { anchorOf, type Anchor, type PredictedCell, type Prediction } from '#main/document/prediction'
import { decodeTags, encodeTags } from '#main/tagging/span-codec'
import { tagNames } from '#main/tagging/tag-scheme'

/** @param types entity types of all sentences that the model would know */
export function oraclePredictions(
  sentences: readonly LabelledSentence[],
  anchor: Anchor,
  types: readonly string[] = [...new Set(sentences.flatMap(({ spans }) => spans.map(({ label }) => label)))],
): Prediction[] {
  const tagSet = tagNames({ entityTypes: types.map((name) => ({ name })) })
  const options = types.length === 1 && types[0] ? { untypedLabel: types[0] } : {}
  return sentences.map(({ words, spans, triples }) => {
    const { tags } = encodeTags(spans, words.length, tagSet)
    const cells = new Map<string, PredictedCell>()
    for (const { subject, type, object } of triples) {
      const cell = { subject: anchorOf(subject, anchor), type, object: anchorOf(object, anchor), probability: 1 }
      cells.set(JSON.stringify(cell), cell)
    }
    return {
      tags,
      spans: decodeTags(tags, options).map((span) => ({ ...span, probability: 1 })),
      cells: [...cells.values()],
      anchor,
      threshold: 0.5,
      early: null,
    }
  })
}
