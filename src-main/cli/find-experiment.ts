/** Finds the experiment that a person names on the command line, with those of its runs that can be scored. */
import type { ExperimentView } from '#main/api/experiments'
import type { Client } from '#main/api/router'
import { AppError } from '#main/core/errors'

/** Null where there is none. @throws AppError 'invalid-input' where several have the name. */
export async function findExperiment(client: Client, name: string): Promise<ExperimentView | null> {
  const all = await client.experiments.list()
  const [found, other] = all.filter((one) => one.name === name || one.experimentId === name)
  if (found && other)
    throw new AppError(
      'invalid-input',
      `Several experiments are called "${name}". Give the id of one: ${found.experimentId}, ${other.experimentId}.`,
    )
  return found ?? null
}

/** @throws AppError 'conflict' where none of its runs has a checkpoint. */
export async function trainedRuns(client: Client, { experimentId, name }: ExperimentView) {
  const { plan, candidates } = await client.experiments.get({ experimentId })
  const trained = new Set(
    (await client.runs.list()).flatMap(({ runId, bestEpoch }) => (bestEpoch === null ? [] : [runId])),
  )
  const runIds = candidates.flatMap(({ runs }) => runs).flatMap(({ runId }) => (trained.has(runId) ? [runId] : []))
  if (runIds.length > 0) return { runIds, isSearch: plan.search !== null }
  throw new AppError(
    'conflict',
    `The experiment "${name}" has no run with a checkpoint yet: let it finish an epoch first.`,
  )
}
