/** espalier evaluate: prints the scores of a run on a split, in every match mode. */
import path from 'node:path'
import { Option, type Command } from 'commander'
import type { SystemSummary } from '#main/api/predictions'
import { AppError } from '#main/core/errors'
import { splits, type Split } from '#main/document/doc'
import { describeEffects, type EarlyEffects } from '#main/comparison/early-effects'
import type { Evaluation } from '#main/evaluation/evaluation'
import { matchModes } from '#main/evaluation/match-mode'
import type { Scores } from '#main/evaluation/scores'
import type { SpreadScores } from '#main/evaluation/mean'
import type { Spread } from '#main/evaluation/spread'
import { describeChanges, describeScoring, type StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { earlyInputMeanings } from '#main/runs/early-input'
import { findCorpus, findRun, runArgument } from '../find.ts'
import { withImportFiles } from '../import-files.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'
import { settingOption, type OptionRule } from '../setting-options.ts'
import { formatTable } from '#main/text/aligned-table'

interface Options extends GlobalOptions {
  readonly split: Split
  readonly draws?: number
  readonly early?: true
  readonly again?: true
  readonly predictions?: string
  readonly corpus?: string
  readonly name?: string
  readonly seed?: number
  readonly format?: string
}

const seedRule: OptionRule = {
  ...{ label: 'Seed', flag: '--seed', kind: 'whole', least: 0, most: 2 ** 32 - 1 },
  hint: 'Seed of the run of the system: runs of one name are one row of a comparison',
}

const drawsRule: OptionRule = {
  ...{ label: 'Draws', flag: '--draws', kind: 'whole', least: 2, most: 100 },
  hint: 'Number of draws of the stochastic maps, for mean and deviation of the scores that select the epoch',
}

export function addEvaluate(program: Command): Command {
  const command = program.command('evaluate')
  return command
    .description('score a run, or the predictions of another system')
    .argument('[run]', runArgument)
    .addOption(new Option('--split <split>', 'what to score on').choices(splits).default('test'))
    .addOption(settingOption(command, drawsRule))
    .option(
      '--predictions <file>',
      'predictions of any system in a format that is imported, in place of a run; needs --corpus',
    )
    .option('--corpus <name>', 'the corpus whose split was predicted')
    .option(
      '--name <name>',
      'name of the system, under which its predictions are kept; the name of the file when left out',
    )
    .addOption(settingOption(command, seedRule))
    .option('--format <format>', 'format of the file; found in its content when left out')
    .option(
      '--early',
      'also measure what the final predictions score with gold, others or nothing in place of the early ones',
    )
    .option('--again', 'score again where words or gold changed since; else the stored scores are printed')
    .action((name: string | undefined, { split, draws, early, again, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        if (options.predictions !== undefined) {
          if (name !== undefined) throw new AppError('invalid-input', 'Give a run or --predictions, not both.')
          const system = await scorePredictions(client, options.predictions, split, options)
          return print(system, describeSystem(system))
        }
        if (name === undefined)
          throw new AppError('invalid-input', 'Name a run, or give --predictions FILE --corpus NAME.')
        const run = await findRun(client, name)
        const evaluation = await client.runs.evaluate({ runId: run.runId, split, again: again ?? false })
        const spread = draws === undefined ? null : await client.runs.spread({ runId: run.runId, split, draws })
        const effects = early ? await client.runs.effects({ runId: run.runId, split }) : null
        const texts = [
          describe(`${run.name} on ${split}`, evaluation),
          ...(spread ? [describeSpread(spread)] : []),
          ...(effects ? [effectsText(effects)] : []),
        ]
        print({ ...evaluation, ...(spread && { spread }), ...(effects && { effects }) }, texts.join('\n\n'))
      }),
    )
}

async function scorePredictions(
  client: Session['client'],
  file: string,
  split: Split,
  { corpus, name, seed, format }: Omit<Options, 'split'>,
): Promise<SystemSummary> {
  if (corpus === undefined)
    throw new AppError('invalid-input', '--predictions needs --corpus NAME: the corpus whose split was predicted.')
  const { corpusId } = await findCorpus(client, corpus)
  const own = path.basename(file)
  return withImportFiles([file], split, ([opened]) => {
    if (!opened) throw new AppError('invalid-input', `There is no file ${file}.`)
    return client.predictions.score({
      ...{ corpusId, split, file: opened.file, name: name ?? own.replace(/\.[^.]+$/, '') },
      ...(seed !== undefined && { seed }),
      ...(format !== undefined && { format }),
    })
  })
}

function describeSystem({ name, seed, split, corpusName, evaluation, notes }: SystemSummary): string {
  const title = `${name}${seed === null ? '' : ` seed ${seed}`} on ${split} of ${corpusName}`
  return [describeFigures(title, evaluation, notes), '', 'It stands in comparisons by its name.'].join('\n')
}

function effectsText(effects: EarlyEffects): string {
  const rows = effects.rows.map(({ input, triples, entities }) => [
    input === 'predicted' ? 'the early predictions as they are' : earlyInputMeanings[input],
    ...[triples.precision, triples.recall, triples.f1, entities.f1].map((share) => (100 * share).toFixed(1)),
  ])
  const table = formatTable(['maps are shown', 'P', 'R', 'F1', 'entities F1'], rows, (column) => column > 0)
  return `${table}\n\n${describeEffects(effects)}`
}

function describeSpread({ draws, of, precision, recall, f1 }: Spread): string {
  const show = ({ mean, deviation }: SpreadScores): string =>
    `${(100 * mean).toFixed(1)} ± ${(100 * (deviation ?? 0)).toFixed(2)}`
  return `${of} over ${draws} draws of the stochastic maps: P ${show(precision)}  R ${show(recall)}  F1 ${show(f1)}`
}

function describe(title: string, evaluation: StoredEvaluation): string {
  const changes = describeChanges(evaluation)
  return describeFigures(title, evaluation, [
    `${describeScoring(evaluation)}.${changes === null ? '' : ` It was ${changes}: --again scores it again.`}`,
  ])
}

function describeFigures(title: string, evaluation: Evaluation, notes: readonly string[]): string {
  const { sentences, uniqueTriples, triples, earlyTriples, entities, breakdowns } = evaluation
  const row = (label: string, { gold, predicted, correct, precision, recall, f1 }: Scores) => [
    label,
    gold,
    predicted,
    correct,
    ...[precision, recall, f1].map((share) => (share * 100).toFixed(1)),
  ]
  const head = ['', 'gold', 'predicted', 'correct', 'P', 'R', 'F1']
  const rows = [
    ...matchModes.map((mode) => row(`triples, ${mode}`, triples[mode])),
    ...(earlyTriples ? matchModes.map((mode) => row(`early triples, ${mode}`, earlyTriples[mode])) : []),
    row('entities', entities.all),
    row('entities in triples', entities.inTriples),
    ...breakdowns.exact
      .filter(({ name }) => name.startsWith('overlap class') || name === 'novelty' || name === 'triples')
      .flatMap(({ name, rows: parts }) => parts.map((part) => row(`exact, ${name} ${part.label}`, part.scores))),
  ]
  return [
    `${title}: ${sentences} sentences, ${uniqueTriples} unique triples`,
    ...notes,
    '',
    formatTable(head, rows),
  ].join('\n')
}
