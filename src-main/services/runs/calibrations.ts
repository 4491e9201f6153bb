/** Calibrations of runs: stored, and computed from predictions of dev where there is none of the present weights and gold. */
import { AppError } from '#main/core/errors'
import type { CalibrationCheck } from '#main/evaluation/calibration-check'
import { calibrationVersion, type StoredCalibration } from '#main/evaluation/run-calibration'
import type { StringMode } from '#main/evaluation/match-strings'
import { tenths } from '#main/evaluation/drift'
import type { TextProfile } from '#main/evaluation/text-profile'
import type { Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { selectionOf, type Run } from '#main/runs/run'
import type { JobEngine } from '#main/jobs/engine'
import type { JobWork } from '#main/jobs/job-kind'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { createAskedKind } from '../jobs/asked-job.ts'
import type { ShownKind } from '../jobs/shown-kind.ts'
import type { Predictor } from './predictor.ts'
import { identifySplit } from './run-data.ts'
import { dividedAs, splitSteps } from './run-splits.ts'
import { readSteadily } from './steady-read.ts'
import { profilesFor } from './text-profiles.ts'

export interface Calibrations {
  /** The stored one of the present weights, whatever became of dev since; null where there is none. */
  find(run: Run): StoredCalibration | null
  /**
   * The stored one of the present weights and gold; computed where there is none, after dev was predicted where it must be.
   * @throws AppError 'invalid-input' for a run without relations and for an empty dev; 'not-found' where the corpus is gone.
   */
  ensure(run: Run, signal?: AbortSignal): Promise<StoredCalibration>
  /** Measures on a split what the calibration and thresholds for these precisions are worth. @throws what `ensure` throws; AppError 'invalid-input' for an empty split. */
  check(run: Run, split: Split, precisions: readonly number[], signal?: AbortSignal): Promise<CalibrationCheck>
  /** Computes it beside other work, as of a run that has just been trained; a failure is told. */
  begin(run: Run): void
  /** Stops what is computed of a run that goes away, and resolves when nothing works at it any more. */
  stop(runId: string): Promise<void>
  /** Cancels what `begin` began: it begins again where somebody needs it. */
  close(): Promise<void>
  /** The job that computes one. */
  readonly kind: ShownKind
}

interface CalibrateSpec {
  readonly runId: string
}

/** @param engine does the jobs; it is asked for when the first one begins. */
export function createCalibrations(
  context: ServiceContext,
  predictor: Pick<Predictor, 'ensure'>,
  engine: () => JobEngine,
): Calibrations {
  const { workspace, reads } = context
  /** Jobs that are under way, by the id of their run. */
  const working = new Map<string, number>()
  /** Runs whose calibration nobody asked for. */
  const unasked = new Set<string>()
  const asked = createAskedKind<CalibrateSpec, StoredCalibration>(workspace.jobs, {
    ...{ name: 'calibrate', resource: 'none', isListedAfter: false },
    whenCancelled: 'Calibration was cancelled. It begins again when it is asked for.',
    taskOf({ spec }) {
      const { runId } = spec as unknown as CalibrateSpec // written below alone
      return { taskId: `calibrate-${runId}`, runId }
    },
    async run({ runId }, _, work) {
      working.set(runId, work.jobId)
      try {
        return await compute(workspace.runs.find(runId), work)
      } finally {
        working.delete(runId)
      }
    },
  })

  function find(run: Run): StoredCalibration | null {
    const stored = workspace.calibrations.find(run.runId)
    const isPresent = stored?.checkpointEpoch === epochOf(run) && stored.version === calibrationVersion
    return isPresent ? stored : null
  }

  const readSplit = (run: Run, split: Split): Promise<LabelledSentence[]> =>
    readSteadily(workspace.corpora, run.corpusId, () => splitSteps(workspace.corpora, run.corpusId, split, run))

  async function readDev(run: Run): Promise<{ readonly dev: LabelledSentence[]; readonly devSha256: string }> {
    workspace.corpora.find(run.corpusId)
    const dev = await readSplit(run, 'dev')
    if (dev.length === 0)
      throw new AppError(
        'invalid-input',
        `The dev split of "${run.data.corpusName}" is empty, and calibration is measured on it: import one, or move sentences there.`,
      )
    return { dev, devSha256: (await identifySplit(dev)).sha256 }
  }

  function findPresent(run: Run, devSha256: string): StoredCalibration | null {
    const stored = find(run)
    return stored?.devSha256 === devSha256 ? stored : null
  }

  async function compute(run: Run, { signal, total, progress, save }: JobWork): Promise<StoredCalibration> {
    const { dev, devSha256 } = await readDev(run)
    const stored = findPresent(run, devSha256)
    if (stored) return stored
    total(dev.length)
    await predictor.ensure(run, dev, (done) => progress(done, countOf(done, 'sentence')), signal)
    const text = await textOf(run, dev, signal)
    const isDevLent = run.data.isDevLent ?? false
    const request = { runId: run.runId, corpusId: run.corpusId, mode: modeOf(run), isDevLent }
    const found = await reads.ask('calibrate', request, { signal })
    const calibration: StoredCalibration = {
      ...{ ...found, text, runId: run.runId, checkpointEpoch: epochOf(run), version: calibrationVersion },
      ...{ devSha256, computedMs: context.now() },
    }
    save(null, dev.length, () => workspace.calibrations.put(calibration))
    return calibration
  }

  /** Profiles the texts of each tenth of dev. */
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

  async function ensure(run: Run, signal?: AbortSignal): Promise<StoredCalibration> {
    modeOf(run)
    const { devSha256 } = await readDev(run)
    const stored = findPresent(run, devSha256)
    if (stored) return stored
    const title = `calibrate ${run.name} on dev`
    return orAborted(asked.ask(engine(), { title, spec: { runId: run.runId } }), signal)
  }

  async function stop(runId: string): Promise<void> {
    const jobId = working.get(runId)
    if (jobId !== undefined) await engine().cancel(jobId)
  }

  return {
    find,
    ensure,
    async check(run, split, precisions, signal) {
      await ensure(run, signal)
      const sentences = await readSplit(run, split)
      if (sentences.length === 0)
        throw new AppError('invalid-input', `The ${split} split of "${run.data.corpusName}" is empty: import it first.`)
      await predictor.ensure(run, sentences, undefined, signal)
      const { runId, corpusId } = run
      return reads.ask('checkCalibration', { runId, corpusId, split, divided: dividedAs(run), precisions })
    },
    begin(run) {
      const { dev } = run.data.splits
      if (dev.sentences === 0 || !run.config.model.tasks.includes('relation')) return
      unasked.add(run.runId)
      const begun = ensure(run).finally(() => unasked.delete(run.runId))
      begun.catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'cancelled') return // the list of jobs tells of it
        const reason = error instanceof Error ? error.message : String(error)
        context.tellOnce(`${run.name} is trained, and could not be calibrated on dev: ${reason}`)
      })
    },
    stop,
    async close() {
      for (const runId of unasked) await stop(runId)
    },
    kind: asked.kind,
  }
}

/** @throws AppError 'invalid-input' for a run without relations. */
function modeOf({ name, config }: Run): StringMode {
  const mode = selectionOf(config.model.tasks)
  if (mode !== 'entities') return mode
  throw new AppError('invalid-input', `${name} finds entities and no relations: it has no triples to calibrate.`)
}

/** Waits for the work, unless the signal is aborted before: others may wait for the same work, so that it goes on. */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error) // as fetch does
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

const epochOf = ({ bestEpoch, epoch }: Run): number => bestEpoch ?? epoch
