/** Experiment file: a plan as YAML. What it says wrongly is refused with its line. */
import { presetNames } from '#main/runs/presets'
import { settings } from '#main/runs/settings'
import type { SettingName } from '#main/runs/setting-values'
import type { Rule } from '#main/runs/check-setting'
import { familyNames } from '#main/runs/family-name'
import { modelsOf, type ModelName } from '#main/runs/model-name'
import { variantNames } from '#main/runs/variants'
import type { ExperimentPlan, Range, Search, Spread } from './plan.ts'
import { whyRepeated } from './repeats.ts'
import { readYaml, type YamlField } from './yaml-field.ts'

/** A plan with the name of the corpus that it is for. */
export type ExperimentFile = ExperimentPlan & { readonly corpus: string }

const fields = [
  'name',
  'corpus',
  'families',
  'variants',
  'seeds',
  'preset',
  'vectors',
  'encoder',
  'settings',
  'search',
] as const

/** Usual seeds: as many as the paper has. */
const usualSeeds = [1, 2, 3]

/**
 * @param file name of the file, for what is said of it.
 * @throws AppError 'invalid-input' that names file, line and field, and what may stand there.
 */
export function readExperimentFile(text: string, file: string): ExperimentFile {
  const field = readYaml(text, file)
  const {
    name,
    corpus,
    families,
    variants,
    seeds,
    preset,
    vectors,
    encoder,
    settings: spreads,
    search,
  } = field.fieldsOf(fields)
  const models = readModels(families, families || variants ? variants : field.refuse('needs "variants" or "families".'))
  return {
    name: need(name, field, 'name').text(),
    corpus: need(corpus, field, 'corpus').text(),
    variants: models,
    seeds: seeds?.list().map((each) => each.allowed(ruleOf('seed')) as number) ?? usualSeeds, // by its rule a number
    preset: preset?.oneOf(presetNames) ?? 'recommended',
    vectors: vectors?.list().map((each) => each.textOrNull()) ?? [null],
    encoder: encoder ? readEncoder(encoder) : null,
    settings: spreads ? readSettings(spreads, models) : {},
    search: search ? readSearch(search) : null,
  }
}

function readModels(families: YamlField | undefined, variants: YamlField | undefined): ModelName[] {
  const named = variants?.list().map((each) => each.oneOf(variantNames)) ?? []
  if (!families) return named
  const asked = families.list().map((each) => each.oneOf(familyNames))
  if (variants && !asked.includes('pmei'))
    variants.refuse('are of pmei: name it among the families, or leave them out.')
  return modelsOf(asked, named)
}

function readEncoder(field: YamlField): NonNullable<ExperimentPlan['encoder']> {
  const { folder, frozen } = field.fieldsOf(['folder', 'frozen'])
  return { folder: need(folder, field, 'folder').text(), isFrozen: frozen?.yesOrNo() ?? false }
}

/** Seeds have a field of their own. A setting goes by its name in a config or by its option: batchSize, batch. */
function readSettings(field: YamlField, models: readonly ModelName[]): ExperimentPlan['settings'] {
  const rows = settings.filter(({ part }) => part !== 'seed')
  const optionOf = (flag: string): string => flag.slice(2)
  const names = rows.flatMap(({ name, flag }) => [...new Set([name, optionOf(flag)])])
  const read = field.fieldsOf(
    names,
    rows.map(({ flag }) => optionOf(flag)),
  )
  const entries = rows.flatMap((row): [SettingName, Spread][] => {
    const given = read[row.name] ?? read[optionOf(row.flag)]
    if (!given) return []
    const spread = readSpread(given, row)
    const why = whyRepeated(row, spread, models)
    if (why !== null) field.refuse(why)
    return [[row.name, spread]]
  })
  return Object.fromEntries(entries)
}

function readSpread(field: YamlField, rule: Rule): Spread {
  if (!field.isMap) return field.list().map((each) => each.allowed(rule))
  const { from, to, scale } = field.fieldsOf(['from', 'to', 'scale'])
  if (rule.kind === 'choice' || rule.kind === 'switch') field.refuse('has no values between others: list those to try.')
  const range: Range = {
    from: need(from, field, 'from').allowed(rule) as number, // a number, by its rule
    to: need(to, field, 'to').allowed(rule) as number,
    scale: scale?.oneOf(['linear', 'log']) ?? 'linear',
  }
  if (range.from >= range.to) field.refuse(`goes from ${range.from} to ${range.to}: the first must be the smaller one.`)
  if (range.scale === 'log' && range.from <= 0) field.refuse('begins at 0, which a logarithmic scale never reaches.')
  return range
}

const count = (label: string, least: number, most: number): Rule => ({ label, kind: 'whole', least, most })

function readSearch(field: YamlField): Search {
  const { trials, seed, halving } = field.fieldsOf(['trials', 'seed', 'halving'])
  return {
    trials: need(trials, field, 'trials').allowed(count('Trials', 1, 1000)) as number, // numbers, by their rules
    seed: (seed?.allowed(count('Seed', 0, 2 ** 31)) ?? 1) as number,
    halving: halving ? readHalving(halving) : null,
  }
}

function readHalving(field: YamlField): NonNullable<Search['halving']> {
  const { epochs, factor } = field.fieldsOf(['epochs', 'factor'])
  return {
    epochs: need(epochs, field, 'epochs').allowed(count('Epochs of the first round', 1, 10_000)) as number, // as above
    factor: (factor?.allowed(count('Factor', 2, 10)) ?? 3) as number,
  }
}

const ruleOf = (name: SettingName): Rule => settings.find((row) => row.name === name) ?? count(name, 0, 0)

function need(field: YamlField | undefined, parent: YamlField, name: string): YamlField {
  return field ?? parent.refuse(`needs "${name}".`)
}
