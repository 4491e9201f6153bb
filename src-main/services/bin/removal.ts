/** Removal: what goes into the bin with a corpus or run, told first, and the act itself. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { BinEntry } from '#main/document/bin-entry'
import type { Removal } from '#main/document/removal'
import type { Run } from '#main/runs/run'
import { distinctionsOf, labelOfRun } from '#main/runs/tell-apart'
import type { ServiceContext } from '../context.ts'
import type { Calibrations } from '../runs/calibrations.ts'
import type { Training } from '../runs/training.ts'

/** The procedures of corpora and of runs that remove them. */
export interface Removing {
  readonly corpora: Pick<Handlers['corpora'], 'removal' | 'remove'>
  readonly runs: Pick<Handlers['runs'], 'removal' | 'remove'>
}

const isActive = ({ status }: Run): boolean => status === 'queued' || status === 'running'

export function createRemoving(
  { workspace, emit }: ServiceContext,
  training: Pick<Training, 'cancel'>,
  calibrations: Pick<Calibrations, 'stop'>,
): Removing {
  const { bin, runs, corpora, checkpoints, extractions, settings } = workspace
  const runsOf = (corpusId: number): Run[] => runs.list().filter((run) => run.corpusId === corpusId)

  function describe(going: readonly Run[]): Omit<Removal, 'name' | 'content'> {
    const ids = new Set(going.map(({ runId }) => runId))
    const all = runs.list()
    const others = all.filter(({ runId }) => !ids.has(runId))
    const distinctions = distinctionsOf(all)
    const nameOf = (run: Run): string => labelOfRun(run, distinctions)
    return {
      runs: going.map(nameOf),
      activeRuns: going.filter(isActive).map(nameOf),
      startedFromThem: others.filter(({ fromRunId }) => fromRunId !== null && ids.has(fromRunId)).map(nameOf),
      extractions: extractions.list().filter(({ runId }) => ids.has(runId)).length,
      sizeMb: going.reduce((sum, { runId }) => sum + checkpoints.sizeOf(runId), 0) / 1e6,
    }
  }

  /** Stops what is active where that is allowed, then puts everything into the bin at once. */
  async function remove(affected: () => readonly Run[], cancelRuns: boolean, put: () => number): Promise<BinEntry> {
    for (let next = affected().find(isActive); next && cancelRuns; next = affected().find(isActive))
      await training.cancel(next)
    if (!affected().some(isActive)) for (const { runId } of affected()) await calibrations.stop(runId)
    const entry = workspace.transaction(() => {
      refuseActive(affected())
      return bin.find(put())
    })
    emit({ type: 'bin-changed' })
    for (const { runId } of entry.runs) emit({ type: 'run-removed', runId })
    if (entry.kind === 'corpus') emit({ type: 'corpora-changed' })
    emit({ type: 'extractions-changed' }) // they say whether their run is there
    return entry
  }

  return {
    corpora: {
      removal: async ({ corpusId }) => ({
        name: corpora.find(corpusId).name,
        ...describe(runsOf(corpusId)),
        content: bin.contentOf(corpusId),
      }),
      remove({ corpusId, keepRuns, cancelRuns }) {
        const affected = (): Run[] => runsOf(corpusId)
        return remove(affected, cancelRuns, () => {
          const going = keepRuns ? [] : affected().map(({ runId }) => runId)
          return bin.putCorpus(corpusId, going, settings.get().annotator)
        })
      },
    },
    runs: {
      async removal({ runId }) {
        const run = runs.find(runId)
        const told = describe([run])
        return { name: told.runs[0] ?? run.name, ...told, content: null }
      },
      remove({ runId, cancelRuns }) {
        const affected = (): Run[] => [runs.find(runId)]
        return remove(affected, cancelRuns, () => bin.putRun(runId, settings.get().annotator))
      },
    },
  }
}

function refuseActive(affected: readonly Run[]): void {
  const active = affected.filter(isActive)
  if (active.length === 0) return
  const told = active.map(({ name, status }) => `${name} is ${status}`).join(', ')
  throw new AppError(
    'conflict',
    `${told}, so nothing was removed. Cancel ${active.length === 1 ? 'it' : 'them'} first, or have runs cancelled by removing.`,
  )
}
