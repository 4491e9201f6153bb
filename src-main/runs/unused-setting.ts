/** A setting that is asked for and that no model has which is to be trained: it would change nothing. */
import { enumerate } from '#main/text/enumeration'
import { familyOfName, type ModelName } from './model-name.ts'
import { hasSetting } from './run-settings.ts'
import { networkParts, settingsOf } from './setting-values.ts'

/** The sentence that refuses it; null where every setting is one of a model's. */
export function whyUnused(asked: Readonly<Record<string, unknown>>, models: readonly ModelName[]): string | null {
  const families = [...new Set(models.map(familyOfName))]
  const unused = settingsOf('training', ...networkParts).find(
    (setting) => asked[setting.name] !== undefined && !families.some((family) => hasSetting(setting, family)),
  )
  return unused ? `${unused.label} is no setting of ${enumerate(families)}: leave it out.` : null
}
