/** The bin: looked through, restored from, and erased, by a person or when thirty days are over. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { BinEntry } from '#main/document/bin-entry'
import type { ServiceContext } from '../context.ts'
import { dropUnusedEncoders } from '../runs/run-encoder.ts'
import type { RunningTasks } from '../system/tasks.ts'
import { dropErased, eraseEntry } from './erase.ts'
import type { Sweep } from './sweep.ts'

export function createBin(context: ServiceContext, tasks: RunningTasks, sweep: Sweep): Handlers['bin'] {
  const { workspace, emit } = context
  const { bin, checkpoints, runs } = workspace

  function refuseWithoutCorpus({ name, corpusName, corpusBinId }: BinEntry): void {
    if (corpusBinId !== null)
      throw new AppError(
        'conflict',
        `${name} learnt from "${corpusName}", which is in the bin too. Restore both, or the run alone: it can then extract, but not be scored, resumed or retrained.`,
      )
  }

  /** Whoever predicts with a run needs its files. */
  function refuseBusy({ name, runs: own }: BinEntry): void {
    const task = tasks.list().find(({ runId }) => own.some((run) => run.runId === runId))
    if (task)
      throw new AppError('conflict', `"${task.title}" is still at work with ${name}. Erase it when that has ended.`)
  }

  return {
    list: async () =>
      bin.list().map((entry) => ({
        ...entry,
        sizeMb: entry.runs.reduce((sum, { runId }) => sum + checkpoints.sizeOf(runId), 0) / 1e6,
      })),

    async restore({ binId, name, corpus }) {
      const entry = bin.find(binId)
      if (corpus === 'refuse') refuseWithoutCorpus(entry)
      const entries = corpus === 'both' && entry.corpusBinId !== null ? [bin.find(entry.corpusBinId), entry] : [entry]
      const restored = workspace.transaction(() => entries.map((one) => bin.restore(one.binId, name)))
      emit({ type: 'bin-changed' })
      emit({ type: 'corpora-changed' })
      emit({ type: 'extractions-changed' })
      for (const { runId } of entries.flatMap((one) => one.runs)) emit({ type: 'run', run: runs.find(runId) })
      return {
        names: restored.flatMap(({ names }) => names),
        renamed: restored.find(({ renamed }) => renamed !== null)?.renamed ?? null,
      }
    },

    async erase({ binId }) {
      refuseBusy(bin.find(binId))
      eraseEntry(workspace, binId)
      await dropErased(workspace)
      dropUnusedEncoders(workspace)
      emit({ type: 'bin-changed' })
      await sweep.run()
    },

    async purge() {
      const going = bin.list()
      for (const entry of going) refuseBusy(entry)
      for (const { binId } of going) eraseEntry(workspace, binId)
      await dropErased(workspace)
      dropUnusedEncoders(workspace)
      await sweep.run()
      const backups = workspace.purge()
      emit({ type: 'bin-changed' })
      emit({ type: 'backups-changed' })
      return { entries: going.length, backups, sizeMb: workspace.health('unknown').sizeMb }
    },
  }
}
