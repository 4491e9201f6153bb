/** From the logits of one batch to passes: tags, spans and every cell worth keeping. */
import * as tf from '@tensorflow/tfjs-core'
import { storedCellFloor, type Pass, type PredictedCell } from '#main/document/prediction'
import type { ModelConfig } from '#main/runs/config'
import type { HeadLogits } from '#main/model/heads'
import type { Batch } from '#main/model/vectorize'
import { decodeTags } from '#main/tagging/span-codec'

/** One pass per sentence of the batch, read to the sentence's own length. */
export function readPasses({ tags, relations }: HeadLogits, batch: Batch, config: ModelConfig): Pass[] {
  const probabilities = tf.tidy(() => tf.softmax(tags).dataSync<'float32'>())
  const logits = relations.dataSync<'float32'>()
  return batch.lengths.map((length, sentence) => ({
    ...readTags(probabilities, sentence * batch.length, length, config),
    cells: readCells(logits, sentence, length, batch.length, config.relations),
  }))
}

function readTags(
  probabilities: Float32Array,
  firstRow: number,
  length: number,
  config: ModelConfig,
): Pick<Pass, 'tags' | 'spans'> {
  const count = config.tags.length
  const best = Array.from({ length }, (_, token) => {
    const row = probabilities.subarray((firstRow + token) * count, (firstRow + token + 1) * count)
    const index = row.reduce((winner, value, at) => (value > (row[winner] ?? 0) ? at : winner), 0)
    return { tag: config.tags[index] ?? 'O', probability: row[index] ?? 0 }
  })
  const tags = best.map(({ tag }) => tag)
  const options = config.untypedLabel === undefined ? {} : { untypedLabel: config.untypedLabel }
  const spans = decodeTags(tags, options).map((span) => ({
    ...span,
    // as if the tags were independent: the chance that all of them are right
    probability: best.slice(span.start, span.end).reduce((product, { probability }) => product * probability, 1),
  }))
  return { tags, spans }
}

/** Logit of `storedCellFloor`: comparing logits saves a sigmoid for each of millions of cells. */
const floorLogit = Math.log(storedCellFloor / (1 - storedCellFloor))

/**
 * Cells kept per word of the sentence, the most probable ones. No text states that many relations, but an untrained
 * model finds half of all cells likely, and a hundred million of them would fill any memory.
 */
const cellsPerWord = 16

function readCells(
  logits: Float32Array,
  sentence: number,
  length: number,
  padded: number,
  relations: readonly string[],
): PredictedCell[] {
  const count = relations.length
  const likely: number[] = []
  for (let subject = 0; subject < length; subject++) {
    const start = (sentence * padded + subject) * padded * count
    for (let at = start; at < start + length * count; at++) if ((logits[at] ?? 0) >= floorLogit) likely.push(at)
  }
  const logitOf = (at: number): number => logits[at] ?? 0
  return likely
    .sort((a, b) => logitOf(b) - logitOf(a) || a - b)
    .slice(0, cellsPerWord * length)
    .map((at) => {
      const pair = Math.floor(at / count)
      return {
        subject: Math.floor(pair / padded) % padded,
        type: relations[at % count] ?? '',
        object: pair % padded,
        probability: 1 / (1 + Math.exp(-logitOf(at))),
      }
    })
}
