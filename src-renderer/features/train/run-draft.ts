/** RunDraft: a new run as the dialog holds it, and the request that is made of it. */
import type { RunRequest } from '#main/api/runs'
import { allows } from '#main/runs/check-setting'
import { valuesOf, type PresetName } from '#main/runs/presets'
import type { Run } from '#main/runs/run'
import { hasSetting, valueIn } from '#main/runs/run-settings'
import type { Setting, SettingSection } from '#main/runs/setting'
import {
  bertTraining,
  networkParts,
  pickValues,
  settingNamed,
  settingsOf,
  usualValues,
  type SettingValues,
} from '#main/runs/setting-values'
import { familyOfName, type ModelName } from '#main/runs/model-name'
import { usualSearch, type SearchFields, type SpreadTexts } from './spread-text.ts'

/** Parts of a config whose settings have a field each; the seeds are a list in a field of their own. */
const fieldParts = ['training', ...networkParts, 'machine'] as const
export type FieldValues = SettingValues<(typeof fieldParts)[number]>

/** The encoder that turns words into states; a BERT is frozen or trained with the rest. */
export const encoderChoices = ['lstm', 'bert-frozen', 'bert-tuned'] as const
export type EncoderChoice = (typeof encoderChoices)[number]

export interface RunDraft {
  /** Name of the run; empty for the default name. */
  readonly name: string
  /** Id of the corpus as text, which is what a select holds; empty while none is chosen. */
  readonly corpusId: string
  /** Number of its training sentences, by which a preset chooses batch size and epochs; null while no corpus is chosen. */
  readonly trainSentences: number | null
  /** The models to train: variants of PMEI, and other families by their names. */
  readonly variants: readonly ModelName[]
  /** Seeds as typed: "1, 2, 3". */
  readonly seeds: string
  /** The preset that the fields were filled from. */
  readonly preset: PresetName
  readonly encoder: EncoderChoice
  /** Folder of a BERT; not used with an LSTM. */
  readonly encoderFolder: string
  /** Path of a word-vector file; empty for none. */
  readonly vectors: string
  readonly fields: FieldValues
  /** Texts of the fields that hold several values, which make an experiment of it. */
  readonly spreads: SpreadTexts
  /** How an experiment goes through its combinations. */
  readonly search: SearchFields
  /** The run whose weights it starts from, which decides variant, corpus and sizes; null for fresh weights. */
  readonly from: Run | null
}

export function emptyDraft(corpusId: number | null): RunDraft {
  return {
    name: '',
    corpusId: corpusId === null ? '' : String(corpusId),
    variants: ['mtl', 'pmei'],
    seeds: String(settingNamed('seed').usual),
    preset: 'recommended',
    encoder: 'lstm',
    encoderFolder: '',
    vectors: '',
    trainSentences: null,
    fields: filled('recommended', 'lstm', null),
    spreads: {},
    search: usualSearch,
    from: null,
  }
}

/** Fills all fields but those of the machine with the values of a preset. */
export function withPreset(draft: RunDraft, preset: PresetName): RunDraft {
  const fields = { ...filled(preset, draft.encoder, draft.trainSentences), ...pickValues(draft.fields, 'machine') }
  return { ...draft, preset, fields, spreads: {} }
}

/** Changes the encoder. Usual values that depend on it change with it; values that a person has set stay. */
export function withEncoder(draft: RunDraft, encoder: EncoderChoice): RunDraft {
  return refilled(draft, { encoder })
}

/** Changes the corpus. Values that follow from the number of its sentences change with it; values that a person has set stay. */
export function withCorpus(draft: RunDraft, corpusId: string, trainSentences: number | null): RunDraft {
  return refilled({ ...draft, corpusId }, { trainSentences })
}

