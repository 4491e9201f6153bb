/** PMEI and its ablations: early predictions, stochastic maps, final heads (AAAI 2021). */
import type { PmeiModel } from '#main/runs/config'
import type { ModelFamily } from '../family.ts'
import { decodeHeads, probeHeads } from '../shared/decode-heads.ts'
import { headWeights } from '../shared/heads.ts'
import { encodeSentence, encodeTagsAndCells, type TagsAndCells } from '../shared/tags-and-cells.ts'
import { forward, type PmeiOutputs } from './forward.ts'
import { computeLosses } from './losses.ts'
import { partsOf } from './parts.ts'
import { mapWeights } from './stochastic-map.ts'

export const pmei: ModelFamily<PmeiModel, TagsAndCells, PmeiOutputs> = {
  mark: null,
  weights: (config) => [
    ...(partsOf(config).hasEarly ? headWeights('early', config) : []),
    ...config.tasks.flatMap((task) => mapWeights(task, config)),
    ...headWeights('final', config),
  ],
  encodeGold: encodeTagsAndCells,
  countUnencoded: (sentence, config) => encodeSentence(sentence, config).left,
  forward,
  losses: computeLosses,
  decode: ({ final, early }, { lengths }, config) =>
    decodeHeads(final, early && { tags: early.tags, pairs: early.prediction }, lengths, config),
  probe: ({ final }, { lengths }) => probeHeads(final, lengths),
}
