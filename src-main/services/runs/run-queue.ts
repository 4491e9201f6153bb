/** Works queued runs one after the other: starts the job, writes what it reports, and only then tells. */
import { AppError, type ErrorCode } from '#main/core/errors'
import { isBackendFailure } from '#main/backends/backend-failure'
import type { Split } from '#main/document/doc'
import type { BackendName } from '#main/runs/backend-name'
import { posDimensionOf } from '#main/runs/config'
import { selectionScores, type Run, type MetricPoint } from '#main/runs/run'
import type { FolderBytes } from '#main/files/checked-folder'
import { bestPoint } from '#main/runs/selection'
import type { Workspace } from '#main/storage/workspace'
import type { ComputeHost, JobHandle, TrainJob, WorkerEvent } from '#main/compute/messages'
import type { ServiceContext, TaskHandle } from '../context.ts'
import { workOnLadder } from '#main/machine/fall-back'
import { hasState, pointsOf, readBest, readState } from './run-checkpoint.ts'
import {
  changedSplits,
  corpusPartOf,
  findRefusals,
  identify,
  readRunData,
  wordsToLookUp,
  type RunData,
} from './run-data.ts'
import { encoderFilesFor, statesFolderFor } from './run-encoder.ts'
import { readSameVectors } from './vector-files.ts'
import { noteOnPlain } from '#main/machine/plain-note'
import type { BackendLadder, LadderBackend } from '#main/machine/backend-ladder'

export interface RunQueue {
  enqueue(runs: readonly Run[]): void
  /** Stops after the present step and keeps the best checkpoint; a queued run is taken out. */
  cancel(runId: string): void
  /** Cancels a run that is queued or running, and resolves when nothing works at it any more. */
  stop(runId: string): Promise<void>
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>
  /** Interrupts what runs; it can be resumed later. */
  close(): Promise<void>
}

/** The run that is worked on. */
interface Current {
  readonly runId: string
  handle: JobHandle | null
  stop: 'cancelled' | 'interrupted' | null
  /** How often a state to go on from was saved. */
  saves: number
  /** Resolves when nothing works at it any more. */
  readonly over: Promise<void>
}

/** Codes of errors after which the run can be resumed once what is wrong was put right. */
const canBeMended: ReadonlySet<ErrorCode> = new Set(['conflict', 'storage'])

