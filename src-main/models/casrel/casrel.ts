/**
 * CasRel (Wei et al., ACL 2020): subjects first, then the objects of each subject, relation by relation. A span has the type
 * that the mean of its words' states suggests, where the corpus has types, which the paper's corpora lack.
 */
import * as tf from '@tensorflow/tfjs-core'
import { stateWidth, type CasrelModel } from '#main/runs/config'
import type { ModelFamily } from '../family.ts'
import { entityTypes } from '../shared/entity-types.ts'
import { sumOfBoth } from '../shared/head-losses.ts'
import { rareOutputs } from '../shared/rare-outputs.ts'
import { denseWeights } from '../shared/weights.ts'
import { decodePasses } from './decode.ts'
import { countUnencoded, encodeGold, type CasrelGold } from './gold.ts'
import { lossesOf } from './losses.ts'
import { tagObjects, tagSubjects, tagTypes, type CasrelOutputs } from './taggers.ts'

const hasTypes = (config: CasrelModel): boolean => entityTypes(config).length > 1

export const casrel: ModelFamily<CasrelModel, CasrelGold, CasrelOutputs> = {
  mark: 'subject.kernel',
  weights(config) {
    const width = stateWidth(config)
    return [
      ...rareOutputs('subject', width, 2),
      ...rareOutputs('object', width, 2 * config.relations.length),
      ...(hasTypes(config) ? denseWeights('type', width, entityTypes(config).length) : []),
    ]
  },
  encodeGold,
  countUnencoded,
  forward(shared, { gold }, _, config, weights) {
    return {
      shared,
      subjects: tagSubjects(shared, weights),
      objects: gold && gold.subjects.length > 0 ? tagObjects(shared, gold.subjects, weights) : null,
      types: gold && gold.spans.length > 0 && hasTypes(config) ? tagTypes(shared, gold.spans, weights) : null,
      weights,
    }
  },
  losses(outputs, batch, _, sentenceCount) {
    const { entity, relation } = lossesOf(outputs, batch)
    return sumOfBoth(tf.div(entity, sentenceCount), tf.div(relation, sentenceCount))
  },
  decode({ shared, subjects, weights }, { lengths }, config) {
    const probabilities = tf.sigmoid(subjects)
    return {
      needed: [shared, probabilities],
      passes: async () => ({ final: await decodePasses(shared, probabilities, lengths, config, weights), early: null }),
    }
  },
  probe({ shared, subjects, weights }, { lengths: [words = 0] }) {
    const first = { start: 0, end: 1, sentence: { start: 0, end: words } }
    return { tags: tf.sigmoid(subjects), relations: tf.max(tf.sigmoid(tagObjects(shared, [first], weights)), 0) }
  },
}
