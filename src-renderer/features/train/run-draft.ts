/** A new run as the dialog holds it, its fields as data, and the request that becomes of it. */
import type { RunRequest } from '#main/api/runs'
import { bertTraining, defaultLstm, defaultModel, defaultTraining, type BackendChoice } from '#main/runs/config'
import { settingsOf, type PresetName } from '#main/runs/presets'
import type { Run } from '#main/runs/run'
import type { VariantName } from '#main/runs/variants'

const { kind: _kind, ...sizeDefaults } = defaultLstm

const trainingNames = [
  ...(['epochs', 'batchSize', 'learningRate', 'clipNorm', 'dropout', 'wordDropout', 'alpha'] as const),
  ...(['betaEntity', 'betaRelation', 'patience', 'threshold'] as const),
]
type TrainingName = (typeof trainingNames)[number]
type SizeName = keyof typeof sizeDefaults

export type FieldName = TrainingName | SizeName
type FieldValues = Readonly<Record<FieldName, number>>

/** What turns words into states; a BERT is trained with the rest or stays as it is. */
export type EncoderChoice = 'lstm' | 'bert-frozen' | 'bert-tuned'

export interface RunDraft {
  /** Empty while none is chosen; a select speaks strings. */
  readonly corpusId: string
  readonly variants: readonly VariantName[]
  /** "1, 2, 3". */
  readonly seeds: string
  /** What fields begin from, and what the fields do not show. */
  readonly preset: PresetName
  readonly encoder: EncoderChoice
  /** Folder of a BERT; of no use with an LSTM. */
  readonly encoderFolder: string
  /** Path of a word-vector file; empty for none. */
  readonly vectors: string
  readonly fields: FieldValues
  readonly anchor: 'last' | 'first'
  readonly backend: BackendChoice
  readonly threads: number
  /** The run it starts warm from: decides variant, corpus and sizes. */
  readonly from: Run | null
}

export function emptyDraft(corpusId: number | null): RunDraft {
  return {
    corpusId: corpusId === null ? '' : String(corpusId),
    variants: ['mtl', 'pmei'],
    seeds: '1',
    preset: 'recommended',
    encoder: 'lstm',
    encoderFolder: '',
    vectors: '',
    fields: fieldsOf('recommended', 'lstm', sizeDefaults),
    anchor: defaultModel.anchor,
    backend: 'auto',
    threads: 0,
    from: null,
  }
}

/** What a choice of preset or encoder puts into the fields; sizes stay as they are. */
export function withChoice(draft: RunDraft, change: Partial<Pick<RunDraft, 'preset' | 'encoder'>>): RunDraft {
  const changed = { ...draft, ...change }
  const { wordDimension, hidden, casingDimension, posDimension } = draft.fields
  const fields = fieldsOf(changed.preset, changed.encoder, { wordDimension, hidden, casingDimension, posDimension })
  return { ...changed, fields, anchor: settingsOf(changed.preset).model.anchor ?? draft.anchor }
}

function fieldsOf(preset: PresetName, encoder: EncoderChoice, sizes: Record<SizeName, number>): FieldValues {
  const values = {
    ...defaultTraining,
    ...(encoder === 'bert-tuned' ? bertTraining : {}),
    ...settingsOf(preset).training,
  }
  return { ...sizes, ...pickNumbers(values) }
}

function pickNumbers(values: Record<TrainingName, number>): Record<TrainingName, number> {
  return Object.fromEntries(trainingNames.map((name) => [name, values[name]])) as Record<TrainingName, number> // all of them
}

/** Trains on from a run's best checkpoint with its settings: same corpus, variant and sizes. */
export function draftFrom(run: Run): RunDraft {
  const { model, training, preset, backend, threads, variant } = run.config
  const { encoder, anchor } = model
  const { wordDimension, hidden, casingDimension, posDimension } = encoder.kind === 'lstm' ? encoder : sizeDefaults
  return {
    corpusId: String(run.corpusId),
    variants: [variant],
    seeds: String(training.seed),
    preset,
    encoder: encoder.kind === 'lstm' ? 'lstm' : encoder.isFrozen ? 'bert-frozen' : 'bert-tuned',
    encoderFolder: encoder.kind === 'bert' ? encoder.source.folder : '',
    vectors: '',
    fields: { ...pickNumbers(training), wordDimension, hidden, casingDimension, posDimension },
    anchor,
    backend,
    threads,
    from: run,
  }
}

export interface Field {
  readonly name: FieldName
  readonly label: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly hint: string
}

