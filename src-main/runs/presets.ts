/** The presets. Each names the settings that differ from the usual values of `settings.ts`, and those that deserve a reason. */
import type { Preset, PresetValues } from './preset.ts'

const table = {
  recommended: {
    meaning: 'Fast; the epoch is selected on dev, and the maps predict with their mean',
    settings: {
      resetAfter: { value: false, why: 'equation (7): the reset gate comes before the product' },
      anchor: { value: 'last', why: 'the head of a name is mostly its last word' },
      order: { value: 'bucketed', why: 'sentences of about one length share the steps of the LSTM' },
      selectOn: { value: 'dev', why: 'what is selected on test proves nothing on test' },
      readsWith: { value: 'mean', why: 'the same text gives the same triples' },
      dropout: { value: 0.3, why: 'the middle of the range that the paper searched' },
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
      dropout: { value: 0.3, why: 'searched from 0.1 to 0.5 on dev: search it for your corpus' },
      wordDropout: { value: 0, why: 'not in the paper' },
      alpha: { value: 1e-3, why: '"alpha = e^-3" is 10^-3' },
      betaEntity: { value: 1e-6, why: '"beta = e^-6" is 10^-6' },
      betaRelation: { value: 1e-6, why: 'the same' },
      epochs: { value: 100, why: 'at most, with early stopping' },
    },
  },
  released: {
    meaning: 'The released code, with its habits: to replicate its figures, not to report new ones',
    settings: {
      resetAfter: { value: true, why: "PyTorch's GRUCell: the reset gate comes after the product" },
      anchor: { value: 'last', why: 'as the files have it' },
      order: { value: 'file', why: 'batches are not shuffled' },
      selectOn: { value: 'test', why: 'the epoch is selected on test: its test figures are too high' },
      readsWith: { value: 'sample', why: 'the maps are drawn at test too' },
      wordDropout: { value: 0.04, why: 'a training word becomes unknown with this probability' },
      patience: { value: 100, why: 'all epochs are run' },
    },
  },
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof table

export const presets: Readonly<Record<PresetName, Preset>> = table

export const presetNames = Object.keys(presets) as PresetName[] // the keys of the table above

/** The values of a preset without their reasons. */
export function valuesOf(name: PresetName): Partial<PresetValues> {
  const entries = Object.entries(table[name].settings).map(([setting, { value }]) => [setting, value])
  return Object.fromEntries(entries) as Partial<PresetValues> // a value per setting of the preset
}
