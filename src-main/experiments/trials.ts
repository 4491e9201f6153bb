/** Trials: the combinations of settings of a plan, each of which is trained once for every variant and seed. */
import { AppError } from '#main/core/errors'
import { drawOf } from '#main/document/seeded-draw'
import { inSentence } from '#main/runs/check-setting'
import type { Setting } from '#main/runs/setting'
import { countOf } from '#main/text/numbers'
import { settingNamed, type SettingName } from '#main/runs/setting-values'
import { whyRepeated } from './repeats.ts'
import { isRange, spreadsOf, type ExperimentPlan, type Range, type SettingValue, type Spread } from './plan.ts'

export interface Trial {
  /** Place in the plan, from 0. */
  readonly index: number
  /** What it has that other trials have otherwise: "alpha 0.1, hidden 50"; empty where there is one trial alone. */
  readonly label: string
  readonly vectors: string | null
  readonly settings: Readonly<Partial<Record<SettingName, SettingValue>>>
}

/** More runs than this are no plan but a slip, and no machine ends them. */
export const mostRuns = 1000

/**
 * The trials of a plan, in the order of the grid (the last setting changes fastest), or of the draws of a search. The same
 * plan gives the same trials, and a search for more trials begins with those of a search for fewer.
 * @throws AppError 'invalid-input' for more runs than a plan may have, and for a range without a search.
 */
export function trialsOf(plan: ExperimentPlan): Trial[] {
  refuseRangesOfGrid(plan)
  refuseRepeats(plan)
  const inOne = plan.variants.length * plan.seeds.length
  const combinations = plan.search ? null : combinationsOf(plan)
  const count = combinations ?? plan.search?.trials ?? 0
  if (count * inOne > mostRuns)
    throw new AppError('invalid-input', `${describeSize(plan, count)} ${wayOut(plan)} At most ${mostRuns} are made.`)
  const all = plan.search ? drawn(plan, plan.search.trials, plan.search.seed) : grid(plan)
  const varied = spreadsOf(plan)
    .map(([name]) => name)
    .filter((name) => new Set(all.map(({ settings }) => settings[name])).size > 1)
  const files = new Set(all.map(({ vectors }) => vectors))
  return all.map(({ vectors, settings }, index) => {
    const words = varied.map((name) => `${shortName(settingNamed(name))} ${String(settings[name])}`)
    const label = [...(files.size > 1 ? [nameOfFile(vectors)] : []), ...words].join(', ')
    return { index, label, vectors, settings }
  })
}

type Combination = Pick<Trial, 'vectors' | 'settings'>

function combinationsOf(plan: ExperimentPlan): number {
  const counts = spreadsOf(plan).map(([, spread]) => listOf(spread).length)
  return counts.reduce((product, count) => product * count, plan.vectors.length)
}

function grid(plan: ExperimentPlan): Combination[] {
  const settings = spreadsOf(plan).reduce<Combination['settings'][]>(
    (before, [name, spread]) => before.flatMap((given) => listOf(spread).map((value) => ({ ...given, [name]: value }))),
    [{}],
  )
  return plan.vectors.flatMap((vectors) => settings.map((given) => ({ vectors, settings: given })))
}

/** Combinations without repetition; fewer than asked for where there are no more. */
function drawn(plan: ExperimentPlan, trials: number, seed: number): Combination[] {
  const found = new Map<string, Combination>()
  const spreads = spreadsOf(plan)
  for (let attempt = 0; attempt < trials * triesForEach && found.size < trials; attempt++) {
    const draw = (dimension: number): number => drawOf(seed, attempt, dimension)
    const settings = Object.fromEntries(
      spreads.map(([name, spread], at) => [name, drawFrom(spread, settingNamed(name), draw(at + 1))]),
    ) as Combination['settings'] // a value per setting of the plan
    const vectors = plan.vectors[Math.floor(draw(0) * plan.vectors.length)] ?? null
    found.set(JSON.stringify([vectors, settings]), { vectors, settings })
  }
  return [...found.values()]
}

/** Number of draws for each trial after which there are taken to be no further combinations. */
const triesForEach = 50

/** @param share uniform in [0, 1). */
function drawFrom(spread: Spread, setting: Setting, share: number): SettingValue | undefined {
  if (!isRange(spread)) return spread[Math.floor(share * spread.length)]
  const value = between(spread, share)
  // three digits say which value it was, and no run is better for the rest
  return isWhole(setting, value) ? Math.round(value) : Number(value.toPrecision(3))
}

const isWhole = (setting: Setting, value: number): boolean =>
  setting.kind === 'whole' || ('wholeAbove' in setting && value > (setting.wholeAbove ?? Infinity))

function between({ from, to, scale }: Range, share: number): number {
  if (scale === 'linear') return from + (to - from) * share
  return Math.exp(Math.log(from) + (Math.log(to) - Math.log(from)) * share)
}

const listOf = (spread: Spread): readonly SettingValue[] => (isRange(spread) ? [] : spread)

function refuseRangesOfGrid(plan: ExperimentPlan): void {
  const ranged = spreadsOf(plan).find(([, spread]) => isRange(spread))
  if (!ranged || plan.search) return
  throw new AppError(
    'invalid-input',
    `${ranged[0]} has a range, and a grid needs a list of values. List them, or add a search that draws from the range.`,
  )
}

function refuseRepeats(plan: ExperimentPlan): void {
  for (const [name, spread] of spreadsOf(plan)) {
    const why = whyRepeated(settingNamed(name), spread, plan.variants)
    if (why !== null) throw new AppError('invalid-input', `The experiment ${why}`)
  }
}

function describeSize(plan: ExperimentPlan, count: number): string {
  const runs = count * plan.variants.length * plan.seeds.length
  const lists = spreadsOf(plan).filter(([, spread]) => listOf(spread).length > 1)
  const factors = plan.search
    ? [countOf(plan.search.trials, 'trial')]
    : lists.map(([name, spread]) => `${countOf(listOf(spread).length, 'value')} of ${name}`)
  const parts = [countOf(plan.variants.length, 'variant'), countOf(plan.seeds.length, 'seed'), ...factors]
  return `These are ${countOf(runs, 'run')} (${parts.join(' × ')}).`
}

const wayOut = ({ search }: ExperimentPlan): string =>
  search ? 'Ask for fewer trials.' : 'List fewer values, or search: it draws as many combinations as you ask for.'

/** The name of a setting in a label: "alpha", "LSTM units per direction" as "hidden". */
const shortName = ({ flag, label }: Setting): string =>
  label.includes(' ') ? flag.slice(2).replaceAll('-', ' ') : inSentence(label)

const nameOfFile = (file: string | null): string =>
  file === null ? 'usual vectors' : (file.split(/[\\/]/).at(-1) ?? file)
