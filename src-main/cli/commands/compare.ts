/** espalier compare: prints runs side by side, above the memory floor and the oracle, with what their differences allow to say. */
import { InvalidArgumentError, Option, type Command } from 'commander'
import { comparisonFormats, formatComparison, type ComparisonFormat } from '#main/comparison/format-comparison'
import { describeVersions, type GoldVersions } from '#main/comparison/gold-versions'
import { buildsOf } from '#main/comparison/published'
import { comparedThresholds, type ComparedThresholds } from '#main/comparison/saved-comparison'
import { columnNames, rowOrders, usualView, type ColumnName, type RowOrder } from '#main/comparison/table-view'
import { formatDifference } from '#main/comparison/verdict'
import { AppError } from '#main/core/errors'
import { splits, type Split } from '#main/document/doc'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { formatTable } from '#main/text/aligned-table'
import { enumerate } from '#main/text/enumeration'
import { findCompared } from '../find-compared.ts'
import { runArgument } from '../find.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'

interface Options extends GlobalOptions {
  readonly match: MatchMode
  readonly split: Split
  readonly thresholds: ComparedThresholds
  readonly format: ComparisonFormat | 'json'
  readonly baseline?: string
  readonly columns: readonly ColumnName[]
  readonly order: RowOrder
  readonly decimals: number
  readonly published?: string
  readonly save?: string
}

export function addCompare(program: Command): Command {
  return program
    .command('compare')
    .description('compare runs on one corpus: scores, differences to a baseline with interval and p, and a verdict')
    .argument(
      '<run...>',
      `${runArgument}; or the name of an experiment, for all of its runs, or of a system whose predictions were scored`,
    )
    .addOption(new Option('--match <mode>', 'when a triple is right').choices(matchModes).default('exact'))
    .addOption(new Option('--split <split>', 'what to score on').choices(splits).default('dev'))
    .addOption(
      new Option('--thresholds <which>', 'tuned: those of each run; given: those of their settings, tuned or not')
        .choices(comparedThresholds)
        .default('tuned'),
    )
    .option('--baseline <run>', 'a run of the row that the others are compared with; the first row when left out')
    .addOption(
      new Option('--columns <list>', `what to show, separated by commas: ${columnNames.join(', ')}`)
        .argParser(parseColumns)
        .default(usualView.columns, usualView.columns.join(',')),
    )
    .addOption(new Option('--order <order>', 'order of the rows').choices(rowOrders).default('chosen'))
    .addOption(
      new Option('--decimals <number>', 'decimals of scores in percent, 0 to 3').argParser(parseDecimals).default(1),
    )
    .option(
      '--published <build>',
      'the build that the corpus is, such as "WebNLG*" or "NYT": figures of papers stand beside',
    )
    .option('--save <name>', 'keep this comparison under a name, for the window too')
    .addOption(new Option('--format <format>', 'how to print').choices([...comparisonFormats, 'json']).default('table'))
    .action(
      (
        names: string[],
        { match, split, thresholds, format, baseline, columns, order, decimals, published, save, ...options }: Options,
      ) =>
        withSession({ ...options, json: options.json ?? format === 'json' }, async ({ client, print }) => {
          const { runIds, systemIds } = await findCompared(client, names, split)
          const request = { runIds, systemIds, match, split, thresholds }
          await scoreMissing(client, request)
          const build = await findBuild(client, published)
          const table = await client.comparisons.table({ ...request, ...(build !== null && { build }) })
          const baselineId = baseline === undefined ? undefined : await findBaseline(client, baseline, split)
          const differences = await client.comparisons.differences({ ...request, baselineId })
          const shown = { differences, view: { columns, order, decimals } }
          const view = {
            ...{ runIds, systemIds, match, split, thresholds },
            ...shown.view,
            baselineId: baselineId ?? null,
            names: {},
            pins: [],
            build,
          }
          const saved = save === undefined ? null : await client.comparisons.save({ name: save, view })
          const gold = await client.comparisons.goldVersions(request)
          const text = formatComparison(table, format === 'json' ? 'table' : format, shown)
          const versions = gold.marked > 0 && format === 'table' ? `\n\n${describeGold(gold, split)}` : ''
          print(
            { ...table, differences, gold, ...(saved && { comparisonId: saved.comparisonId }) },
            `${text.trimEnd()}${versions}`,
          )
        }),
    )
}

function describeGold(gold: GoldVersions, split: Split): string {
  const shown = (share: number): string => (100 * share).toFixed(1)
  const rows = gold.rows.map(({ label, before, now }) => [
    ...[label, shown(before.mean), shown(now.mean), formatDifference(now.mean - before.mean)],
  ])
  const table = formatTable(['', 'F1, gold before', 'F1, gold now', 'difference'], rows, (column) => column > 0)
  return `${describeVersions(gold, split)}\n\n${table}`
}

async function findBaseline(client: Session['client'], name: string, split: Split): Promise<string | undefined> {
  const { runIds, systemIds } = await findCompared(client, [name], split)
  return runIds[0] ?? systemIds[0]
}

/** The build as it is spelt. @throws AppError that lists the builds where there is no such. */
async function findBuild(client: Session['client'], wanted: string | undefined): Promise<string | null> {
  if (wanted === undefined) return null
  const builds = buildsOf(await client.comparisons.published())
  const build = builds.find((name) => name.toLowerCase() === wanted.toLowerCase())
  if (build !== undefined) return build
  throw new AppError('invalid-input', `No figures were published for "${wanted}". Give one of ${enumerate(builds)}.`)
}

/** Scores runs that are not scored on the split, and those whose figures say nothing of single sentences. */
async function scoreMissing(
  client: Session['client'],
  request: {
    readonly runIds: string[]
    readonly systemIds: string[]
    readonly match: MatchMode
    readonly split: Split
    readonly thresholds: ComparedThresholds
  },
): Promise<void> {
  const { unscored, uncounted } = await client.comparisons.table(request)
  const { split } = request
  for (const { runId } of unscored) await client.runs.evaluate({ runId, split })
  for (const runId of uncounted) await client.runs.evaluate({ runId, split, again: true })
}

function parseColumns(text: string): ColumnName[] {
  const wanted = text.split(',').map((name) => name.trim())
  const unknown = wanted.filter((name) => !(columnNames as readonly string[]).includes(name))
  if (unknown.length > 0)
    throw new InvalidArgumentError(
      `${enumerate(unknown)} ${unknown.length === 1 ? 'is' : 'are'} no column; there are ${enumerate(columnNames)}.`,
    )
  return columnNames.filter((name) => wanted.includes(name))
}

function parseDecimals(text: string): number {
  const decimals = Number(text)
  if (Number.isInteger(decimals) && decimals >= 0 && decimals <= 3) return decimals
  throw new InvalidArgumentError('Give a whole number from 0 to 3.')
}
