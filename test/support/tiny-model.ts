/** A small untrained model and a few sentences, for tests that need real tensors but no learning. */
import { createModel, type Model } from '#main/models/model'
import { createVocabulary, type Vocabulary } from '#main/pretrained/vocabulary'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { PmeiModel } from '#main/runs/config'
import { variants, type VariantName } from '#main/runs/variants'

export const tinySentences: readonly LabelledSentence[] = [
  sentence(1, 'Mara Velt founded Orbisk Labs in Tarnow .', [
    [0, 2, 'founded', 3, 5],
    [3, 5, 'located_in', 6, 7],
  ]),
  sentence(2, 'Orbisk Labs moved to Lunde .', [[0, 2, 'located_in', 4, 5]]),
  sentence(3, 'Nothing happened .', []),
]

function sentence(
  sentenceId: number,
  text: string,
  triples: readonly (readonly [number, number, string, number, number])[],
): LabelledSentence {
  const gold = triples.map(([subjectStart, subjectEnd, type, objectStart, objectEnd]) => ({
    subject: { start: subjectStart, end: subjectEnd, label: 'entity' },
    type,
    object: { start: objectStart, end: objectEnd, label: 'entity' },
  }))
  const spans = new Map(gold.flatMap(({ subject, object }) => [subject, object]).map((span) => [span.start, span]))
  return { sentenceId, words: text.split(' '), spans: [...spans.values()], triples: gold, unanchored: [] }
}

export function tinyConfig(variant: VariantName, change: Partial<PmeiModel> = {}): PmeiModel {
  return {
    ...variants[variant],
    encoder: { kind: 'lstm', wordDimension: 6, hidden: 4, casingDimension: 2, posDimension: 0, posFrom: 'corpus' },
    resetAfter: false,
    memory: false,
    anchor: 'last',
    tags: ['O', 'B', 'I', 'E', 'S'],
    relations: ['founded', 'located_in'],
    ...change,
  }
}

export const tinyVocabulary: Vocabulary = createVocabulary(tinySentences.flatMap(({ words }) => words))

export function tinyModel(variant: VariantName, seed = 1, change: Partial<PmeiModel> = {}): Model {
  return createModel(tinyConfig(variant, change), tinyVocabulary.size, seed)
}
