/** RIN (Sun et al., EMNLP 2020): the forerunner of PMEI, without early losses and without stochastic maps. */
import * as tf from '@tensorflow/tfjs-core'
import type { RinModel } from '#main/runs/config'
import type { ModelFamily } from '../family.ts'
import { decodeHeads, probeHeads } from '../shared/decode-heads.ts'
import { cellLoss, goldToLearn, sumOfBoth, tagLoss } from '../shared/head-losses.ts'
import { encodeSentence, encodeTagsAndCells, type TagsAndCells } from '../shared/tags-and-cells.ts'
import { forward, rinWeights, type RinOutputs } from './forward.ts'

export const rin: ModelFamily<RinModel, TagsAndCells, RinOutputs> = {
  mark: 'feature.entity.kernel',
  weights: rinWeights,
  encodeGold: encodeTagsAndCells,
  countUnencoded: (sentence, config) => encodeSentence(sentence, config).left,
  forward: (shared, batch, _, config, weights) => forward(shared, batch, config, weights),
  losses({ final }, batch, _, sentenceCount) {
    const gold = goldToLearn(batch)
    return sumOfBoth(
      tf.div(tagLoss(final, gold), sentenceCount),
      tf.div(cellLoss(final, batch.lengths, gold), sentenceCount),
    )
  },
  decode: ({ first, final }, { lengths }, config) => decodeHeads(final, first, lengths, config),
  probe: ({ final }, { lengths }) => probeHeads(final, lengths),
}
