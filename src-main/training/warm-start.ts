/** Warm start: copies weights of another checkpoint by name, also where words, tags or relation types were added. */
import * as tf from '@tensorflow/tfjs-core'
import type { Checkpoint } from '#main/models/checkpoint'
import { weightSpecs, type Model } from '#main/models/model'
import type { Vocabulary } from '#main/pretrained/vocabulary'
import type { CorpusPart, ModelConfig } from '#main/runs/config'

type Source = Pick<Checkpoint, 'model' | 'vocabulary' | 'weights'>

/** Name of every index along every axis of a weight. Equal names mean the same. */
type AxisNames = readonly (readonly string[])[]

/**
 * Overwrites all weights that `from` has, and leaves the others as they are. Returns notes, in plain sentences, about
 * weights that start anew. @throws Error when the encoders differ in kind or size.
 */
export function startWarm(model: Model, vocabulary: Vocabulary, from: Source): string[] {
  const [asked, found] = [sizesOf(model.config), sizesOf(from.model)]
  for (const size of new Set([...Object.keys(asked), ...Object.keys(found)]))
    if (asked[size] !== found[size])
      throw new Error(
        `The checkpoint to start from has ${size} ${found[size] ?? 'not at all'}, this run ${asked[size] ?? 'not at all'}: ` +
          'give both the same, or start without it.',
      )
  const targets = axisNames(model.config, vocabulary)
  const sources = axisNames(from.model, from.vocabulary)
  const fresh = [...model.weights].filter(([name, weight]) => {
    const stored = from.weights.get(name)
    if (stored) carryOver(weight, targets.get(name) ?? [], stored.values, sources.get(name) ?? [])
    return !stored
  })
  return fresh.length === 0
    ? []
    : [`${fresh.length} of ${model.weights.size} weights begin afresh: the checkpoint to start from lacks them.`]
}

/** Sizes of the encoder by name. Weights of an encoder of another size cannot be copied. */
function sizesOf({ encoder }: ModelConfig): Readonly<Record<string, string | number>> {
  const { kind, ...sizes } = encoder.kind === 'lstm' ? encoder : { kind: encoder.kind, ...encoder.sizes }
  return { encoder: kind, ...sizes }
}

/**
 * Names of the indices of every weight, found by how its shape grows with one more word, tag, relation type or part of
 * speech.
 */
function axisNames(config: ModelConfig, vocabulary: Vocabulary): Map<string, AxisNames> {
  const shapes = (changed: Partial<Pick<ModelConfig, CorpusPart>>, words = 0): number[][] =>
    weightSpecs({ ...config, ...changed }, vocabulary.size + words).map(({ shape }) => [...shape])
  const withWord = shapes({}, 1)
  const withTag = shapes({ tags: [...config.tags, ''] })
  const withRelation = shapes({ relations: [...config.relations, ''] })
  const { partsOfSpeech = [] } = config
  const withPos = shapes({ partsOfSpeech: [...partsOfSpeech, ''] })
  return new Map(
    weightSpecs(config, vocabulary.size).map(({ name, shape }, weight) => [
      name,
      shape.map((length, axis) => {
        const grows = (bigger: number[][]): boolean => (bigger[weight]?.[axis] ?? 0) > length
        // an input is [state ; tags ; relation types], an output is one of the three
        const named = [
          ...(grows(withWord) ? vocabulary.words.map((word) => `word ${word}`) : []),
          ...(grows(withTag) ? config.tags.map((tag) => `tag ${tag}`) : []),
          ...(grows(withRelation) ? config.relations.map((type) => `relation ${type}`) : []),
          ...(grows(withPos) ? partsOfSpeech.map((pos) => `pos ${pos}`) : []),
        ]
        return [...Array.from({ length: length - named.length }, (_, index) => `${index}`), ...named]
      }),
    ]),
  )
}

/** Copies the values whose names occur on both sides. Weights have one axis or two. */
function carryOver(weight: tf.Variable, names: AxisNames, stored: Float32Array, storedNames: AxisNames): void {
  const [rows, columns] = matrixNames(names)
  const [storedRows, storedColumns] = matrixNames(storedNames)
  const rowOf = new Map(storedRows.map((name, index) => [name, index]))
  const columnOf = new Map(storedColumns.map((name, index) => [name, index]))
  const values = Float32Array.from(weight.dataSync<'float32'>())
  rows.forEach((row, r) => {
    const from = rowOf.get(row)
    if (from === undefined) return
    columns.forEach((column, c) => {
      const at = columnOf.get(column)
      if (at !== undefined) values[r * columns.length + c] = stored[from * storedColumns.length + at] ?? Number.NaN
    })
  })
  tf.tidy(() => weight.assign(tf.tensor(values, weight.shape, 'float32')))
}

function matrixNames([first = [], second]: AxisNames): [rows: readonly string[], columns: readonly string[]] {
  return second ? [first, second] : [[''], first]
}
