/** Losses of CasRel: binary cross-entropies of all ends, of subjects and of objects given each gold subject, and of types. */
import * as tf from '@tensorflow/tfjs-core'
import { binaryCrossEntropy } from '#main/kernels/binary-cross-entropy'
import type { Batch } from '../shared/batch.ts'
import { goldToLearn } from '../shared/head-losses.ts'
import type { CasrelOutputs } from './taggers.ts'
import type { CasrelGold } from './gold.ts'

/** Loss of subjects and types, and of objects, each summed over the batch. */
export function lossesOf({ subjects, objects, types }: CasrelOutputs, batch: Batch<CasrelGold>) {
  const gold = goldToLearn(batch)
  const none = tf.scalar(0)
  const ofSubjects = crossEntropy(subjects, (truth) => {
    for (const { start, end } of gold.subjects) truth.set(start, 0).set(end - 1, 1)
  })
  const ofTypes = types ? typeLoss(types, gold) : none
  const ofObjects = objects ? crossEntropy(objects, (truth) => markObjects(truth, gold, objects.shape[1] / 2)) : none
  return { entity: tf.add<tf.Scalar>(ofSubjects, ofTypes), relation: ofObjects }
}

interface Truth {
  /** Marks one score as 1. */
  set(row: number, column: number): Truth
}

function markObjects(truth: Truth, { subjects }: CasrelGold, relations: number): void {
  let first = 0
  for (const { sentence, objects } of subjects) {
    for (const { start, end, relation } of objects)
      truth.set(first + start - sentence.start, relation).set(first + end - 1 - sentence.start, relations + relation)
    first += sentence.end - sentence.start
  }
}

function crossEntropy(logits: tf.Tensor2D, mark: (truth: Truth) => void): tf.Scalar {
  const [rows, columns] = logits.shape
  const values = new Float32Array(rows * columns)
  const truth: Truth = {
    set(row, column) {
      values[row * columns + column] = 1
      return truth
    },
  }
  mark(truth)
  return binaryCrossEntropy(logits, values)
}

function typeLoss(logits: tf.Tensor2D, { spans }: CasrelGold): tf.Scalar {
  const types = tf.tensor1d(
    spans.map(({ type }) => type),
    'int32',
  )
  // cast after the operation: the WASM kernel writes integers into a float32 table
  const chosen = tf.cast(tf.oneHot(types, logits.shape[1]), 'float32')
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), chosen)))
}
