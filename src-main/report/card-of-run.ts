/** The card of a run, collected from the services. */
import type { Client } from '#main/api/router'
import { formatRunCard } from '#main/comparison/run-card'
import type { Split } from '#main/document/doc'

/** The parts of a card and its text. A split that is not scored is scored before. */
export async function cardOfRun(client: Client, runId: string, split: Split) {
  const detail = await client.runs.get({ runId })
  const evaluation = await client.runs.evaluate({ runId, split })
  const calibration = await client.runs.calibration({ runId })
  const { versions } = await client.system.doctor()
  const { fromRunId } = detail.run
  const parent = fromRunId === null ? undefined : (await client.runs.list()).find((run) => run.runId === fromRunId)
  const parts = { ...detail, parentName: parent?.name ?? null, split, evaluation, calibration, versions }
  return { parts, text: formatRunCard(parts) }
}
