/** Offers of settings that would read what was not read without them, in sentences. */
import type { SettingName } from '#main/document/read-settings'
import { countOf } from '#main/text/numbers'

const sentences: Readonly<Partial<Record<SettingName, (count: number) => string>>> = {
  sentencePerLine: (count) => `No line ends with a full stop: each of the ${countOf(count, 'line')} may be a sentence`,
  foldAccents: (count) =>
    `${countOf(count, 'triple stands', 'triples stand')} in the text only with other accents, or none`,
}

/** @throws RangeError for a setting that no reader offers. */
export function describeOffer(setting: SettingName, count: number): string {
  const say = sentences[setting]
  if (!say) throw new RangeError(`no sentence offers the setting ${setting}`)
  return say(count)
}
