/** Families beside PMEI train with either encoder, resume, and predict from their checkpoints what they learnt. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { decodeTriples } from '#main/document/prediction'
import { predictionOptions, predictSentences } from '#main/extraction/predict'
import { loadModel, parseCheckpoint } from '#main/models/checkpoint'
import { lexiconOf } from '#main/models/encoders/lexicon'
import { readBertFolder } from '#main/pretrained/bert-folder'
import { designOf } from '#main/runs/design'
import type { EncoderConfig, ModelConfig } from '#main/runs/config'
import { rivalNames, type RivalName } from '#main/runs/family-name'
import { countWeights } from '#main/runs/weight-count'
import { countWeights as countModel } from '#main/models/model'
import { usualValues } from '#main/runs/setting-values'
import type { TrainingEvent, TrainingJob } from '#main/training/job'
import { train } from '#main/training/train'
import { bertFiles, tinyBert } from '../support/bert-folder.ts'
import { relativeError } from '../support/golden.ts'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyJob, tinyModel, tinySentences, tinyTraining } from '../support/tiny-training.ts'

beforeAll(() => useBackend('wasm'))

const labels = { tags: ['O', 'B', 'I', 'E', 'S'], untypedLabel: '', relations: ['founder_of', 'based_in', 'lives_in'] }
const lstm = tinyModel('mtl').encoder
const encoders: Record<string, EncoderConfig> = { lstm, 'trained BERT': tinyBert(false), 'frozen BERT': tinyBert(true) }

function modelOf(name: RivalName, encoder: EncoderConfig): ModelConfig {
  return { ...designOf(name, { ...usualValues('model', 'rin'), encoder }, labels), ...labels }
}

async function run(job: TrainingJob): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = []
  for await (const event of train(job, new AbortController().signal, { peakMemoryMb: () => 0 })) events.push(event)
  return events
}

/** CasRel adds the states of subject and object, so that of two words that are both subjects it cannot tell which is which. */
const withoutChains = (sentence: LabelledSentence): LabelledSentence => ({
  ...sentence,
  triples: sentence.triples.filter(({ type }) => type !== 'based_in'),
})

const epochsOf = (events: readonly TrainingEvent[]) => events.filter((event) => event.type === 'epoch')
const lossesOf = (events: readonly TrainingEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'step' ? event.loss : []))

describe.each(rivalNames)('%s', (name) => {
  it('learns the triples of its sentences, and predicts them from its checkpoint', async () => {
    const sentences = tinySentences(6).map(withoutChains)
    const training = tinyTraining({ epochs: 80, batchSize: 3, learningRate: 0.02, dropout: 0, wordDropout: 0 })
    const events = await run(tinyJob({ model: modelOf(name, lstm), training, train: sentences, dev: sentences }))
    const checkpoint = parseCheckpoint(epochsOf(events).at(-1)?.checkpoint ?? {})
    const model = await loadModel(checkpoint)
    const found = await predictSentences(
      model,
      lexiconOf(checkpoint),
      sentences,
      predictionOptions(checkpoint.training),
    )
    model.dispose()
    const bare = found.map((one) =>
      decodeTriples(one)
        .map(({ probability: _, ...triple }) => JSON.stringify(triple))
        .sort(),
    )
    expect(bare).toEqual(sentences.map(({ triples }) => triples.map((triple) => JSON.stringify(triple)).sort()))
    for (const one of found.flatMap((prediction) => decodeTriples(prediction)))
      expect(one.probability).toBeGreaterThan(0.5)
  })

  it.each(Object.keys(encoders))('goes on after a stop as if there had been none, with %s', async (kind) => {
    const sentences = tinySentences(6)
    const job = tinyJob({
      model: modelOf(name, encoders[kind] ?? lstm),
      ...{ training: tinyTraining({ epochs: 2, batchSize: 3 }), train: sentences, dev: sentences, encoder: bertFiles },
    })
    const whole = await run(job)
    const rest = await run({ ...job, resume: epochsOf(whole)[0]?.checkpoint ?? null })
    expect(lossesOf(rest)).toHaveLength(2)
    expect(relativeError(lossesOf(rest), lossesOf(whole).slice(-2))).toBeLessThan(1e-6)
    const checkpoint = parseCheckpoint(epochsOf(whole).at(-1)?.checkpoint ?? {})
    const model = await loadModel(checkpoint, { bert: readBertFolder(bertFiles).weights })
    expect(countWeights(model.config, model.vocabularySize)).toEqual(countModel(model.config, model.vocabularySize))
    model.dispose()
  })
})
