import { isDeepStrictEqual } from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseCheckpoint, type CheckpointFiles } from '#main/models/checkpoint'
import { selectionScores, type MetricPoint } from '#main/runs/run'
import { secondsOf } from '#main/runs/selection'
import type { Task } from '#main/runs/variant'
import { variantNames, variants } from '#main/runs/variants'
import type { TrainingEvent, TrainingJob } from '#main/training/job'
import { train } from '#main/training/train'
import { relativeError } from '../support/golden.ts'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyJob, tinyModel, tinySentences, tinyTraining } from '../support/tiny-training.ts'

beforeAll(() => useBackend('wasm'))

/** All events up to the end, or, given when to cancel, up to where training stopped for it. */
async function run(job: TrainingJob, isEnough = (_: TrainingEvent): boolean => false): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = []
  const controller = new AbortController()
  for await (const event of train(job, controller.signal, { peakMemoryMb: () => 1 })) {
    events.push(event)
    if (isEnough(event)) controller.abort()
  }
  return events
}

function only<Type extends TrainingEvent['type']>(events: readonly TrainingEvent[], type: Type) {
  return events.filter((event): event is Extract<TrainingEvent, { type: Type }> => event.type === type)
}

/** What is told before the first update. */
function notesBefore(events: readonly TrainingEvent[]): string[] {
  const begin = events.findIndex(({ type }) => type === 'step')
  return only(events.slice(0, begin), 'note').map(({ message }) => message)
}

function lastCheckpoint(events: readonly TrainingEvent[]): CheckpointFiles {
  return only(events, 'epoch').at(-1)?.checkpoint ?? {}
}

const lossesOf = (events: readonly TrainingEvent[]): number[] => only(events, 'step').map(({ loss }) => loss)

