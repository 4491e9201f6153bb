/** espalier tune: tunes the thresholds of a run on dev and keeps them with it. */
import type { Command } from 'commander'
import { isTuned, selectionOf, type Run } from '#main/runs/run'
import { findRun, runArgument } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { formatTable } from '#main/text/aligned-table'

interface Options extends GlobalOptions {
  readonly reset?: true
}

export function addTune(program: Command): Command {
  return program
    .command('tune')
    .description(
      'tune the threshold on dev, for all relation types and for those that need another; every prediction of the run uses it from then on',
    )
    .argument('<run>', runArgument)
    .option('--reset', 'use the threshold of the settings for all relation types again')
    .action((name: string, { reset, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const { runId } = await findRun(client, name)
        const run = reset ? await client.runs.untune({ runId }) : await client.runs.tune({ runId })
        print(run.thresholds ?? null, describe(run))
      }),
    )
}

function describe({ name, thresholds, config }: Run): string {
  const given = config.training.threshold
  if (!thresholds) return `${name} predicts every relation type with threshold ${given}.`
  const { usual, byRelation, before, after } = thresholds
  const rows = Object.entries(byRelation)
  if (!isTuned({ config, thresholds }))
    return `${name}: no threshold is better on dev than ${given} for all; nothing was changed.`
  const percent = (share: number): string => (100 * share).toFixed(1)
  const promise = `F1 (${selectionOf(config.model.tasks)}) on dev: ${percent(before.f1)} with ${given}, ${percent(after.f1)} tuned; each fifth of dev was scored with thresholds that the other four chose.`
  if (rows.length === 0) return `Threshold of all relation types: ${usual.toFixed(3)}.\n\n${promise}`
  return [
    formatTable(
      ['relation type', 'threshold'],
      rows.map(([type, value]) => [type, value.toFixed(3)]),
    ),
    `Threshold of all others: ${usual.toFixed(3)}. ${promise}`,
  ].join('\n\n')
}
