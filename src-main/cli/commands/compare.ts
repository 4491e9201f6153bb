/** espalier compare: prints runs side by side, above the memory floor and the oracle. */
import { Option, type Command } from 'commander'
import { comparedThresholds } from '#main/api/comparisons'
import { comparisonFormats, formatComparison, type ComparisonFormat } from '#main/comparison/format-comparison'
import { splits, type Split } from '#main/document/doc'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { findRun, runArgument } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly match: MatchMode
  readonly split: Split
  readonly thresholds: (typeof comparedThresholds)[number]
  readonly format: ComparisonFormat | 'json'
}

export function addCompare(program: Command): Command {
  return program
    .command('compare')
    .description('compare runs on one corpus')
    .argument('<run...>', runArgument)
    .addOption(new Option('--match <mode>', 'when a triple is right').choices(matchModes).default('exact'))
    .addOption(new Option('--split <split>', 'what to score on').choices(splits).default('dev'))
    .addOption(
      new Option('--thresholds <which>', 'tuned: those of each run; given: those of their settings, tuned or not')
        .choices(comparedThresholds)
        .default('tuned'),
    )
    .addOption(new Option('--format <format>', 'how to print').choices([...comparisonFormats, 'json']).default('table'))
    .action((names: string[], { match, split, thresholds, format, ...options }: Options) =>
      withSession({ ...options, json: options.json ?? format === 'json' }, async ({ client, print }) => {
        const runs = await Promise.all(names.map((name) => findRun(client, name)))
        const request = { runIds: runs.map(({ runId }) => runId), match, split, thresholds }
        const { unscored } = await client.comparisons.table(request)
        for (const { runId } of unscored) await client.runs.evaluate({ runId, split })
        const table = await client.comparisons.table(request)
        print(table, formatComparison(table, format === 'json' ? 'table' : format).trimEnd())
      }),
    )
}
