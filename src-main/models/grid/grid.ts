/**
 * Grid: all spans and triples as links between words, in one table of pairs, as in TPLinker (Wang et al., COLING 2020) and
 * OneRel (Shang et al., AAAI 2022). Nothing is tagged, so that spans may overlap.
 */
import * as tf from '@tensorflow/tfjs-core'
import { pairLoss } from '#main/kernels/pair-loss'
import { predictPairs } from '#main/kernels/pair-prediction'
import type { PairInputs } from '#main/kernels/pairs'
import { stateWidth, type GridModel } from '#main/runs/config'
import type { ModelFamily } from '../family.ts'
import { cellsBySentence } from '../shared/cells-by-sentence.ts'
import { entityTypes } from '../shared/entity-types.ts'
import { goldToLearn, sumOfBoth } from '../shared/head-losses.ts'
import { rareOutputs } from '../shared/rare-outputs.ts'
import { storedCells } from '../shared/stored-cells.ts'
import { dense, denseWeights, type Weights } from '../shared/weights.ts'
import { decodeLinks } from './decode.ts'
import { countUnencoded, encodeGold, type GridGold } from './gold.ts'

/** Inputs of the pair scorer; both scores of a pair come from the same states. */
export interface GridOutputs {
  /** First-last links by entity type. */
  readonly spans: PairInputs
  /** First-first links by relation type, then last-last ones. */
  readonly links: PairInputs
}

export const grid: ModelFamily<GridModel, GridGold, GridOutputs> = {
  mark: 'grid.left.kernel',
  weights(config) {
    const width = stateWidth(config)
    return [
      ...denseWeights('grid.left', width, width),
      ...denseWeights('grid.right', width, width, false),
      ...rareOutputs('grid.spans', width, entityTypes(config).length),
      ...rareOutputs('grid.links', width, 2 * config.relations.length),
    ]
  },
  encodeGold,
  countUnencoded,
  forward(shared, _, __, ___, weights) {
    const left = dense(shared, weights, 'grid.left')
    const right = tf.matMul<tf.Tensor2D>(shared, weights('grid.right.kernel'))
    return {
      spans: { left, right, ...outputOf(weights, 'grid.spans') },
      links: { left, right, ...outputOf(weights, 'grid.links') },
    }
  },
  losses({ spans, links }, batch, _, sentenceCount) {
    const gold = goldToLearn(batch)
    const { lengths } = batch
    return sumOfBoth(
      tf.div(pairLoss(spans, { lengths, cells: gold.spans }), sentenceCount),
      tf.div(pairLoss(links, { lengths, cells: gold.links }), sentenceCount),
    )
  },
  decode(outputs, { lengths }, config) {
    const spans = predictPairs(outputs.spans, { ...storedCells, lengths })
    const links = predictPairs(outputs.links, { ...storedCells, cellsPerWord: 2 * storedCells.cellsPerWord, lengths })
    return {
      needed: [...spans.needed, ...links.needed],
      async passes() {
        const [ofSpans, ofLinks] = [await spans.cells(), await links.cells()].map((found) =>
          cellsBySentence(found, lengths),
        )
        const final = lengths.map((length, at) => decodeLinks(ofSpans?.[at] ?? [], ofLinks?.[at] ?? [], length, config))
        return { final, early: null }
      },
    }
  },
  probe(outputs, { lengths }) {
    const largest = (inputs: PairInputs): tf.Tensor => {
      const { maximum } = predictPairs(inputs, { ...storedCells, lengths, withMaximum: true })
      return maximum ? tf.sigmoid(maximum) : tf.tensor1d([])
    }
    return { tags: largest(outputs.spans), relations: tf.max(largest(outputs.links), 0) }
  },
}

function outputOf(weights: Weights, name: string): Pick<PairInputs, 'kernel' | 'bias'> {
  // their specs have the shapes [d, outputs] and [outputs]
  return { kernel: weights(`${name}.kernel`) as tf.Tensor2D, bias: weights(`${name}.bias`) as tf.Tensor1D }
}
