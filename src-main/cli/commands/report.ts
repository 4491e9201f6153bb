/** espalier report: writes a comparison or an experiment as one HTML page that opens anywhere. */
import { Option, type Command } from 'commander'
import type { ExperimentView } from '#main/api/experiments'
import { plainView, type ComparisonView } from '#main/comparison/saved-comparison'
import { AppError } from '#main/core/errors'
import { splits, type Split } from '#main/document/doc'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { collectReport } from '#main/report/collect-report'
import { countOf } from '#main/text/numbers'
import { findExperiment, trainedRuns } from '../find-experiment.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'
import { refusePresent, writeWhole } from '../write-whole.ts'

interface Options extends GlobalOptions {
  readonly output: string
  readonly match?: MatchMode
  readonly split?: Split
  readonly replace?: boolean
}

export function addReport(program: Command): Command {
  return program
    .command('report')
    .description('write a comparison or an experiment as one HTML page: table, verdict, charts, sentences, run cards')
    .argument('<name>', 'name or number of a saved comparison, or the name of an experiment')
    .requiredOption('-o, --output <file>', 'the page that is written')
    .option('--replace', 'take the place of a file that is there')
    .addOption(new Option('--match <mode>', 'when a triple is right, in place of what is saved').choices(matchModes))
    .addOption(new Option('--split <split>', 'what is scored, in place of what is saved').choices(splits))
    .action((name: string, { output, match, split, replace, ...options }: Options) =>
      withSession(options, async ({ client, progress, report: tell }) => {
        if (!replace) await refusePresent(output)
        const found = await findView(client, name)
        const view = { ...found.view, ...(match && { match }), ...(split && { split }) }
        const collected = await collectReport(client, {
          ...{ title: found.title, view },
          tell: (what) => progress.line(`Collecting ${what} …`),
        })
        // what draws is loaded by this command alone
        const { formatReport } = await import('#main/report/format-report')
        await writeWhole(output, formatReport(collected))
        const { charts, cards, diffs } = collected
        const counts = {
          charts: charts.length,
          cards: cards.length,
          sentences: diffs.flatMap((diff) => diff.sentences).length,
        }
        const what = `${countOf(counts.charts, 'chart')}, ${countOf(counts.cards, 'run card')} and ${countOf(counts.sentences, 'sentence')}`
        tell(output, { output, ...counts }, `${output} has the table of "${found.title}" with ${what}.`)
      }),
    )
}

/** @throws AppError not-found that lists what there is. */
async function findView(
  client: Session['client'],
  name: string,
): Promise<{ readonly title: string; readonly view: ComparisonView }> {
  const saved = await client.comparisons.saved()
  const comparison = saved.find((one) => one.name === name || String(one.comparisonId) === name)
  if (comparison) return { title: comparison.name, view: comparison.view }
  const experiment = await findExperiment(client, name)
  if (experiment) return viewOfExperiment(client, experiment)
  const experiments = await client.experiments.list()
  const names = [...saved, ...experiments].map((one) => `"${one.name}"`)
  throw new AppError(
    'not-found',
    `There is no comparison and no experiment "${name}".${names.length > 0 ? ` There are: ${names.join(', ')}.` : ' Save a comparison in Compare, or with "compare --save NAME".'}`,
  )
}

/** All runs of the experiment with a checkpoint, on test; on dev for a search, since it scores test for what it chose alone. */
async function viewOfExperiment(client: Session['client'], experiment: ExperimentView) {
  const { runIds, isSearch } = await trainedRuns(client, experiment)
  const split: Split = isSearch ? 'dev' : 'test'
  return { title: experiment.name, view: { ...plainView, runIds, match: 'exact' as const, split } }
}