export function createRunQueue(context: ServiceContext, compute: ComputeHost, ladder: BackendLadder): RunQueue {
  const { workspace } = context
  const waiting: string[] = []
  let current: Current | null = null
  let working: Promise<void> = Promise.resolve()

  const save = (runId: string, change: Partial<Run>): Run => {
    const changed = { ...workspace.runs.find(runId), ...change }
    workspace.runs.update(changed)
    context.emit({ type: 'run', run: changed })
    return changed
  }

  const addNote = (runId: string, message: string): Run =>
    save(runId, { notes: [...(workspace.runs.find(runId).notes ?? []), message] })

  /** Now, and to whoever looks at the run later. */
  function tell({ runId }: Run, message: string): void {
    const { name } = addNote(runId, message)
    context.emit({ type: 'notice', message: `${name}: ${message}`, runId })
  }

  const placeOf = ({ runId }: Run): string =>
    hasState(workspace, runId) ? 'from its last checkpoint' : 'from the start'

  /** The next run may still be worked: its state is another row, and space may be free again by then. */
  function tellUnsaved(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `The state of a run could not be saved: ${reason} The run can be resumed when Espalier is started again.`
    context.emit({ type: 'notice', message, runId: null })
  }

  async function workAll(): Promise<void> {
    for (let runId = waiting.shift(); runId !== undefined; runId = waiting.shift()) {
      const { promise: over, resolve } = Promise.withResolvers<void>()
      current = { runId, handle: null, stop: null, saves: 0, over }
      await work(runId).catch((error: unknown) => tellUnsaved(error))
      current = null
      resolve()
    }
  }

  async function work(runId: string): Promise<void> {
    const queued = save(runId, { status: 'running', failure: null })
    const task = context.tasks.begin({
      taskId: `run-${runId}`,
      kind: 'training',
      title: queued.name,
      detail: 'starting',
      fraction: null,
      secondsLeft: null,
      runId,
    })
    try {
      const isTrained = await follow(queued, task)
      const status = isTrained ? 'finished' : (current?.stop ?? 'interrupted')
      save(runId, { status, finishedMs: context.now() })
      task.finish(isTrained ? 'finished' : 'cancelled')
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error)
      // not its own fault: resumed elsewhere, or when card, disk or file are back, it can still be finished
      const isInterrupted = isBackendFailure(error) || (error instanceof AppError && canBeMended.has(error.code))
      const status = isInterrupted ? 'interrupted' : 'failed'
      // within an epoch that went wrong, nothing is worth going on from
      if (status === 'failed') await workspace.checkpoints.drop(runId, 'within')
      save(runId, { status, failure, finishedMs: context.now() })
      task.finish('failed', failure)
    }
  }

  /** Reads the corpus once each time a job begins: meanwhile it is not held, and where a job fails it may have changed. */
  async function begin(run: Run, backend: BackendName): Promise<TrainJob> {
    const data = readRunData(workspace, run.corpusId)
    meetChanges(workspace.runs.find(run.runId), data)
    const { job, notes } = await prepareJob(context, run, data, backend)
    for (const note of notes) tell(run, note)
    if (job.resume) catchUp(run, job.resume)
    return job
  }

  /** A corpus that changed while the run waited is what it learns from, and is named as such. */
  function meetChanges(run: Run, data: RunData): void {
    const changed = changedSplits(data, run)
    if (changed.length === 0) return
    assertCanMeet(workspace, run, data, changed)
    const message = 'The corpus changed after this run was made: it learns from what the corpus was when it began.'
    save(run.runId, { data: identify(data) })
    addNote(run.runId, message)
  }

  /** Whether the run came to its own end. */
  async function follow(run: Run, task: TaskHandle): Promise<boolean> {
    return workOnLadder(ladder, {
      choice: run.config.backend,
      isLong: true,
      begin: (taken) => followOn(taken, run, task),
      position: () => current?.saves ?? 0,
      onRestart: (reason) => tell(run, `${reason} The run goes on in another one, ${placeOf(run)}.`),
      onFall: (reason, next) => tell(run, `${reason} The run goes on with ${next}, ${placeOf(run)}.`),
      isStopped: () => Boolean(current?.stop),
    })
  }

  async function followOn(taken: LadderBackend, run: Run, task: TaskHandle): Promise<boolean> {
    const job = await begin(run, taken.backend)
    if (!current || current.stop) return false
    const handle = compute.run(job)
    current.handle = handle
    let isTrained = false
    for await (const event of handle.events) {
      if (event.type === 'trained') isTrained = true
      if (event.type === 'device') nameDevice(run, taken, event.device)
      else await record(run, event, task)
    }
    return isTrained
  }

  function nameDevice({ runId }: Run, taken: LadderBackend, device: string): void {
    const { notes = [] } = save(runId, { device: device + taken.passedOver })
    const note = noteOnPlain(taken, device)
    if (note !== null && !notes.includes(note)) addNote(runId, note)
  }

  async function record(run: Run, event: WorkerEvent, task: TaskHandle): Promise<void> {
    const { runId } = run
    switch (event.type) {
      case 'note':
        addNote(runId, event.message)
        return
      case 'step': {
        const { epoch, epochs, step, stepInEpoch, stepsPerEpoch, loss, secondsLeft } = event
        const progress = { runId, epoch, epochs, step, stepsPerEpoch, stepInEpoch, loss, secondsLeft }
        context.emit({ type: 'run-progress', progress })
        task.update({
          detail: `epoch ${epoch} of ${epochs}, loss ${loss.toPrecision(4)}`,
          fraction: (epoch - 1 + stepInEpoch / stepsPerEpoch) / epochs,
          secondsLeft,
        })
        return
      }
      case 'checkpoint':
        await workspace.checkpoints.write(runId, 'within', event.checkpoint)
        countSave()
        return
      case 'epoch': {
        const { point, isBest, checkpoint } = event
        // files first: a point without its checkpoint could not be resumed from
        if (isBest) await workspace.checkpoints.write(runId, 'best', checkpoint)
        await workspace.checkpoints.write(runId, 'last', checkpoint)
        await workspace.checkpoints.drop(runId, 'within')
        countSave()
        addPoint(run, point, isBest)
        task.update({ title: workspace.runs.find(runId).name }) // it may have been renamed meanwhile
        return
      }
      default:
        return
    }
  }

  function addPoint({ runId, config }: Run, point: MetricPoint, isBest: boolean): void {
    workspace.runs.addPoint(runId, point)
    if (isBest) workspace.predictions.clear(runId) // they were the former best's
    const { tasks } = config.model
    const best = isBest ? { bestEpoch: point.epoch, bestDev: selectionScores(point, tasks), thresholds: null } : {}
    save(runId, { epoch: point.epoch, ...best })
    context.emit({ type: 'run-point', runId, point })
  }

  /** A kill between a checkpoint and the database leaves an epoch in the one that the other does not know. */
  function catchUp(run: Run, state: FolderBytes): void {
    const known = new Set(workspace.runs.points(run.runId).map(({ epoch }) => epoch))
    const points = pointsOf(state)
    const best = points.length === 0 ? null : bestPoint(points, run.config.model.tasks)
    for (const point of points) if (!known.has(point.epoch)) addPoint(run, point, point === best)
  }

  function countSave(): void {
    if (current) current.saves++
  }

  function cancel(runId: string): void {
    const at = waiting.indexOf(runId)
    if (at >= 0) {
      waiting.splice(at, 1)
      save(runId, { status: 'cancelled', finishedMs: context.now() })
    } else if (current?.runId === runId) {
      current.stop = 'cancelled'
      current.handle?.cancel()
    } else throw new AppError('conflict', 'The run is neither queued nor running, so there is nothing to cancel.')
  }

  return {
    enqueue(runs) {
      waiting.push(...runs.map(({ runId }) => runId))
      if (!current) working = working.then(workAll)
    },
    cancel,
    async stop(runId) {
      cancel(runId)
      if (current?.runId === runId) await current.over
    },
    idle: () => working,
    async close() {
      for (const runId of waiting.splice(0)) save(runId, { status: 'interrupted' })
      if (current) {
        current.stop = 'interrupted'
        current.handle?.cancel()
      }
      await working
    },
  }
}

