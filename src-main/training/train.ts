/**
 * Training loop: epochs of updates, dev scores after each epoch and early stopping, as an async generator of events.
 */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import {
  captureTensors,
  captureWeights,
  parseCheckpoint,
  serializeCheckpoint,
  type CheckpointFiles,
  type EpochProgress,
} from '#main/models/checkpoint'
import { toStored } from '#main/models/encoders/lexicon'
import { computeSelfCheck } from '#main/models/self-check'
import { selectionScores, type MetricPoint } from '#main/runs/run'
import { planBatches } from './batches.ts'
import { yieldToEventLoop } from './yield-to-event-loop.ts'
import { noHelpers, type WorkerPool } from './worker-pool.ts'
import { prepareData } from './data.ts'
import { divergenceOf } from './divergence.ts'
import { evaluateDev } from './evaluate.ts'
import { exchangeLength, type Exchange } from './exchange.ts'
import type { StateStore } from './frozen-states.ts'
import type { EndReason, TrainingEvent, TrainingJob } from './job.ts'
import { startLearner } from './start-learner.ts'
import { countLeftOut, tellLeftOut } from './left-out.ts'
import { addLosses, noLosses } from './losses.ts'
import { pick } from './pick.ts'
import { predictorOf } from './replica.ts'
import { startSaving, type Saving } from './save-rhythm.ts'
import { endReason, startClock, tellTime, type Clock } from './train-time.ts'
import { bestPoint } from '#main/runs/selection'
import { trainStep } from './step.ts'
import type { Learner } from './learner.ts'

/** Measurements that training needs of its machine. */
interface Meter {
  /** Peak resident memory of the process. */
  peakMemoryMb(): number
}

/**
 * Trains until done or cancelled. The replicas of `pool`, which were given the same job, share the work; `states`
 * keeps the states of a frozen encoder. A cancelled run stops after the present step without `trained`, and its last
 * checkpoint can be resumed.
 * @throws Error, with a message for the user, when there is nothing to train on, or when the loss diverged or is no
 * longer a number. The last `epoch` event then has the last good state.
 */
export async function* train(
  job: TrainingJob,
  signal: AbortSignal,
  meter: Meter,
  pool: WorkerPool = noHelpers,
  states?: StateStore,
): AsyncGenerator<TrainingEvent> {
  const { training } = job
  const resumed = job.resume && parseCheckpoint(job.resume)
  const data = prepareData(job, resumed?.model ?? job.model)
  const { learner, points: done, notes } = await startLearner(job, resumed, data.train, states)
  try {
    // a resumed run has reported these notes before
    for (const message of resumed ? [] : [...data.notes, ...notes]) yield { type: 'note', message }
    const points = [...done]
    const { tasks } = learner.model.config
    const team: Team = {
      learner,
      pool,
      exchange: pool.connect(exchangeLength(learner.model.weights, training.batchSize)),
      told: new Set(),
      saving: startSaving(job.saveEvery),
    }
    let begun = resumed?.progress ?? notBegun
    const predictors = [predictorOf(learner), ...pool.predictors]
    const clock = startClock()
    const endOf = (): EndReason | null => endReason(points, tasks, training)
    for (; endOf() === null; begun = notBegun) {
      const epoch = points.length + 1
      const trained = yield* runEpoch(team, data.train, { points, begun }, clock, signal)
      if (!trained) return
      const { leftOut } = trained
      const computed = data.train.length - (leftOut?.sentences ?? 0)
      const losses = addLosses(noLosses, trained.losses, data.train.length / computed)
      const divergence = divergenceOf(points, epoch, losses)
      if (divergence) throw new Error(`${divergence} ${whatToDo(training.learningRate, points.length)}`)
      const scores = await evaluateDev(data.dev, predictors, signal)
      if (!scores) {
        yield { type: 'checkpoint', checkpoint: await capture(learner, points, trained) }
        return
      }
      const point: MetricPoint = {
        epoch,
        step: learner.adam.step,
        losses,
        ...scores,
        seconds: trained.seconds,
        sentencesPerSecond: computed / trained.seconds,
        memoryMb: meter.peakMemoryMb(),
        ...(leftOut ? { leftOut } : {}),
      }
      for (const message of tellLeftOut(leftOut, data.train.length, points)) yield { type: 'note', message }
      points.push(point)
      yield {
        type: 'epoch',
        point,
        isBest: bestPoint(points, tasks) === point,
        checkpoint: await capture(learner, points),
      }
    }
    const best = bestPoint(points, tasks)
    if (selectionScores(best, tasks).f1 === 0) yield { type: 'note', message: foundNothing }
    const reason = endOf() ?? 'epochs'
    if (reason === 'time') yield { type: 'note', message: tellTime(training, points.length, best.epoch) }
    yield { type: 'trained', bestEpoch: best.epoch, bestDev: selectionScores(best, tasks), reason }
  } finally {
    learner.average.dispose()
    learner.adam.dispose()
    learner.model.dispose()
  }
}

