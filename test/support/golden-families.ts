/** Golden files of the families beside PMEI, as `test/fixtures/golden/families.py` computed them. */
import { readFileSync } from 'node:fs'
import { createModelOf, type Model } from '#main/models/model'
import type { ModelFamily, SentenceGold } from '#main/models/family'
import type { Batch } from '#main/models/shared/batch'
import { inputOfIds } from '#main/models/vectorize'
import type { ModelConfig } from '#main/runs/config'
import { toTensor, type GoldenTensor } from './golden.ts'

interface GoldenSentence {
  readonly tokens: readonly number[]
  /** Start, end and type. */
  readonly spans: readonly (readonly [number, number, number])[]
  /** Subject, relation and object; subject and object as indices of spans. */
  readonly triples: readonly (readonly [number, number, number])[]
}

export interface FamilyGolden {
  readonly family: string
  readonly shapes: Readonly<
    Record<'vocabulary' | 'wordDimension' | 'hidden' | 'relations' | 'types' | 'rounds', number>
  >
  readonly sentences: readonly GoldenSentence[]
  readonly weights: Record<string, GoldenTensor>
  readonly expected: Record<string, GoldenTensor>
  readonly losses: Readonly<Record<'total' | 'entity' | 'relation', number>>
  readonly gradients: Record<string, GoldenTensor>
}

export function readFamilyGolden(family: string): FamilyGolden {
  const file = new URL(`../fixtures/golden/${family}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as FamilyGolden // written by families.py
}

/** The part of a config that the reference decides. Spans carry a type for families that have types. */
export function sharedConfig({ shapes }: FamilyGolden, isTyped: boolean) {
  const { wordDimension, hidden, relations } = shapes
  const types = isTyped ? ['-X', '-Y'] : ['']
  return {
    encoder: { kind: 'lstm', wordDimension, hidden, casingDimension: 0, posDimension: 0, posFrom: 'corpus' },
    tasks: ['entity', 'relation'],
    resetAfter: false,
    memory: false,
    anchor: 'last',
    tags: ['O', ...types.flatMap((type) => ['B', 'I', 'E', 'S'].map((prefix) => prefix + type))],
    relations: Array.from({ length: relations }, (_, index) => `relation ${index}`),
  } as const
}

/** A model that holds the golden weights, all of them and no others. */
export function modelWith<Config extends ModelConfig, Gold, Outputs>(
  family: ModelFamily<Config, Gold, Outputs>,
  config: Config,
  golden: FamilyGolden,
): Model<Outputs> {
  const model = createModelOf(family, config, golden.shapes.vocabulary, 1)
  for (const [name, variable] of model.weights) {
    const weight = golden.weights[name]
    if (!weight) throw new Error(`the golden file of ${golden.family} has no weight ${name}`)
    variable.assign(toTensor(weight) as typeof variable)
  }
  return model
}

/** The sentences as a corpus has them, with types X and Y. */
export function goldenSentences({ sentences }: FamilyGolden): SentenceGold[] {
  return sentences.map(({ tokens, spans, triples }) => {
    const named = spans.map(([start, end, type]) => ({ start, end, label: type === 0 ? 'X' : 'Y' }))
    const at = (place: number) => named[place] ?? { start: 0, end: 0, label: '' }
    return {
      words: tokens.map((token) => `word ${token}`),
      spans: named,
      triples: triples.map(([subject, type, object]) => ({
        ...{ subject: at(subject), type: `relation ${type}`, object: at(object) },
      })),
    }
  })
}

export function batchOf<Config extends ModelConfig, Gold, Outputs>(
  family: ModelFamily<Config, Gold, Outputs>,
  config: Config,
  golden: FamilyGolden,
): Batch<Gold> {
  const ids = Int32Array.from(golden.sentences.flatMap(({ tokens }) => tokens))
  return {
    rows: ids.length,
    lengths: golden.sentences.map(({ tokens }) => tokens.length),
    input: inputOfIds({ tokens: ids, casing: new Int32Array(ids.length), pos: null }),
    gold: family.encodeGold(goldenSentences(golden), config),
  }
}
