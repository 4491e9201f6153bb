/** espalier evaluate: prints the scores of a run on a split, in every match mode. */
import { Option, type Command } from 'commander'
import { splits, type Split } from '#main/document/doc'
import { matchModes } from '#main/evaluation/match-mode'
import type { Scores } from '#main/evaluation/scores'
import type { SpreadScores } from '#main/evaluation/mean'
import type { Spread } from '#main/evaluation/spread'
import { describeChanges, describeScoring, type StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { findRun, runArgument } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { settingOption, type OptionRule } from '../setting-options.ts'
import { formatTable } from '#main/text/aligned-table'

interface Options extends GlobalOptions {
  readonly split: Split
  readonly draws?: number
  readonly again?: true
}

const drawsRule: OptionRule = {
  ...{ label: 'Draws', flag: '--draws', kind: 'whole', least: 2, most: 100 },
  hint: 'Number of draws of the stochastic maps, for mean and deviation of the scores that select the epoch',
}

export function addEvaluate(program: Command): Command {
  const command = program.command('evaluate')
  return command
    .description('score a run')
    .argument('<run>', runArgument)
    .addOption(new Option('--split <split>', 'what to score on').choices(splits).default('test'))
    .addOption(settingOption(command, drawsRule))
    .option('--again', 'score again where words or gold changed since; else the stored scores are printed')
    .action((name: string, { split, draws, again, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const run = await findRun(client, name)
        const evaluation = await client.runs.evaluate({ runId: run.runId, split, again: again ?? false })
        const spread = draws === undefined ? null : await client.runs.spread({ runId: run.runId, split, draws })
        const text = describe(`${run.name} on ${split}`, evaluation)
        print(spread ? { ...evaluation, spread } : evaluation, spread ? `${text}\n\n${describeSpread(spread)}` : text)
      }),
    )
}

function describeSpread({ draws, of, precision, recall, f1 }: Spread): string {
  const show = ({ mean, deviation }: SpreadScores): string =>
    `${(100 * mean).toFixed(1)} ± ${(100 * (deviation ?? 0)).toFixed(2)}`
  return `${of} over ${draws} draws of the stochastic maps: P ${show(precision)}  R ${show(recall)}  F1 ${show(f1)}`
}

function describe(title: string, evaluation: StoredEvaluation): string {
  const { sentences, uniqueTriples, triples, earlyTriples, entities, breakdowns } = evaluation
  const changes = describeChanges(evaluation)
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
    `${describeScoring(evaluation)}.${changes === null ? '' : ` It was ${changes}: --again scores it again.`}`,
    '',
    formatTable(head, rows),
  ].join('\n')
}
