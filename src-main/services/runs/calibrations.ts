/** Calibrations of runs: stored, and computed from predictions of dev where there is none of the present weights and gold. */
import { AppError } from '#main/core/errors'
import { checkCalibration, type CalibrationCheck } from '#main/evaluation/calibration-check'
import { calibrationVersion, type StoredCalibration } from '#main/evaluation/run-calibration'
import { tenths } from '#main/evaluation/drift'
import type { TextProfile } from '#main/evaluation/text-profile'
import type { Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { selectionOf, type Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import type { Predictor } from './predictor.ts'
import { identifySplit } from './run-data.ts'
import { splitForRuns } from './run-splits.ts'
import { profilesFor } from './text-profiles.ts'

export interface Calibrations {
  /** The stored one of the present weights, whatever became of dev since; null where there is none. */
  find(run: Run): StoredCalibration | null
  /**
   * The stored one of the present weights and gold; computed where there is none, after dev was predicted where it must be.
   * @throws AppError 'invalid-input' for a run without relations and for an empty dev; 'not-found' where the corpus is gone.
   */
  ensure(run: Run, signal?: AbortSignal): Promise<StoredCalibration>
  /** What it and thresholds for these precisions are worth on a split. @throws what `ensure` throws; AppError 'invalid-input' for an empty split. */
  check(run: Run, split: Split, precisions: readonly number[], signal?: AbortSignal): Promise<CalibrationCheck>
  /** Computes it beside other work, as of a run that has just been trained; a failure is told. */
  begin(run: Run): void
  /** Stops what is computed of a run that goes away, and resolves when nothing works at it any more. */
  stop(runId: string): Promise<void>
  /** Stops what `begin` began, and resolves when nothing works at it any more. */
  close(): Promise<void>
}

export function createCalibrations(context: ServiceContext, predictor: Pick<Predictor, 'ensure'>): Calibrations {
  const { workspace, tasks, reads } = context
  const underWay = new Map<string, Promise<StoredCalibration>>()
  const closing = new AbortController()
  const stops = new Map<string, AbortController>()

  function find(run: Run): StoredCalibration | null {
    const stored = workspace.calibrations.find(run.runId)
    const isPresent = stored?.checkpointEpoch === epochOf(run) && stored.version === calibrationVersion
    return isPresent ? stored : null
  }

  async function compute(run: Run, signal?: AbortSignal): Promise<StoredCalibration> {
    const mode = selectionOf(run.config.model.tasks)
    if (mode === 'entities')
      throw new AppError(
        'invalid-input',
        `${run.name} finds entities and no relations: it has no triples to calibrate.`,
      )
    workspace.corpora.find(run.corpusId)
    const dev = splitForRuns(workspace.corpora, run.corpusId, 'dev')
    if (dev.length === 0)
      throw new AppError(
        'invalid-input',
        `The dev split of "${run.data.corpusName}" is empty, and calibration is measured on it: import one, or move sentences there.`,
      )
    const devSha256 = identifySplit(dev).sha256
    const stored = find(run)
    if (stored?.devSha256 === devSha256) return stored
    const task = tasks.begin({
      ...{ taskId: `calibrate-${run.runId}`, kind: 'evaluation', title: `calibrate ${run.name} on dev`, detail: '' },
      ...{ fraction: 0, secondsLeft: null, runId: run.runId },
    })
    try {
      await predictor.ensure(run, dev, (done) => task.update({ fraction: (0.9 * done) / dev.length }), signal)
      const text = await textOf(run, dev, signal)
      const request = { runId: run.runId, corpusId: run.corpusId, mode }
      const found = await reads.ask('calibrate', request, { signal })
      const calibration: StoredCalibration = {
        ...{ ...found, text, runId: run.runId, checkpointEpoch: epochOf(run), version: calibrationVersion },
        ...{ devSha256, computedMs: context.now() },
      }
      workspace.calibrations.put(calibration)
      task.finish('finished')
      return calibration
    } catch (error) {
      task.finish(signal?.aborted ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  /** What the tenths of dev are like. */
  async function textOf(run: Run, dev: readonly LabelledSentence[], signal?: AbortSignal): Promise<TextProfile[]> {
    const profile = await profilesFor(context, run)
    if (!profile) return []
    const found: TextProfile[] = []
    for (let tenth = 0; tenth < tenths; tenth++) {
      const part = dev.filter((_, index) => index % tenths === tenth)
      found.push(
        await profile(
          part.map(({ words }) => words),
          signal,
        ),
      )
    }
    return found
  }

  /** Whoever asks while it is computed waits for the same one, and asks again where another person stopped it. */
  async function ensure(run: Run, signal?: AbortSignal): Promise<StoredCalibration> {
    for (let running = underWay.get(run.runId); running; running = underWay.get(run.runId)) {
      const found = await running.catch(() => null)
      signal?.throwIfAborted()
      if (found) return found
    }
    const own = new AbortController()
    stops.set(run.runId, own)
    const begun = compute(run, AbortSignal.any([own.signal, ...(signal ? [signal] : [])])).finally(() => {
      underWay.delete(run.runId)
      stops.delete(run.runId)
    })
    underWay.set(run.runId, begun)
    return begun
  }

  return {
    find,
    ensure,
    async check(run, split, precisions, signal) {
      const calibration = await ensure(run, signal)
      const sentences = splitForRuns(workspace.corpora, run.corpusId, split)
      if (sentences.length === 0)
        throw new AppError('invalid-input', `The ${split} split of "${run.data.corpusName}" is empty: import it first.`)
      await predictor.ensure(run, sentences, undefined, signal)
      const ids = sentences.map(({ sentenceId }) => sentenceId)
      const stored = workspace.predictions.of(run.runId, ids)
      return checkCalibration(
        calibration,
        sentences,
        ids.map((sentenceId) => stored.get(sentenceId)),
        precisions,
      )
    },
    begin(run) {
      const { dev } = run.data.splits
      if (closing.signal.aborted || dev.sentences === 0 || !run.config.model.tasks.includes('relation')) return
      void ensure(run, closing.signal).catch((error: unknown) => {
        if (closing.signal.aborted || isStopped(error)) return
        const reason = error instanceof Error ? error.message : String(error)
        context.tellOnce(`${run.name} is trained, and could not be calibrated on dev: ${reason}`)
      })
    },
    async stop(runId) {
      const running = underWay.get(runId)
      stops.get(runId)?.abort(new AppError('cancelled', whenStopped))
      await Promise.allSettled([running])
    },
    async close() {
      closing.abort()
      await Promise.allSettled(underWay.values())
    },
  }
}

const whenStopped = 'The run goes away, so its calibration was stopped.'

const isStopped = (error: unknown): boolean => error instanceof AppError && error.message === whenStopped

const epochOf = ({ bestEpoch, epoch }: Run): number => bestEpoch ?? epoch