/** Changes what usual values follow from, and with it those that nobody has set. */
function refilled(draft: RunDraft, change: Partial<Pick<RunDraft, 'encoder' | 'trainSentences'>>): RunDraft {
  const changed = { ...draft, ...change }
  const [before, after] = [draft, changed].map(({ preset, encoder, trainSentences }) =>
    filled(preset, encoder, trainSentences),
  )
  const entries = settingsOf(...fieldParts).map(({ name }) => {
    const value = draft.fields[name]
    return [name, value === before?.[name] ? after?.[name] : value]
  })
  return { ...changed, fields: Object.fromEntries(entries) as FieldValues } // a value per row
}

/** The values that the preset of a draft gives its fields. */
export function filledFields({ preset, encoder, trainSentences }: RunDraft): FieldValues {
  return filled(preset, encoder, trainSentences)
}

function filled(preset: PresetName, encoder: EncoderChoice, trainSentences: number | null): FieldValues {
  const ofBert = encoder === 'bert-tuned' ? bertTraining : {}
  return { ...usualValues(...fieldParts), ...valuesOf(preset, trainSentences), ...ofBert }
}

/** A draft that starts from the best checkpoint of a run, with its settings, corpus, variant and sizes. */
export function draftFrom(run: Run): RunDraft {
  const { config, corpusId } = run
  const { encoder } = config.model
  const entries = settingsOf(...fieldParts).map((row) => [row.name, valueIn(config, row) ?? row.usual])
  return {
    name: '',
    corpusId: String(corpusId),
    trainSentences: null,
    variants: [config.variant],
    seeds: String(config.training.seed),
    preset: config.preset,
    encoder: encoder.kind === 'lstm' ? 'lstm' : encoder.isFrozen ? 'bert-frozen' : 'bert-tuned',
    encoderFolder: encoder.kind === 'bert' ? encoder.source.folder : '',
    vectors: '',
    fields: Object.fromEntries(entries) as FieldValues, // a value per row
    spreads: {},
    search: usualSearch,
    from: run,
  }
}

const isNetworkSetting = ({ part }: Setting): boolean => networkParts.some((one) => one === part)

export type FieldRow = ReturnType<typeof fieldsOf>[number]

/** The settings with a field in the dialog. Sizes that a vector file, a BERT or an earlier run decides have none, nor what no chosen model has. */
export function fieldsOf({ from, encoder, vectors, variants }: RunDraft, section?: SettingSection) {
  return settingsOf(...fieldParts).filter((row) => {
    if (section !== undefined && row.section !== section) return false
    if (variants.length > 0 && !variants.some((name) => hasSetting(row, familyOfName(name)))) return false
    if (row.part === 'lstm' && encoder !== 'lstm') return false
    if (row.name === 'wordDimension' && vectors.trim() !== '') return false
    return from === null || !isNetworkSetting(row)
  })
}

/** Reads seeds: "1, 2 3" → [1, 2, 3], repeats left out; null when a part is no seed. */
export function parseSeeds(text: string): readonly number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const seeds = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN))
  return seeds.length > 0 && seeds.every((seed) => allows(settingNamed('seed'), seed)) ? [...new Set(seeds)] : null
}

/** The request for a draft, which must have no problems. */
export function toRunRequest(draft: RunDraft): RunRequest {
  const sizes = fieldsOf(draft).filter(isNetworkSetting)
  const isLstm = draft.encoder === 'lstm'
  const encoder = isLstm ? null : { folder: draft.encoderFolder.trim(), isFrozen: draft.encoder === 'bert-frozen' }
  return {
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    corpusId: Number(draft.corpusId),
    variants: [...draft.variants],
    seeds: [...(parseSeeds(draft.seeds) ?? [])],
    preset: draft.preset,
    vectors: !isLstm || draft.vectors.trim() === '' ? null : draft.vectors.trim(),
    encoder: draft.from ? null : encoder,
    model: Object.fromEntries(sizes.map(({ name }) => [name, draft.fields[name]])),
    training: Object.fromEntries(
      fieldsOf(draft)
        .filter(({ part }) => part === 'training')
        .map(({ name }) => [name, draft.fields[name]]),
    ),
    ...pickValues(draft.fields, 'machine'),
    fromRunId: draft.from?.runId ?? null,
  }
}
