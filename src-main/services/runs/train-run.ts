/** Trains one run to its end: prepares its job on each backend that is tried, and follows the job with the run's record. */
import type { ComputeHost, TrainJob } from '#main/compute/messages'
import type { JobWork } from '#main/jobs/job-kind'
import type { BackendLadder, LadderBackend } from '#main/machine/backend-ladder'
import { workOnLadder } from '#main/machine/fall-back'
import type { BackendName } from '#main/runs/backend-name'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { assertCanMeet } from './changed-corpus.ts'
import { hasState } from './run-checkpoint.ts'
import { changedSplits, identify, readRunData, type RunData } from './run-data.ts'
import type { RunRecord } from './run-record.ts'
import { prepareJob } from './train-job.ts'
import type { TrainCursor } from './training-job.ts'

export interface TrainRunParts {
  readonly context: ServiceContext
  readonly compute: ComputeHost
  readonly ladder: BackendLadder
  readonly record: RunRecord
}

/** Resolves to whether the run came to its own end; false where it was stopped. */
export async function trainRun(parts: TrainRunParts, run: Run, work: JobWork<TrainCursor>): Promise<boolean> {
  const { context, compute, ladder, record } = parts
  const { workspace } = context
  /** Number of states saved so far, by which the ladder knows whether an attempt got further. */
  let saves = 0

  const placeOf = ({ runId }: Run): string =>
    hasState(workspace, runId) ? 'from its last checkpoint' : 'from the start'

  /** Reads the corpus once each time a job begins. It is not held meanwhile, and may have changed where a job failed. */
  async function begin(backend: BackendName): Promise<TrainJob> {
    const data = await readRunData(workspace, run.corpusId)
    await takeChanges(workspace.runs.find(run.runId), data)
    const { job, notes } = await prepareJob(context, run, data, backend)
    for (const note of notes) record.tell(run, note)
    if (job.resume) record.catchUp(run, job.resume)
    return job
  }

  /** Makes a corpus that changed while the run waited the one that it learns from, and notes so. */
  async function takeChanges(now: Run, data: RunData): Promise<void> {
    const changed = await changedSplits(data, now)
    if (changed.length === 0) return
    assertCanMeet(workspace, now, data, changed)
    record.save(now.runId, { data: await identify(data) })
    record.addNote(
      now.runId,
      'The corpus changed after this run was made: it learns from what the corpus was when it began.',
    )
  }

  async function trainOn(taken: LadderBackend): Promise<boolean> {
    const job = await begin(taken.backend)
    if (work.signal.aborted) return false
    const handle = compute.run(job)
    const cancel = (): void => handle.cancel()
    work.signal.addEventListener('abort', cancel)
    let isTrained = false
    try {
      for await (const event of handle.events) {
        if (event.type === 'trained') isTrained = true
        if (event.type === 'device') record.nameDevice(run, taken, event.device)
        else if (await record.follow(run, event, work)) saves += 1
      }
    } finally {
      work.signal.removeEventListener('abort', cancel)
    }
    return isTrained
  }

  return workOnLadder(ladder, {
    choice: run.config.backend,
    isLong: true,
    begin: trainOn,
    position: () => saves,
    onRestart: (reason) => record.tell(run, `${reason} The run goes on in another one, ${placeOf(run)}.`),
    onFall: (reason, next) => record.tell(run, `${reason} The run goes on with ${next}, ${placeOf(run)}.`),
    isStopped: () => work.signal.aborted,
  })
}
