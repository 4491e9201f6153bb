/** What the bench computes: two shapes of batches, made of generated words and relations. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { createRandom } from '#main/models/shared/random'
import { defaultLstm, type ModelConfig } from '#main/runs/config'
import { variants } from '#main/runs/variants'

/** Plain data: it crosses to the process that computes it, ours or the peer's. */
export interface Workload {
  readonly name: string
  /** Words of every sentence, n. */
  readonly length: number
  /** Relation types, l. */
  readonly relations: number
  readonly wordDimension: number
  /** LSTM units per direction; d = 2 x hidden. */
  readonly hidden: number
  readonly batchSize: number
  readonly vocabulary: number
}

const common = {
  wordDimension: defaultLstm.wordDimension,
  hidden: defaultLstm.hidden,
  batchSize: 50,
  vocabulary: 5000,
} as const

export const workloads = {
  s1: { name: 'S1', length: 24, relations: 171, ...common },
  s2: { name: 'S2', length: 40, relations: 24, ...common },
} as const satisfies Record<string, Workload>

/** The full model. No casing feature: the peer has none. */
export function modelOf({ wordDimension, hidden, relations }: Workload): ModelConfig {
  return {
    ...variants.pmei,
    encoder: { kind: 'lstm', wordDimension, hidden, casingDimension: 0, posDimension: 0, posFrom: 'corpus' },
    ...{ resetAfter: false, memory: false, anchor: 'last', untypedLabel: '' },
    tags: ['O', 'B', 'I', 'E', 'S'],
    relations: Array.from({ length: relations }, (_, at) => `relation-${at}`),
  }
}

/** Share of all cells that hold: a few per sentence, as in the published corpora. */
const goldShare = 0.0005

/** The same for the same seed. Every word that a relation needs is an entity of its own. */
export function generateSentences(workload: Workload, count: number, seed: number): LabelledSentence[] {
  const { length, relations, vocabulary } = workload
  const random = createRandom(seed, length, relations)
  const cells = Math.max(1, Math.round(goldShare * length * length * relations))
  const word = (at: number) => ({ start: at, end: at + 1, label: '' })
  return Array.from({ length: count }, (_, index) => {
    const triples = Array.from({ length: cells }, () => ({
      subject: word(random.integer(length)),
      type: `relation-${random.integer(relations)}`,
      object: word(random.integer(length)),
    }))
    const entities = new Set(triples.flatMap(({ subject, object }) => [subject.start, object.start]))
    return {
      sentenceId: index + 1,
      words: Array.from({ length }, () => `word-${random.integer(vocabulary)}`),
      spans: [...entities].sort((a, b) => a - b).map(word),
      triples,
      unanchored: [],
    }
  })
}