describe('training', () => {
  /** It goes on no longer than it takes. */
  it.each(variantNames)('%s learns twelve sentences by heart', async (variant) => {
    const sentences = tinySentences(12)
    const tasks: readonly Task[] = variants[variant].tasks
    let start = 0
    const learnt = (point: MetricPoint) => ({
      isLossSmall: point.losses.entity + point.losses.relation < 0.02 * start,
      exact: tasks.length === 2 ? point.dev.exact.f1 : 1,
      cell: tasks.length === 2 ? point.dev.cell.f1 : 1,
      entities: point.devEntities.f1,
      chosenBy: selectionScores(point, tasks).f1,
    })
    const whole = { isLossSmall: true, exact: 1, cell: 1, entities: tasks.includes('entity') ? 1 : 0, chosenBy: 1 }
    const events = await run(
      tinyJob({
        model: tinyModel(variant),
        training: tinyTraining({ epochs: 60, batchSize: 6, learningRate: 0.04, dropout: 0, wordDropout: 0 }),
        train: sentences,
        dev: sentences,
      }),
      (event) => {
        if (event.type === 'step' && event.step === 1) start = event.loss
        return event.type === 'epoch' && isDeepStrictEqual(learnt(event.point), whole)
      },
    )
    const last = only(events, 'epoch').at(-1)
    expect(last && learnt(last.point)).toEqual(whole)
  })

  it('tells every step, every epoch and the end, and marks the best epochs', async () => {
    const events = await run(tinyJob())
    expect(events.map(({ type }) => type)).toEqual([
      'step',
      'step',
      'epoch',
      'step',
      'step',
      'epoch',
      'step',
      'step',
      'epoch',
      'note',
      'trained',
    ])
    expect(only(events, 'note')[0]?.message).toMatch(/^No epoch predicted anything right on dev/)
    expect(only(events, 'step').map(({ epoch, step, stepInEpoch }) => [epoch, step, stepInEpoch])).toEqual([
      [1, 1, 1],
      [1, 2, 2],
      [2, 3, 1],
      [2, 4, 2],
      [3, 5, 1],
      [3, 6, 2],
    ])
    const epochs = only(events, 'epoch')
    const best = epochs.findLast(({ isBest }) => isBest)
    const [trained] = only(events, 'trained')
    expect(epochs[0]?.isBest).toBe(true)
    expect(trained).toMatchObject({ bestEpoch: best?.point.epoch, bestDev: best?.point.dev.exact, reason: 'epochs' })
    expect(epochs.at(-1)?.point.sentencesPerSecond).toBeGreaterThan(0)
    for (const { point } of epochs) expect(point.devSeconds).toBeGreaterThan(0)
    expect(parseCheckpoint(lastCheckpoint(events)).points.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
  })

  it('gives the same numbers for the same seed and others for another', async () => {
    const [first, second, other] = [
      await run(tinyJob()),
      await run(tinyJob()),
      await run(tinyJob({ training: tinyTraining({ seed: 2 }) })),
    ]
    expect(lossesOf(second)).toEqual(lossesOf(first))
    expect(lastCheckpoint(second)['weights.safetensors']).toEqual(lastCheckpoint(first)['weights.safetensors'])
    expect(lossesOf(other)).not.toEqual(lossesOf(first))
  })

  it('resumes as if it had never stopped', async () => {
    const job = tinyJob({ training: tinyTraining({ epochs: 4, average: 0.9 }) })
    const uninterrupted = await run(job)
    const half = await run({ ...job, training: tinyTraining({ epochs: 2, average: 0.9 }) })
    const rest = await run({ ...job, resume: lastCheckpoint(half) })
    expect(lossesOf(rest)).toEqual(lossesOf(uninterrupted).slice(4))
    const [expected, found] = [lastCheckpoint(uninterrupted), lastCheckpoint(rest)].map(parseCheckpoint)
    for (const [name, { values }] of expected?.weights ?? [])
      expect(relativeError(found?.weights.get(name)?.values ?? [], values)).toBeLessThan(1e-6)
    expect(found?.optimizer?.step).toBe(expected?.optimizer?.step)
    expect(only(rest, 'trained')[0]?.bestEpoch).toBe(only(uninterrupted, 'trained')[0]?.bestEpoch)
  })

  it('goes on from any update within an epoch as if it had never stopped', async () => {
    const job = tinyJob({
      train: tinySentences(12),
      training: tinyTraining({ epochs: 2, average: 0.9 }),
      saveEvery: { steps: 1 },
    })
    const uninterrupted = await run(job)
    const saved = only(uninterrupted, 'checkpoint')
    expect(saved).toHaveLength(4) // after the last of an epoch's three updates comes the epoch's own
    for (const [at, { checkpoint }] of saved.entries()) {
      const done = [1, 2, 4, 5][at] ?? 0
      const rest = await run({ ...job, resume: checkpoint })
      expect(lossesOf(rest)).toEqual(lossesOf(uninterrupted).slice(done))
      const [expected, found] = [uninterrupted, rest].map((events) => only(events, 'epoch').at(-1)?.point)
      expect(found?.losses).toEqual(expected?.losses)
      expect(found?.dev).toEqual(expected?.dev)
      expect(found?.step).toBe(6)
      expect(lastCheckpoint(rest)['weights.safetensors']).toEqual(lastCheckpoint(uninterrupted)['weights.safetensors'])
      expect(lastCheckpoint(rest)['optimizer.safetensors']).toEqual(
        lastCheckpoint(uninterrupted)['optimizer.safetensors'],
      )
    }
  })

  it('stops after the present step when cancelled, without an end, and loses nothing', async () => {
    const uninterrupted = await run(tinyJob())
    const stopped = await run(tinyJob(), (event) => event.type === 'step' && event.step === 3)
    expect(stopped.map(({ type }) => type)).toEqual(['step', 'step', 'epoch', 'step', 'checkpoint'])
    const rest = await run(tinyJob({ resume: only(stopped, 'checkpoint')[0]?.checkpoint ?? null }))
    expect(lossesOf(rest)).toEqual(lossesOf(uninterrupted).slice(3))
  })

  it('keeps an epoch that was trained when it is cancelled while dev is read', async () => {
    const stopped = await run(tinyJob(), (event) => event.type === 'step' && event.stepInEpoch === 2)
    expect(stopped.map(({ type }) => type)).toEqual(['step', 'step', 'checkpoint'])
    const rest = await run(tinyJob({ resume: only(stopped, 'checkpoint')[0]?.checkpoint ?? null }))
    const uninterrupted = await run(tinyJob())
    expect(rest[0]?.type).toBe('epoch')
    expect(only(rest, 'epoch').map(({ point }) => point.losses)).toEqual(
      only(uninterrupted, 'epoch').map(({ point }) => point.losses),
    )
  })

  it('stops with the numbers when the loss diverges, and tells that the epochs before are kept', async () => {
    const sentences = tinySentences(8)
    const learnt = await run(
      tinyJob({
        train: sentences,
        training: tinyTraining({ epochs: 40, learningRate: 0.03, dropout: 0, wordDropout: 0 }),
      }),
    )
    // what was learnt so far is thrown out of the valley by steps a thousand times as long
    const events: TrainingEvent[] = []
    const training = tinyTraining({ epochs: 60, learningRate: 30, clipNorm: 1e9 })
    const goOn = async () => {
      const job = tinyJob({ train: sentences, training, resume: lastCheckpoint(learnt) })
      for await (const event of train(job, new AbortController().signal, { peakMemoryMb: () => 1 })) events.push(event)
    }
    await expect(goOn()).rejects.toThrow(
      /^The loss diverged: in epoch 41 its mean was .+ Train again with a learning rate below 30; the checkpoint of epoch 40 is kept\.$/,
    )
    expect(only(events, 'epoch')).toEqual([])
  })

  it('stops early when dev F1 no longer rises', async () => {
    const train = tinySentences(12)
    const learnt = tinyJob({ train, dev: train, training: tinyTraining({ epochs: 30 }) })
    const from = lastCheckpoint(await run(learnt))
    // a rate this small never changes a decision, so no epoch is better than the first
    const training = tinyTraining({ epochs: 50, patience: 2, learningRate: 1e-7 })
    const events = await run({ ...learnt, from, training })
    expect(only(events, 'epoch').map(({ isBest }) => isBest)).toEqual([true, false, false])
    expect(only(events, 'trained')).toMatchObject([{ bestEpoch: 1, reason: 'early-stop' }])
  })

  it('stops after the epoch that reaches its minutes, and says so', async () => {
    // a microsecond is less than any epoch takes
    const events = await run(tinyJob({ training: tinyTraining({ epochs: 3, minutes: 1e-6 / 60 }) }))
    expect(only(events, 'epoch')).toHaveLength(1)
    expect(only(events, 'trained')).toMatchObject([{ bestEpoch: 1, reason: 'time' }])
    expect(only(events, 'note').at(-1)?.message).toMatch(/^Training stopped after epoch 1 of 3: its .+ were used\. /)
  })

  it('counts the time that a resumed run used before it was stopped', async () => {
    const job = tinyJob()
    const stopped = await run(job, ({ type }) => type === 'epoch')
    const used = secondsOf(only(stopped, 'epoch').map(({ point }) => point))
    const training = { ...job.training, minutes: used / 60 - 1e-9 }
    const events = await run({ ...job, training, resume: lastCheckpoint(stopped) })
    expect(only(events, 'step')).toEqual([])
    expect(only(events, 'trained')).toMatchObject([{ bestEpoch: 1, reason: 'time' }])
  })

  it('refuses to begin without a sentence that selects the epoch', async () => {
    await expect(run(tinyJob({ dev: [] }))).rejects.toThrow('No sentence selects the epoch')
  })

  it('says how much gold it could not train on', async () => {
    const [first, ...others] = tinySentences(6)
    if (!first) throw new Error('the tiny corpus is empty')
    const longer = { start: 0, end: 4, label: '' }
    const odd = { subject: longer, type: 'unheard_of', object: longer }
    const train = [{ ...first, spans: [longer, ...first.spans], triples: [odd] }, ...others]
    const events = await run(tinyJob({ train, training: tinyTraining({ epochs: 1 }) }))
    expect(notesBefore(events)).toEqual([
      '2 gold spans overlap others and are not trained on: a word has only one tag.',
      '1 gold spans and relations have a type that this model does not know and are not trained on.',
    ])
  })

  it('says how many spans it takes as whole words', async () => {
    const [first, second, ...others] = tinySentences(6)
    if (!first || !second) throw new Error('the tiny corpus is too small')
    const train = [{ ...first, roundedSpans: 2 }, { ...second, roundedSpans: 1 }, ...others]
    const events = await run(tinyJob({ train, training: tinyTraining({ epochs: 1 }) }))
    expect(notesBefore(events)).toEqual([
      '3 gold spans begin or end within a word: they are trained on as whole words.',
    ])
  })

  it('refuses an empty train split and one with nothing but empty sentences', async () => {
    await expect(run(tinyJob({ train: [] }))).rejects.toThrow('The train split has no sentences')
    const empty = { sentenceId: 1, words: [], spans: [], triples: [], unanchored: [] }
    await expect(run(tinyJob({ train: [empty] }))).rejects.toThrow('No sentence of the train split can be trained on')
  })

  it('stops with a reason when the loss is no longer a number, keeping the epochs before', async () => {
    const events: TrainingEvent[] = []
    const job = tinyJob({ training: tinyTraining({ learningRate: 1e30, epochs: 20 }) })
    const training = async () => {
      for await (const event of train(job, new AbortController().signal, { peakMemoryMb: () => 1 })) events.push(event)
    }
    await expect(training()).rejects.toThrow(
      /The loss stopped being a number at update \d+\. Train again with a learning/,
    )
    expect(only(events, 'step').every(({ loss }) => Number.isFinite(loss))).toBe(true)
  })

  it('leaves no tensor behind: not after 50 steps, not after the end, not after a failure', async () => {
    const atStart = tf.memory().numTensors
    const counts: number[] = []
    const job = tinyJob({ training: tinyTraining({ epochs: 25 }) })
    for await (const event of train(job, new AbortController().signal, { peakMemoryMb: () => 1 }))
      if (event.type === 'step') counts.push(tf.memory().numTensors)
    expect(counts).toHaveLength(50)
    expect(new Set(counts).size).toBe(1)
    await run(tinyJob({ training: tinyTraining({ learningRate: 1e30, epochs: 20 }) })).catch(() => undefined)
    expect(tf.memory().numTensors).toBe(atStart)
  })
})
