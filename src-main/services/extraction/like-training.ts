/** How the texts of an extraction are split: as those that the run was trained on, unless something else is asked for. */
import type { ReadSettings } from '#main/document/read-settings'
import type { Run } from '#main/runs/run'
import { splittingRules } from '#main/text/splitting'

/** @param asked settings that a person chose; they go before those of the run. */
export function likeTraining({ data: { splitting } }: Pick<Run, 'data'>, asked: ReadSettings = {}): ReadSettings {
  const language = asked.language ?? (splitting && splitting.language !== 'found' ? splitting.language : undefined)
  return { ...asked, language, han: asked.han ?? splitting?.han }
}

/** Says that the words of new texts may differ from those that the run learnt; null when the rules are the same. */
export function noteOnRules({ name, data: { splitting } }: Pick<Run, 'name' | 'data'>): string | null {
  return !splitting || splitting.rules === splittingRules
    ? null
    : `${name} learnt from texts that were split by version ${splitting.rules} of the rules for words and sentences; this text was split by version ${splittingRules}.`
}
