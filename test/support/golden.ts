/** The golden files: float64 values of every variant, as the reference computed them (model.md). */
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { logitsOf, tilesOf } from '#main/kernels/pair-tiles'
import type { PairInputs } from '#main/kernels/pairs'
import type { PmeiModel } from '#main/runs/config'
import { variantGroups, variants, type VariantName } from '#main/runs/variants'
import { createModelOf, type Model } from '#main/models/model'
import { pmei } from '#main/models/pmei/pmei'
import type { PmeiOutputs } from '#main/models/pmei/forward'
import type { TagsAndCells } from '#main/models/shared/tags-and-cells'
import type { Noise } from '#main/models/shared/noise'
import { inputOfIds } from '#main/models/vectorize'
import { startsOf, type Batch } from '#main/models/shared/batch'

export interface GoldenTensor {
  readonly shape: number[]
  readonly values: number[]
}

export interface Golden {
  readonly variant: VariantName
  readonly shapes: {
    readonly vocabulary: number
    readonly wordDimension: number
    readonly hidden: number
    readonly relations: number
    readonly length: number
  }
  readonly hyperparameters: { readonly alpha: number; readonly betaEntity: number; readonly betaRelation: number }
  readonly lengths: number[]
  readonly tokens: number[][]
  readonly tags: number[][]
  readonly relationTable: number[][]
  readonly noise: { readonly entity?: GoldenTensor; readonly relation?: GoldenTensor }
  readonly weights: Record<string, GoldenTensor>
  readonly expected: Record<string, GoldenTensor>
  readonly losses: Record<string, number>
  readonly gradients: Record<string, GoldenTensor>
}

export function readGolden(variant: VariantName): Golden {
  const file = new URL(`../fixtures/golden/${variant}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Golden // the format of test/fixtures/golden
}

export const goldenFiles: readonly Golden[] = variantGroups.joint.map(readGolden)

export function goldenConfig({ variant, shapes }: Golden): PmeiModel {
  return {
    ...variants[variant],
    encoder: {
      kind: 'lstm',
      wordDimension: shapes.wordDimension,
      hidden: shapes.hidden,
      casingDimension: 0,
      posDimension: 0,
      posFrom: 'corpus',
    },
    resetAfter: false,
    memory: false,
    anchor: 'last',
    tags: ['O', 'B', 'I', 'E', 'S'],
    relations: Array.from({ length: shapes.relations }, (_, index) => `relation ${index}`),
  }
}

/** A model that holds the golden weights, all of them and no others. */
export function goldenModel(golden: Golden): Model<PmeiOutputs> {
  const model = createModelOf(pmei, goldenConfig(golden), golden.shapes.vocabulary, 1)
  for (const [name, variable] of model.weights) {
    const weight = golden.weights[name]
    if (!weight) throw new Error(`the golden file of ${golden.variant} has no weight ${name}`)
    variable.assign(toTensor(weight) as typeof variable)
  }
  return model
}

/** The golden batch without its padding. */
export function goldenBatch({ lengths, tokens, tags, relationTable: cells }: Golden): Batch<TagsAndCells> {
  const starts = startsOf(lengths)
  const real = (rows: number[][]): Int32Array => Int32Array.from(rows.flatMap((row, b) => row.slice(0, lengths[b])))
  const packed = cells
    .map(([b = 0, i = 0, j = 0, relation = 0]) => [(starts[b] ?? 0) + i, (starts[b] ?? 0) + j, relation] as const)
    .toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
  const ids = real(tokens)
  return {
    rows: ids.length,
    lengths,
    input: inputOfIds({ tokens: ids, casing: new Int32Array(ids.length), pos: null }),
    gold: { tags: real(tags), cells: packed.flat() },
  }
}

export function goldenNoise({ noise, lengths }: Golden): Noise {
  const drawn = (tensor?: GoldenTensor): tf.Tensor2D | null => (tensor ? packWords(toTensor(tensor), lengths) : null)
  const nothing = { inputMask: null, tokens: null, pos: null, inner: null }
  return { entity: drawn(noise.entity), relation: drawn(noise.relation), ...nothing }
}

/** Real words of padded values [B, n, w] → [k, w]. */
function packWords(padded: tf.Tensor, lengths: number[]): tf.Tensor2D {
  const [, , width = 0] = padded.shape
  return tf.concat2d(
    lengths.map((length, b) => tf.reshape(tf.slice(padded, [b, 0, 0], [1, length, width]), [length, width])),
    0,
  )
}

/** Words [k, w] → [B, n, w], 0 on padding. */
export function padWords(words: tf.Tensor, lengths: readonly number[], length: number): tf.Tensor {
  const starts = startsOf(lengths)
  const [, width = 0] = words.shape
  return tf.stack(
    lengths.map((real, b) =>
      tf.pad(tf.slice(words, [starts[b] ?? 0, 0], [real, width]) as tf.Tensor2D, [
        [0, length - real],
        [0, 0],
      ]),
    ),
  )
}

/** Logits of every pair, through `change`, as [B, n, n, l], 0 on padding. */
export function padPairs(
  pairs: PairInputs,
  lengths: readonly number[],
  length: number,
  change: (logits: tf.Tensor3D) => tf.Tensor3D = (logits) => logits,
): tf.Tensor {
  const starts = startsOf(lengths)
  return tf.stack(
    lengths.map((real, b) =>
      tf.pad(change(pairLogits(pairs, starts[b] ?? 0, real)), [
        [0, length - real],
        [0, length - real],
        [0, 0],
      ]),
    ),
  )
}

/** All logits of one sentence [length, length, l]. */
function pairLogits(inputs: PairInputs, start: number, length: number): tf.Tensor3D {
  const relations = inputs.bias.size
  return tf.tidy(() => {
    const tiles = tilesOf([length], inputs.left.shape[1] + relations)
    const parts = tiles.map((tile) => logitsOf(inputs, { ...tile, first: start + tile.first, start }))
    return tf.reshape(parts.length > 0 ? tf.concat2d(parts, 0) : tf.zeros([0, relations]), [length, length, relations])
  })
}

export function toTensor({ shape, values }: GoldenTensor): tf.Tensor {
  return tf.tensor(values, shape, 'float32')
}

/** Norm of the difference over the norm of what was expected; the plain norm where nothing but 0 was expected. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY
  let difference = 0
  let norm = 0
  for (let i = 0; i < expected.length; i++) {
    difference += ((found[i] ?? Number.NaN) - (expected[i] ?? Number.NaN)) ** 2
    norm += (expected[i] ?? 0) ** 2
  }
  return Math.sqrt(difference) / (norm === 0 ? 1 : Math.sqrt(norm))
}