/** What the job needs: the sentences, vectors, and the checkpoint to start or go on from. */
async function prepareJob(
  { workspace, vectorFiles }: ServiceContext,
  run: Run,
  data: RunData,
  backend: BackendName,
): Promise<{ readonly job: TrainJob; readonly notes: readonly string[] }> {
  const { config, fromRunId } = run
  const [refusal] = findRefusals(data, [config])
  if (refusal) throw new AppError('invalid-input', refusal)
  const { train } = data.splits
  const dev = data.splits[config.training.selectOn]
  const resume = await readState(workspace, run)
  const from = fromRunId && !resume ? await readBest(workspace, workspace.runs.find(fromRunId)) : null
  if (fromRunId && !resume && !from)
    throw new AppError('not-found', 'The run to start from has no checkpoint: train it first or choose another.')
  const { encoder } = config.model
  const kept = await encoderFilesFor(workspace, encoder, !resume)
  const words = wordsToLookUp(data, config.training.selectOn)
  const job: TrainJob = {
    kind: 'train',
    model: { ...config.model, ...corpusPartOf(data, posDimensionOf(config.model)) },
    training: config.training,
    train,
    dev,
    vectors: config.vectors && !resume ? await readSameVectors(vectorFiles, config.vectors, words) : null,
    encoder: kept?.files ?? null,
    statesFolder:
      encoder.kind === 'bert' && encoder.isFrozen ? statesFolderFor(workspace, encoder.source.sha256) : null,
    from: from?.files ?? null,
    resume: resume?.files ?? null,
    backend,
    threads: config.threads,
  }
  return { job, notes: [resume?.note, from?.note, kept?.note].flatMap((note) => note ?? []) }
}

/**
 * What is left of an epoch fits only the sentences that it began with.
 * @throws AppError conflict where a run with a checkpoint would go on with others.
 */
export function assertSameData(workspace: Workspace, run: Run): void {
  const data = readRunData(workspace, run.corpusId)
  assertCanMeet(workspace, run, data, changedSplits(data, run))
}

function assertCanMeet(workspace: Workspace, run: Run, data: RunData, [changed]: readonly Split[]): void {
  if (changed !== undefined && hasState(workspace, run.runId))
    throw new AppError(
      'conflict',
      `The ${changed} split of "${data.corpusName}" has changed since ${run.name} was trained on it, so it cannot go on. Start a new run from its weights instead.`,
    )
}
