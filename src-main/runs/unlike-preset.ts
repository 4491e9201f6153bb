/** Settings of a run that are not what its preset gives today: a person chose them, or the preset has changed since. */
import type { Run } from './run.ts'
import { presets, valuesOf } from './presets.ts'
import { settingsOfRun, showValue } from './run-settings.ts'
import { bertTraining, usualValues } from './setting-values.ts'
import { sizeOfPart } from './train-part.ts'
import { isRival } from './model-name.ts'
import { variantSettings } from './variants.ts'

/** One sentence that names them, each with the value that the preset gives; null where there are none. */
export function describeUnlikePreset({ config, data }: Pick<Run, 'config' | 'data'>): string | null {
  const { preset, model, training, variant } = config
  if (!(preset in presets))
    return `This version of Espalier has no preset "${preset}": the settings are those of the run.`
  const isTrainedBert = model.encoder.kind === 'bert' && !model.encoder.isFrozen
  const today: Readonly<Record<string, string | number | boolean>> = {
    ...usualValues('training'),
    ...valuesOf(preset, sizeOfPart(training.trainPart, data.splits.train.sentences)),
    ...(isTrainedBert ? bertTraining : {}),
    ...(isRival(variant) ? {} : variantSettings[variant]?.training),
  }
  const unlike = settingsOfRun(config).flatMap(({ setting, value, shown }) => {
    const own = setting.part === 'training' ? today[setting.name] : undefined
    return own === undefined || own === value ? [] : [`${setting.label} ${shown} (${showValue(setting, own)})`]
  })
  if (unlike.length === 0) return null
  return `These settings are not what the preset ${preset} gives today (in brackets), by choice or because an earlier version gave others: ${unlike.join(', ')}.`
}
