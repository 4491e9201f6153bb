/** What is wrong with a draft, by field. */
import { allows, whyRefused } from '#main/runs/check-setting'
import type { Setting } from '#main/runs/setting'
import { settingNamed } from '#main/runs/setting-values'
import { spreadProblems } from './experiment-draft.ts'
import { fieldsOf, parseSeeds, type RunDraft } from './run-draft.ts'

/** Problems of a draft, by field; empty when a run can be asked for. */
export function problemsOf(draft: RunDraft): ReadonlyMap<string, string> {
  const problems = new Map<string, string>()
  if (draft.corpusId === '') problems.set('corpusId', 'Choose a corpus to train on.')
  if (draft.variants.length === 0) problems.set('variants', 'Choose at least one model.')
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
  for (const row of fieldsOf(draft)) if (draft.spreads[row.name] === undefined) refuse(row, draft.fields[row.name])
  for (const [name, problem] of spreadProblems(draft)) problems.set(name, problem)
  return problems
}
