/** RunRecord: writes to the workspace what happens to a run, and only then tells the window. */
import type { EpochEvent, StepEvent, WorkerEvent } from '#main/compute/messages'
import type { FolderBytes } from '#main/files/checked-folder'
import type { JobWork } from '#main/jobs/job-kind'
import type { LadderBackend } from '#main/machine/backend-ladder'
import { noteOnPlain } from '#main/machine/plain-note'
import { selectionScores, type MetricPoint, type Run } from '#main/runs/run'
import { bestPoint } from '#main/runs/selection'
import type { ServiceContext } from '../context.ts'
import { pointsOf } from './run-checkpoint.ts'
import type { TrainCursor } from './training-job.ts'

export interface RunRecord {
  /** Changes the stored run. Returns the run as it is then. */
  save(runId: string, change: Partial<Run>): Run
  addNote(runId: string, message: string): void
  /** Adds a note to the run and shows it at once. */
  tell(run: Run, message: string): void
  nameDevice(run: Run, taken: LadderBackend, device: string): void
  /** Records an event of the training job. Resolves to whether a state to go on from was saved. */
  follow(run: Run, event: WorkerEvent, work: JobWork<TrainCursor>): Promise<boolean>
  /** Adds the points that a checkpoint holds and the database lacks, as after a kill between the two. */
  catchUp(run: Run, state: FolderBytes): void
}

export function createRunRecord({ workspace, emit }: Pick<ServiceContext, 'workspace' | 'emit'>): RunRecord {
  /** The step of each run that was told last, for the place of a checkpoint within an epoch. */
  const latest = new Map<string, StepEvent>()

  function save(runId: string, change: Partial<Run>): Run {
    const changed = { ...workspace.runs.find(runId), ...change }
    workspace.runs.update(changed)
    emit({ type: 'run', run: changed })
    return changed
  }

  const addNote = (runId: string, message: string): Run =>
    save(runId, { notes: [...(workspace.runs.find(runId).notes ?? []), message] })

  /** Writes the metrics of an epoch; what it returns tells of them. */
  function addPoint({ runId, config }: Run, point: MetricPoint, isBest: boolean): () => void {
    workspace.runs.addPoint(runId, point)
    if (isBest) workspace.predictions.clear(runId) // they were predicted with the former best weights
    const { tasks } = config.model
    const best = isBest ? { bestEpoch: point.epoch, bestDev: selectionScores(point, tasks), thresholds: null } : {}
    const run = { ...workspace.runs.find(runId), epoch: point.epoch, ...best }
    workspace.runs.update(run)
    return () => {
      emit({ type: 'run', run })
      emit({ type: 'run-point', runId, point })
    }
  }

  function showStep(runId: string, event: StepEvent, work: JobWork<TrainCursor>): void {
    const { epoch, epochs, step, stepInEpoch, stepsPerEpoch, loss, secondsLeft } = event
    const progress = { runId, epoch, epochs, step, stepsPerEpoch, stepInEpoch, loss, secondsLeft }
    emit({ type: 'run-progress', progress })
    work.total(epochs * stepsPerEpoch)
    work.progress(step, `epoch ${epoch} of ${epochs}, loss ${loss.toPrecision(4)}`, secondsLeft)
  }

  async function keepEpoch(run: Run, event: EpochEvent, work: JobWork<TrainCursor>): Promise<void> {
    const { runId } = run
    const { point, isBest, checkpoint } = event
    // files first: a point without its checkpoint could not be resumed from
    if (isBest) await workspace.checkpoints.write(runId, 'best', checkpoint)
    await workspace.checkpoints.write(runId, 'last', checkpoint)
    await workspace.checkpoints.drop(runId, 'within')
    let tell = (): void => undefined
    work.save({ epoch: point.epoch, step: point.step }, point.step, () => (tell = addPoint(run, point, isBest)))
    tell()
  }

  return {
    save,
    addNote: (runId, message) => void addNote(runId, message),

    tell({ runId }, message) {
      const { name } = addNote(runId, message)
      emit({ type: 'notice', message: `${name}: ${message}`, runId })
    },

    nameDevice({ runId }, taken, device) {
      const { notes = [] } = save(runId, { device: device + taken.passedOver })
      const note = noteOnPlain(taken, device)
      if (note !== null && !notes.includes(note)) addNote(runId, note)
    },

    async follow(run, event, work) {
      const { runId } = run
      if (event.type === 'note') addNote(runId, event.message)
      else if (event.type === 'step') {
        latest.set(runId, event)
        showStep(runId, event, work)
      } else if (event.type === 'checkpoint') {
        await workspace.checkpoints.write(runId, 'within', event.checkpoint)
        const last = latest.get(runId)
        if (last) work.save({ epoch: last.epoch, step: last.step }, last.step)
      } else if (event.type === 'epoch') await keepEpoch(run, event, work)
      return event.type === 'checkpoint' || event.type === 'epoch'
    },

    catchUp(run, state) {
      const known = new Set(workspace.runs.points(run.runId).map(({ epoch }) => epoch))
      const points = pointsOf(state)
      const best = points.length === 0 ? null : bestPoint(points, run.config.model.tasks)
      for (const point of points) if (!known.has(point.epoch)) addPoint(run, point, point === best)()
    },
  }
}
