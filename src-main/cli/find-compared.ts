/** Finds what a person compares on the command line: runs, and systems whose predictions were scored. */
import type { Client } from '#main/api/router'
import type { Split } from '#main/document/doc'
import { findRun } from './find.ts'

/** The runs and the predictions that are named; a name of a system stands for all of its seeds. */
export async function findCompared(
  client: Client,
  names: readonly string[],
  split: Split,
): Promise<{ readonly runIds: string[]; readonly systemIds: string[] }> {
  const systems = (await client.predictions.list()).filter((system) => system.split === split)
  const [runIds, systemIds]: [string[], string[]] = [[], []]
  for (const name of names) {
    const meant = systems.filter((system) => system.name === name || system.systemId === name)
    if (meant.length > 0) systemIds.push(...meant.map(({ systemId }) => systemId))
    else runIds.push((await findRun(client, name)).runId)
  }
  return { runIds, systemIds }
}
