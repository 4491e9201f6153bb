/** A new run as the dialog holds it, and the request that becomes of it. */
import type { RunRequest } from '#main/api/runs'
import { allows, whyRefused } from '#main/runs/check-setting'
import { valuesOf, type PresetName } from '#main/runs/presets'
import type { Run } from '#main/runs/run'
import { valueIn } from '#main/runs/run-settings'
import type { Setting, SettingSection } from '#main/runs/setting'
import {
  bertTraining,
  pickValues,
  settingNamed,
  settingsOf,
  usualValues,
  type SettingValues,
} from '#main/runs/setting-values'
import type { VariantName } from '#main/runs/variants'

/** Parts of a config whose settings have a field of their own; seeds are a list. */
const fieldParts = ['training', 'lstm', 'model', 'machine'] as const
export type FieldValues = SettingValues<(typeof fieldParts)[number]>

/** What turns words into states; a BERT is trained with the rest or stays as it is. */
export type EncoderChoice = 'lstm' | 'bert-frozen' | 'bert-tuned'

export interface RunDraft {
  /** Empty for the default one. */
  readonly name: string
  /** Empty while none is chosen; a select speaks strings. */
  readonly corpusId: string
  readonly variants: readonly VariantName[]
  /** "1, 2, 3". */
  readonly seeds: string
  /** What the fields begin from. */
  readonly preset: PresetName
  readonly encoder: EncoderChoice
  /** Folder of a BERT; of no use with an LSTM. */
  readonly encoderFolder: string
  /** Path of a word-vector file; empty for none. */
  readonly vectors: string
  readonly fields: FieldValues
  /** The run it starts warm from: decides variant, corpus and sizes. */
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
    fields: filled('recommended', 'lstm'),
    from: null,
  }
}

/** A preset fills all fields but those of the machine. */
export function withPreset(draft: RunDraft, preset: PresetName): RunDraft {
  const fields = { ...filled(preset, draft.encoder), ...pickValues(draft.fields, 'machine') }
  return { ...draft, preset, fields }
}

/** Another encoder has other usual values; what a person has set stays. */
export function withEncoder(draft: RunDraft, encoder: EncoderChoice): RunDraft {
  const [before, after] = [filled(draft.preset, draft.encoder), filled(draft.preset, encoder)]
  const entries = settingsOf(...fieldParts).map(({ name }) => {
    const value = draft.fields[name]
    return [name, value === before[name] ? after[name] : value]
  })
  return { ...draft, encoder, fields: Object.fromEntries(entries) as FieldValues } // a value per row
}

function filled(preset: PresetName, encoder: EncoderChoice): FieldValues {
  const usual = { ...usualValues(...fieldParts), ...(encoder === 'bert-tuned' ? bertTraining : {}) }
  return { ...usual, ...valuesOf(preset) }
}

/** Trains on from a run's best checkpoint with its settings: same corpus, variant and sizes. */
export function draftFrom(run: Run): RunDraft {
  const { config, corpusId } = run
  const { encoder } = config.model
  const entries = settingsOf(...fieldParts).map((row) => [row.name, valueIn(config, row) ?? row.usual])
  return {
    name: '',
    corpusId: String(corpusId),
    variants: [config.variant],
    seeds: String(config.training.seed),
    preset: config.preset,
    encoder: encoder.kind === 'lstm' ? 'lstm' : encoder.isFrozen ? 'bert-frozen' : 'bert-tuned',
    encoderFolder: encoder.kind === 'bert' ? encoder.source.folder : '',
    vectors: '',
    fields: Object.fromEntries(entries) as FieldValues, // a value per row
    from: run,
  }
}

export type FieldRow = ReturnType<typeof fieldsOf>[number]

/** The settings that a draft has a say in. Sizes that a vector file, a BERT or an earlier run decides are left out. */
export function fieldsOf({ from, encoder, vectors }: RunDraft, section?: SettingSection) {
  return settingsOf(...fieldParts).filter((row) => {
    if (section !== undefined && row.section !== section) return false
    if (row.part === 'lstm' && encoder !== 'lstm') return false
    if (row.name === 'wordDimension' && vectors.trim() !== '') return false
    return from === null || (row.part !== 'lstm' && row.part !== 'model')
  })
}

/** "1, 2 3" → [1, 2, 3], repeats left out; null when something in it is no seed. */
export function parseSeeds(text: string): readonly number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const seeds = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN))
  return seeds.length > 0 && seeds.every((seed) => allows(settingNamed('seed'), seed)) ? [...new Set(seeds)] : null
}

/** Why the draft cannot be asked for yet, by field; empty when it can. */
export function problemsOf(draft: RunDraft): ReadonlyMap<string, string> {
  const problems = new Map<string, string>()
  if (draft.corpusId === '') problems.set('corpusId', 'Choose a corpus to train on.')
  if (draft.variants.length === 0) problems.set('variants', 'Choose at least one variant.')
  if (draft.encoder !== 'lstm' && draft.encoderFolder.trim() === '')
    problems.set('encoderFolder', 'Give the folder of a BERT: config.json, its word pieces and model.safetensors.')
  if (parseSeeds(draft.seeds) === null)
    problems.set(
      'seeds',
      `${whyRefused(settingNamed('seed'), draft.seeds.trim())} Separate several by commas: 1, 2, 3.`,
    )
  const refuse = (row: Setting, value: unknown): void => {
    if (!allows(row, value)) problems.set(row.name, whyRefused(row, value))
  }
  for (const row of fieldsOf(draft)) refuse(row, draft.fields[row.name])
  return problems
}

/** Call it on drafts without problems. */
export function toRunRequest(draft: RunDraft): RunRequest {
  const sizes = fieldsOf(draft).filter(({ part }) => part === 'lstm' || part === 'model')
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
    training: pickValues(draft.fields, 'training'),
    ...pickValues(draft.fields, 'machine'),
    fromRunId: draft.from?.runId ?? null,
  }
}