/** The learner of this thread, and its connections to the other replicas. */
interface Team {
  readonly learner: Learner
  readonly pool: WorkerPool
  readonly exchange: Exchange | null
  /** Notes about memory that were reported. Every replica may send the same one; it is reported once. */
  readonly told: Set<string>
  readonly saving: Saving
}

const notBegun: EpochProgress = { steps: 0, losses: noLosses, seconds: 0 }

const foundNothing =
  'No epoch predicted anything right on dev: train longer, with smaller batches, or on more sentences.'

const whatToDo = (learningRate: number, epoch: number): string =>
  `Train again with a learning rate below ${learningRate}; the checkpoint of epoch ${epoch} is kept.`

function* tellNotes({ learner, pool, told }: Team): Generator<TrainingEvent> {
  for (const message of [...learner.memory.notes.splice(0), ...pool.takeNotes()])
    if (!told.has(message)) {
      told.add(message)
      yield { type: 'note', message }
    }
}

/** Trains the rest of the epoch after `points`, of which `begun` is done. Returns null when it was cancelled. */
async function* runEpoch(
  team: Team,
  sentences: readonly LabelledSentence[],
  { points, begun }: { readonly points: readonly MetricPoint[]; readonly begun: EpochProgress },
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<TrainingEvent, EpochProgress | null> {
  const { learner, pool, exchange, saving } = team
  const { training, adam } = learner
  const { epochs, batchSize, seed, order } = training
  const epoch = points.length + 1
  const lengths = sentences.map(({ words }) => words.length)
  const batches = planBatches(lengths, { batchSize, seed, epoch, order })
  let done = begun
  const save = async (): Promise<TrainingEvent> => ({
    type: 'checkpoint',
    checkpoint: await saving.save(() => capture(learner, points, done)),
  })
  for (const indices of batches.slice(begun.steps)) {
    await yieldToEventLoop()
    if (signal.aborted) {
      if (saving.unsaved > 0) yield await save()
      return null
    }
    const batch = pick(sentences, indices)
    const startedMs = performance.now()
    pool.step(indices)
    const { losses, leftOut } = await trainStep(learner, batch, exchange)
    const seconds = (performance.now() - startedMs) / 1000
    done = {
      steps: done.steps + 1,
      losses: addLosses(done.losses, losses, (batch.length - leftOut.length) / sentences.length),
      seconds: done.seconds + seconds,
      leftOut: countLeftOut(done.leftOut, leftOut),
    }
    yield* tellNotes(team)
    yield {
      type: 'step',
      epoch,
      epochs,
      step: adam.step,
      stepInEpoch: done.steps,
      stepsPerEpoch: batches.length,
      loss: losses.total,
      secondsLeft: clock.secondsLeft(training, points, {
        ...{ inEpoch: batches.length - done.steps, inAll: (epochs - epoch + 1) * batches.length - done.steps },
        seconds: done.seconds,
      }),
    }
    if (saving.countUpdate() && done.steps < batches.length) yield await save()
  }
  return done
}

async function capture(
  { model, lexicon, adam, average, training }: Learner,
  points: readonly MetricPoint[],
  progress?: EpochProgress,
): Promise<CheckpointFiles> {
  const { step, moments } = await adam.capture()
  const last = await captureTensors(average.last())
  const predicting = await average.during(async () => ({
    weights: await captureWeights(model),
    selfCheck: await computeSelfCheck(model, lexicon),
  }))
  return serializeCheckpoint({
    model: model.config,
    training,
    ...toStored(lexicon),
    ...predicting,
    points,
    optimizer: { step, moments: new Map([...moments, ...last]) },
    progress,
  })
}