/** Bounds within those of the contract, whole in steps, since a browser counts steps from `min`; hints: the paper's values. */
export const sizeFields: readonly Field[] = [
  { name: 'hidden', label: 'LSTM units per direction', min: 1, max: 2048, step: 1, hint: 'Paper: 100' },
  { name: 'wordDimension', label: 'Word-vector width', min: 1, max: 2048, step: 1, hint: 'Paper: 100 (GloVe)' },
  { name: 'casingDimension', label: 'Casing feature width', min: 0, max: 256, step: 1, hint: '0 leaves it out' },
  {
    ...{ name: 'posDimension', label: 'Part-of-speech width', min: 0, max: 256, step: 1 },
    hint: 'Where the corpus states them; the paper: 10',
  },
]

export const trainingFields: readonly Field[] = [
  { name: 'epochs', label: 'Epochs at most', min: 1, max: 10_000, step: 1, hint: 'Paper: 100' },
  { name: 'patience', label: 'Patience', min: 1, max: 10_000, step: 1, hint: 'Epochs without a better dev F1' },
  { name: 'batchSize', label: 'Batch size', min: 1, max: 4096, step: 1, hint: 'Paper: 50 sentences' },
  { name: 'learningRate', label: 'Learning rate', min: 1e-5, max: 1, step: 1e-5, hint: 'Paper: 0.001 (Adam)' },
  { name: 'dropout', label: 'Input dropout', min: 0, max: 0.95, step: 0.05, hint: 'Paper: 0.1 to 0.5, chosen on dev' },
  { name: 'wordDropout', label: 'Word dropout', min: 0, max: 0.95, step: 0.01, hint: 'Words that become unknown' },
  { name: 'clipNorm', label: 'Largest gradient norm', min: 0.5, max: 1000, step: 0.5, hint: 'Paper: 5' },
]

export const flowFields: readonly Field[] = [
  { name: 'alpha', label: 'Alpha', min: 0, max: 10, step: 1e-4, hint: 'Weight of the early losses. Paper: 0.001' },
  {
    name: 'betaEntity',
    label: 'Beta, entities',
    min: 0,
    max: 1,
    step: 1e-6,
    hint: 'Weight of the KL term. Paper: 1e-6',
  },
  {
    name: 'betaRelation',
    label: 'Beta, relations',
    min: 0,
    max: 1,
    step: 1e-6,
    hint: 'Weight of the KL term. Paper: 1e-6',
  },
  {
    name: 'threshold',
    label: 'Threshold',
    min: 0.01,
    max: 0.99,
    step: 0.05,
    hint: 'A cell at or above it is a triple',
  },
]

/** "1, 2 3" → [1, 2, 3], repeats left out; null when something in it is not a whole number from 0. */
export function parseSeeds(text: string): readonly number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.length === 0 || parts.some((part) => !/^\d{1,15}$/.test(part))) return null
  return [...new Set(parts.map(Number))]
}

/** Why the draft cannot be asked for yet, by field; empty when it can. */
export function problemsOf(draft: RunDraft): ReadonlyMap<string, string> {
  const problems = new Map<string, string>()
  if (draft.corpusId === '') problems.set('corpusId', 'Choose a corpus to train on.')
  if (draft.variants.length === 0) problems.set('variants', 'Choose at least one variant.')
  if (draft.encoder !== 'lstm' && draft.encoderFolder.trim() === '')
    problems.set('encoderFolder', 'Give the folder of a BERT: config.json, its word pieces and model.safetensors.')
  if (parseSeeds(draft.seeds) === null) problems.set('seeds', 'Whole numbers from 0, separated by commas: 1, 2, 3')
  for (const { name, label, min, max } of [...sizeFields, ...trainingFields, ...flowFields]) {
    const value = draft.fields[name]
    if (!(value >= min && value <= max)) problems.set(name, `${label} goes from ${min} to ${max}.`)
  }
  if (!(Number.isInteger(draft.threads) && draft.threads >= 0 && draft.threads <= 256))
    problems.set('threads', 'Threads go from 0, which takes every core, to 256.')
  return problems
}

/** Call it on drafts without problems. Sizes that a vector file or an earlier run decides are left out. */
export function toRunRequest(draft: RunDraft): RunRequest {
  const { wordDimension, hidden, casingDimension, posDimension, ...training } = draft.fields
  const isLstm = draft.encoder === 'lstm'
  const vectors = !isLstm || draft.vectors.trim() === '' ? null : draft.vectors.trim()
  const encoder = isLstm ? null : { folder: draft.encoderFolder.trim(), isFrozen: draft.encoder === 'bert-frozen' }
  const sizes = {
    ...{ hidden, casingDimension, posDimension, anchor: draft.anchor },
    ...(vectors === null ? { wordDimension } : {}),
  }
  return {
    corpusId: Number(draft.corpusId),
    variants: [...draft.variants],
    seeds: [...(parseSeeds(draft.seeds) ?? [])],
    preset: draft.preset,
    vectors,
    encoder: draft.from ? null : encoder,
    model: draft.from ? {} : isLstm ? sizes : { anchor: draft.anchor },
    training,
    backend: draft.backend,
    threads: draft.threads,
    fromRunId: draft.from?.runId ?? null,
  }
}
