/** Runs through the services, as a person starts them: the full model with its defaults on the only corpus. */
import { setTimeout as wait } from 'node:timers/promises'
import { runRequest, type RunRequest } from '#main/api/runs'
import type { Run } from '#main/runs/run'
import type { Services } from '#main/services/services'

/** Resolves when the first epoch is under way; threads and backend are those of a run that nobody told any. */
export async function startRun({ handlers }: Services, training: RunRequest['training']): Promise<string> {
  const [corpus] = await handlers.corpora.list()
  if (!corpus) throw new Error('The workspace has no corpus to train on.')
  const asked = runRequest.parse({ corpusId: corpus.corpusId, variants: ['pmei'], seeds: [1], training })
  const [run] = await handlers.runs.start(asked)
  if (!run) throw new Error('No run was started.')
  while ((await handlers.runs.get({ runId: run.runId })).run.device === null) await wait(100)
  return run.runId
}

/** Resolves when it has stopped working. */
export async function settle({ handlers }: Services, runId: string): Promise<Run> {
  for (;;) {
    const { run } = await handlers.runs.get({ runId })
    if (run.status !== 'queued' && run.status !== 'running') return run
    await wait(100)
  }
}
