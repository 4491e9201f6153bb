/** The presets. Each names the settings that differ from the usual values of `settings.ts`, and those that deserve a reason. */
import type { Preset, PresetSetting, PresetValues } from './preset.ts'
import {
  averageFor,
  batchSizeFor,
  dropoutFor,
  epochsFor,
  learningRateFor,
  patienceFor,
  outputBiasFor,
} from './train-size.ts'

const table = {
  recommended: {
    meaning:
      'Ours: batches and epochs by the size of the corpus, epoch and thresholds chosen on dev, predictions by averages',
    settings: {
      resetAfter: { value: false, why: 'equation (7): the reset gate comes before the product' },
      anchor: { value: 'last', why: 'the head of a name is mostly its last word' },
      order: { value: 'bucketed', why: 'sentences of about one length share the steps of the LSTM' },
      selectOn: { value: 'dev', why: 'what is selected on test proves nothing on test' },
      readsWith: { value: 'mean', why: 'the same text gives the same triples' },
      dropout: { ofTrain: dropoutFor, shown: '0.5 or 0.3', why: 'a small corpus is learnt by heart too easily' },
      batchSize: { ofTrain: batchSizeFor, shown: '10 to 50', why: 'updates count: a small corpus needs small batches' },
      epochs: { ofTrain: epochsFor, shown: '20 to 300', why: 'as many as give a small corpus enough updates' },
      patience: { ofTrain: patienceFor, shown: '5 to 75', why: 'an epoch of few updates says little' },
      learningRate: {
        ofTrain: learningRateFor,
        shown: '0.003 or 0.001',
        why: 'larger steps where an average evens them out',
      },
      average: { ofTrain: averageFor, shown: '0.995 or 0', why: 'small batches make the last weights jump' },
      outputBias: {
        ofTrain: outputBiasFor,
        shown: 'frequency or random',
        why: 'a few hundred updates of a small corpus are not spent on what is rare',
      },
      alpha: { value: 0.1, why: 'at 0.001 the early predictions learn nothing' },
      tuning: { value: 'dev', why: 'one threshold chosen on dev finds more than 0.5' },
    },
  },
  paper: {
    meaning: 'The paper to the letter, where it is not silent',
    settings: {
      resetAfter: { value: false, why: 'equation (7)' },
      anchor: { value: 'last', why: 'NYT* and WebNLG* keep the last word of a name' },
      order: { value: 'shuffled', why: 'plain mini-batches of 50: the paper says nothing of buckets' },
      selectOn: { value: 'dev', why: 'hyperparameters were searched on dev' },
      readsWith: { value: 'mean', why: "the mean of p(t | h, y') at inference" },
      dropout: { value: 0.3, why: 'searched from 0.1 to 0.8 on dev: search it for your corpus' },
      wordDropout: { value: 0, why: 'not in the paper' },
      casingDimension: { value: 0, why: 'not in the paper: words are their vectors alone' },
      alpha: { value: 1e-3, why: '"alpha = e^-3" is 10^-3; searched from 1 to 0.00001' },
      betaEntity: { value: 1e-6, why: '"beta = e^-6" is 10^-6; searched from 0.001 to 0.000000001' },
      betaRelation: { value: 1e-6, why: 'the same' },
      epochs: { value: 100, why: 'at most, with early stopping' },
    },
  },
  released: {
    meaning:
      'The released code, with its habits, to replicate its figures, not to report new ones; but words are looked up in lower case here, and as written there',
    settings: {
      resetAfter: { value: true, why: "PyTorch's GRUCell: the reset gate comes after the product" },
      anchor: { value: 'last', why: 'as the files have it' },
      order: { value: 'file', why: 'batches are not shuffled' },
      selectOn: { value: 'test', why: 'the epoch is selected on test: its test figures are too high' },
      readsWith: { value: 'sample', why: 'the maps are drawn at test too' },
      hidden: { value: 50, why: 'the state of a word has 100 numbers' },
      posDimension: { value: 10, why: 'parts of speech beside the word vector, where the corpus states them' },
      casingDimension: { value: 0, why: 'no casing feature' },
      dropout: { value: 0.1, why: 'its default' },
      wordDropout: { value: 0.04, why: 'a training word becomes unknown with this probability' },
      patience: { value: 100, why: 'all epochs are run' },
    },
  },
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof table

export const presets: Readonly<Record<PresetName, Preset>> = table

export const presetNames = Object.keys(presets) as PresetName[] // the keys of the table above

/**
 * The values of a preset without their reasons.
 * @param trainSentences null where the corpus is not known: values that follow from its size are left out then.
 */
export function valuesOf(name: PresetName, trainSentences: number | null): Partial<PresetValues> {
  const rows: [string, PresetSetting<unknown>][] = Object.entries(presets[name].settings)
  const entries = rows.flatMap(([setting, row]) => {
    if ('value' in row) return [[setting, row.value]]
    return trainSentences === null ? [] : [[setting, row.ofTrain(trainSentences)]]
  })
  return Object.fromEntries(entries) as Partial<PresetValues> // a value per setting of the preset
}
