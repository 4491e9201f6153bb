/** RunRecord: writes to the workspace what happens to a run, and only then tells the window. */
import type { WorkerEvent } from '#main/compute/messages'
import type { FolderBytes } from '#main/files/checked-folder'
import type { LadderBackend } from '#main/machine/backend-ladder'
import { noteOnPlain } from '#main/machine/plain-note'
import { selectionScores, type MetricPoint, type Run } from '#main/runs/run'
import { bestPoint } from '#main/runs/selection'
import type { ServiceContext, TaskHandle } from '../context.ts'
import { pointsOf } from './run-checkpoint.ts'

export interface RunRecord {
  /** Changes the stored run. Returns the run as it is then. */
  save(runId: string, change: Partial<Run>): Run
  addNote(runId: string, message: string): void
  /** Adds a note to the run and shows it at once. */
  tell(run: Run, message: string): void
  nameDevice(run: Run, taken: LadderBackend, device: string): void
  /** Records an event of the training job. Resolves to whether a state to go on from was saved. */
  follow(run: Run, event: WorkerEvent, task: TaskHandle): Promise<boolean>
  /** Adds the points that a checkpoint holds and the database lacks, as after a kill between the two. */
  catchUp(run: Run, state: FolderBytes): void
}

export function createRunRecord({ workspace, emit }: Pick<ServiceContext, 'workspace' | 'emit'>): RunRecord {
  function save(runId: string, change: Partial<Run>): Run {
    const changed = { ...workspace.runs.find(runId), ...change }
    workspace.runs.update(changed)
    emit({ type: 'run', run: changed })
    return changed
  }

  const addNote = (runId: string, message: string): Run =>
    save(runId, { notes: [...(workspace.runs.find(runId).notes ?? []), message] })

  function addPoint({ runId, config }: Run, point: MetricPoint, isBest: boolean): void {
    workspace.runs.addPoint(runId, point)
    if (isBest) workspace.predictions.clear(runId) // they were predicted with the former best weights
    const { tasks } = config.model
    const best = isBest ? { bestEpoch: point.epoch, bestDev: selectionScores(point, tasks), thresholds: null } : {}
    save(runId, { epoch: point.epoch, ...best })
    emit({ type: 'run-point', runId, point })
  }

  function showStep(runId: string, event: Extract<WorkerEvent, { type: 'step' }>, task: TaskHandle): void {
    const { epoch, epochs, step, stepInEpoch, stepsPerEpoch, loss, secondsLeft } = event
    const progress = { runId, epoch, epochs, step, stepsPerEpoch, stepInEpoch, loss, secondsLeft }
    emit({ type: 'run-progress', progress })
    task.update({
      detail: `epoch ${epoch} of ${epochs}, loss ${loss.toPrecision(4)}`,
      fraction: (epoch - 1 + stepInEpoch / stepsPerEpoch) / epochs,
      secondsLeft,
    })
  }

  async function keepEpoch(run: Run, event: Extract<WorkerEvent, { type: 'epoch' }>, task: TaskHandle): Promise<void> {
    const { runId } = run
    const { point, isBest, checkpoint } = event
    // files first: a point without its checkpoint could not be resumed from
    if (isBest) await workspace.checkpoints.write(runId, 'best', checkpoint)
    await workspace.checkpoints.write(runId, 'last', checkpoint)
    await workspace.checkpoints.drop(runId, 'within')
    addPoint(run, point, isBest)
    task.update({ title: workspace.runs.find(runId).name }) // the run may have been renamed meanwhile
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

    async follow(run, event, task) {
      const { runId } = run
      if (event.type === 'note') addNote(runId, event.message)
      else if (event.type === 'step') showStep(runId, event, task)
      else if (event.type === 'checkpoint') await workspace.checkpoints.write(runId, 'within', event.checkpoint)
      else if (event.type === 'epoch') await keepEpoch(run, event, task)
      return event.type === 'checkpoint' || event.type === 'epoch'
    },

    catchUp(run, state) {
      const known = new Set(workspace.runs.points(run.runId).map(({ epoch }) => epoch))
      const points = pointsOf(state)
      const best = points.length === 0 ? null : bestPoint(points, run.config.model.tasks)
      for (const point of points) if (!known.has(point.epoch)) addPoint(run, point, point === best)
    },
  }
}
