/** espalier tune: tunes a threshold per relation type on dev and keeps it with the run. */
import type { Command } from 'commander'
import { selectionOf, type Run } from '#main/runs/run'
import { findRun, runArgument } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { formatTable } from '#main/text/aligned-table'

interface Options extends GlobalOptions {
  readonly reset?: true
}

export function addTune(program: Command): Command {
  return program
    .command('tune')
    .description('tune a threshold per relation type on dev; every prediction of the run uses them from then on')
    .argument('<run>', runArgument)
    .option('--reset', 'use one threshold for all relation types again')
    .action((name: string, { reset, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const { runId } = await findRun(client, name)
        const run = reset ? await client.runs.untune({ runId }) : await client.runs.tune({ runId })
        print(run.thresholds ?? null, describe(run))
      }),
    )
}

function describe({ name, thresholds, config }: Run): string {
  const usual = config.training.threshold
  if (!thresholds) return `${name} predicts every relation type with threshold ${usual}.`
  const { byRelation, before, after } = thresholds
  const rows = Object.entries(byRelation).sort(([a], [b]) => (a < b ? -1 : 1))
  if (rows.length === 0) return `${name}: no threshold is better on dev than ${usual} for all; nothing was changed.`
  const percent = (share: number): string => (100 * share).toFixed(1)
  return [
    formatTable(
      ['relation type', 'threshold'],
      rows.map(([type, value]) => [type, value.toFixed(3)]),
    ),
    `All others keep ${usual}. F1 (${selectionOf(config.model.tasks)}) on dev: ${percent(before.f1)} before, ${percent(after.f1)} after; each fifth of dev was scored with thresholds tuned on the other four.`,
  ].join('\n\n')
}
