/** Finds what a person compares on the command line: runs, experiments with all their runs, and systems whose predictions were scored. */
import type { Client } from '#main/api/router'
import type { Split } from '#main/document/doc'
import { findExperiment, trainedRuns } from './find-experiment.ts'
import { findRun } from './find.ts'

/**
 * The runs and the predictions that are named; a name of a system stands for all of its seeds, that of an experiment for all
 * of its runs. A run of the same name goes first.
 */
export async function findCompared(
  client: Client,
  names: readonly string[],
  split: Split,
): Promise<{ readonly runIds: string[]; readonly systemIds: string[] }> {
  const systems = (await client.predictions.list()).filter((system) => system.split === split)
  const runs = await client.runs.list()
  const [runIds, systemIds]: [string[], string[]] = [[], []]
  for (const name of names) {
    const meant = systems.filter((system) => system.name === name || system.systemId === name)
    const isRun = runs.some((run) => run.name === name || run.runId === name)
    const experiment = meant.length > 0 || isRun ? null : await findExperiment(client, name)
    if (meant.length > 0) systemIds.push(...meant.map(({ systemId }) => systemId))
    else if (experiment) runIds.push(...(await trainedRuns(client, experiment)).runIds)
    else runIds.push((await findRun(client, name)).runId)
  }
  return { runIds: [...new Set(runIds)], systemIds }
}
