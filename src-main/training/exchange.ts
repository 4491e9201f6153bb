/** Exchange between replicas: each gives the gradients and losses of its share, and all get the same sums. */
import * as tf from '@tensorflow/tfjs-core'
import { downloadInto } from '#main/kernels/download-into'
import type { BatchGradients } from './gradients.ts'
import { lossesFrom, lossNames } from './losses.ts'

export interface Exchange {
  /** Number of this replica, from 0. */
  readonly rank: number
  readonly size: number
  /** Memory for this replica's numbers; its length is `exchangeLength`. */
  readonly own: Float32Array
  /**
   * Sums over all replicas, added in the order of their ranks. Called once `own` is written; the result is valid until
   * the next call. @throws BackendFailure when another replica broke down.
   */
  sum(): Promise<Float32Array>
}

type WeightTensors = ReadonlyMap<string, tf.Tensor>

/**
 * Number of floats that one update exchanges: every weight's gradient, the losses, and one mark per sentence of the
 * batch that says whether it was left out.
 */
export function exchangeLength(weights: WeightTensors, batchSize: number): number {
  return [...weights.values()].reduce<number>((sum, { size }) => sum + size, lossNames.length + batchSize)
}

/** Losses and gradients of the whole batch, from those of this replica's share, which are disposed. */
export async function exchangeGradients(
  { losses, gradients, leftOut }: BatchGradients,
  weights: WeightTensors,
  exchange: Exchange,
): Promise<BatchGradients> {
  try {
    let at = 0
    for (const [name, { size }] of weights) {
      const gradient = gradients.get(name)
      if (gradient) await downloadInto(exchange.own.subarray(at, at + size), gradient)
      else exchange.own.fill(0, at, at + size)
      at += size
    }
    exchange.own.set(
      lossNames.map((name) => losses[name]),
      at,
    )
    const marks = exchange.own.subarray(at + lossNames.length).fill(0)
    for (const place of leftOut) marks[place] = 1
  } finally {
    tf.dispose([...gradients.values()])
  }
  const sums = await exchange.sum()
  return takeApart(sums, weights)
}

function takeApart(sums: Float32Array, weights: WeightTensors): BatchGradients {
  let at = 0
  const gradients = new Map(
    [...weights].map(([name, { shape, size }]) => {
      const values = sums.subarray(at, (at += size))
      return [name, tf.tensor(values, shape, 'float32')]
    }),
  )
  const marks = sums.subarray(at + lossNames.length)
  return {
    losses: lossesFrom(sums.subarray(at)),
    gradients,
    leftOut: [...marks.keys()].filter((place) => marks[place]),
  }
}
