/** A draft that is an experiment: fields with several values, what is wrong with them, and the plan that is made of them. */
import { isRange, type ExperimentPlan, type Search, type Spread } from '#main/experiments/plan'
import { whyRepeated } from '#main/experiments/repeats'
import { whyRefused } from '#main/runs/check-setting'
import type { Setting } from '#main/runs/setting'
import { settingNamed } from '#main/runs/setting-values'
import { fieldsOf, filledFields, parseSeeds, type RunDraft } from './run-draft.ts'
import { readSpread, type SearchFields } from './spread-text.ts'

interface SpreadOfField {
  readonly row: Setting
  readonly spread: Spread | null
  /** What is wrong with its text; null where nothing is. */
  readonly problem: string | null
}

/** The settings of a draft that hold more than one value. */
function spreadsIn(draft: RunDraft): SpreadOfField[] {
  return fieldsOf(draft).flatMap((row): SpreadOfField[] => {
    const text = draft.spreads[row.name]
    if (text === undefined) return []
    try {
      const spread = readSpread(text, row)
      return [{ row, spread, problem: spread ? null : whyRefused(row, text.trim()) }]
    } catch (error) {
      return [{ row, spread: null, problem: error instanceof Error ? error.message : String(error) }]
    }
  })
}

export function isExperiment(draft: RunDraft): boolean {
  return spreadsIn(draft).length > 0
}

/** Problems of a draft that is an experiment, by field; none of one that is not. */
export function spreadProblems(draft: RunDraft): [string, string][] {
  const found = spreadsIn(draft)
  if (found.length === 0) return []
  const ofFields = found.flatMap(({ row, spread, problem }): [string, string][] => {
    const why = problem ?? (spread && whyRepeated(row, spread, draft.variants))
    if (why) return [[row.name, why === problem ? why : `${row.label} ${why}`]]
    if (spread && isRange(spread) && draft.search.tries === 'all')
      return [[row.name, `${row.label} has a range: list values, or search, which draws from it.`]]
    return []
  })
  const { tries, trials, epochs, factor } = draft.search
  const isCount = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most
  return [
    ...ofFields,
    ...(draft.from ? [['from', 'A retraining takes one value of each setting.'] as [string, string]] : []),
    ...(draft.name.trim() === ''
      ? [
          ['name', 'Give the experiment a name: started again under it, it goes on with what is there.'] as [
            string,
            string,
          ],
        ]
      : []),
    ...(tries !== 'all' && !isCount(trials, 1, 1000)
      ? [['trials', 'Combinations must be a whole number from 1 to 1,000.'] as [string, string]]
      : []),
    ...(tries === 'halving' && !(isCount(epochs, 1, 10_000) && isCount(factor, 2, 10))
      ? [['halving', 'Halving needs at least one epoch, and one in 2 to 10 that goes on.'] as [string, string]]
      : []),
  ]
}

/** The plan of a draft that is an experiment and has no problems. */
export function toPlan(draft: RunDraft): ExperimentPlan {
  const spreads = new Map<string, Spread>(
    spreadsIn(draft).flatMap(({ row, spread }) => (spread ? [[row.name, spread]] : [])),
  )
  const usual = filledFields(draft)
  const settings = fieldsOf(draft).flatMap((row): [string, Spread][] => {
    const value = draft.fields[row.name]
    const spread = spreads.get(row.name) ?? (value === usual[row.name] ? null : [value])
    return spread ? [[row.name, spread]] : []
  })
  const isLstm = draft.encoder === 'lstm'
  return {
    name: draft.name.trim(),
    variants: draft.variants,
    seeds: parseSeeds(draft.seeds) ?? [],
    preset: draft.preset,
    vectors: [!isLstm || draft.vectors.trim() === '' ? null : draft.vectors.trim()],
    encoder: isLstm ? null : { folder: draft.encoderFolder.trim(), isFrozen: draft.encoder === 'bert-frozen' },
    settings: Object.fromEntries(settings) as ExperimentPlan['settings'], // names of settings
    search: toSearch(draft.search),
  }
}

function toSearch({ tries, trials, epochs, factor }: SearchFields): Search | null {
  if (tries === 'all') return null
  return { trials, seed: settingNamed('seed').usual, halving: tries === 'halving' ? { epochs, factor } : null }
}
