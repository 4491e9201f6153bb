/** A new run as it was filled in before the window was reloaded or the dialog closed. */
import { presetNames } from '#main/runs/presets'
import { modelNames } from '#main/runs/model-name'
import { encoderChoices, type FieldValues, type RunDraft } from './run-draft.ts'

/**
 * A draft from what was kept of it. Whatever this version of the program does not know, such as a setting or a variant of an
 * earlier one, is taken from the fresh draft; so is the run whose weights it starts from, since it belongs to the dialog.
 */
export function restoreDraft(kept: unknown, fresh: RunDraft): RunDraft {
  if (!isRecord(kept)) return fresh
  const known = likeThose(fresh, kept)
  const { variants, preset, encoder } = kept
  return {
    ...known,
    variants: Array.isArray(variants) ? modelNames.filter((name) => variants.includes(name)) : fresh.variants,
    preset: presetNames.find((name) => name === preset) ?? fresh.preset,
    encoder: encoderChoices.find((name) => name === encoder) ?? fresh.encoder,
    spreads: isRecord(kept['spreads']) ? textsOf(kept['spreads']) : fresh.spreads,
    search: isRecord(kept['search']) ? likeThose(fresh.search, kept['search']) : fresh.search,
    fields: isRecord(kept['fields']) ? likeThose<FieldValues>(fresh.fields, kept['fields']) : fresh.fields,
    from: fresh.from,
  }
}

/** The texts among these values, under names of fields. */
function textsOf(kept: Record<string, unknown>): RunDraft['spreads'] {
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value === 'string'))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The kept values whose type is that of the fresh ones. A number field that was empty, kept as null, is empty again. */
function likeThose<Values extends object>(fresh: Values, kept: Record<string, unknown>): Values {
  const entries = Object.entries(fresh).map(([name, usual]: [string, unknown]) => {
    const value = kept[name]
    if (value === null && typeof usual === 'number') return [name, NaN]
    return [name, typeof value === typeof usual ? value : usual]
  })
  return Object.fromEntries(entries) as Values // a value of the same type under each name
}
