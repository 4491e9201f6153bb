/** The full config of one run: defaults, then the preset, then what was asked for, then what the variant is by definition. */
import type { RunRequest } from '#main/api/runs'
import { posSourceOf, type BertEncoder, type LstmEncoder, type RunConfig } from '#main/runs/config'
import { designOf, type Labels } from '#main/runs/design'
import type { PresetValues } from '#main/runs/preset'
import { valuesOf } from '#main/runs/presets'
import { isRival, type ModelName } from '#main/runs/model-name'
import { bertTraining, networkParts, pickValues, usualValues } from '#main/runs/setting-values'
import { sizeOfPart } from '#main/runs/train-part'
import { variantSettings } from '#main/runs/variants'

/** RunSources: what the files of a request turned out to be, and the model of the run that it starts from. */
export interface RunSources {
  readonly vectors: RunConfig['vectors']
  /** Number of training sentences. */
  readonly trainSentences: number
  /** True where any word of train has a part of speech. */
  readonly hasPos: boolean
  /** Null with an LSTM. */
  readonly encoder: BertEncoder | null
  /** Taken as it is: its weights fit no other. */
  readonly from: RunConfig['model'] | null
}

export function resolveConfig(
  request: RunRequest,
  variant: ModelName,
  seed: number,
  sources: RunSources,
  labels: Labels,
): RunConfig {
  const { vectors, encoder, from } = sources
  const values = valuesAsked(request, sources)
  const lstm: LstmEncoder = {
    kind: 'lstm',
    ...pickValues(values, 'lstm'),
    ...(vectors ? { wordDimension: vectors.dimension } : {}),
  }
  const { training = {} } = (isRival(variant) ? null : variantSettings[variant]) ?? {}
  return {
    variant,
    preset: request.preset,
    model: from ?? designOf(variant, { ...values, encoder: encoder ?? lstm }, labels),
    training: { ...pickValues(values, 'training'), ...training, seed },
    vectors,
    ...pickValues(request, 'machine'),
  }
}

/** Finds where the runs will take parts of speech from; null without that feature. */
export function posSourceAsked(request: RunRequest, sources: RunSources): LstmEncoder['posFrom'] | null {
  if (sources.from) return posSourceOf(sources.from)
  const { posDimension, posFrom } = valuesAsked(request, sources)
  return sources.encoder || posDimension === 0 ? null : posFrom
}

/** Width of the part-of-speech feature where a tagger is asked for and no width is. */
const widthOfTags = 10

/** Before the variant has its say. */
function valuesAsked(request: RunRequest, { encoder, trainSentences, hasPos }: RunSources): PresetValues {
  const { trainPart = usualValues('training').trainPart } = request.training
  const values: PresetValues = {
    ...usualValues('training', ...networkParts),
    ...valuesOf(request.preset, sizeOfPart(trainPart, trainSentences)),
    ...(encoder && !encoder.isFrozen ? bertTraining : {}),
    ...withoutUndefined(request.model),
    ...withoutUndefined(request.training),
  }
  if (values.posFrom === 'wink')
    return { ...values, posDimension: request.model.posDimension ?? (values.posDimension || widthOfTags) }
  // a preset asks for the feature where the corpus has it; a person who asks for it is refused where it has not
  const isOfPreset = values.posDimension === valuesOf(request.preset, null).posDimension
  return hasPos || !isOfPreset ? values : { ...values, posDimension: 0 }
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> } // the same fields, less the absent ones
}
