/** Statistics as a task: computed once for every state of a corpus and kept; whoever asks meanwhile waits for the same. */
import type { ShownStatistics } from '#main/api/corpora'
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import { AppError } from '#main/core/errors'
import type { KeptStatistics } from '#main/storage/kept-statistics'
import type { ServiceContext } from '../context.ts'

interface StatisticsRequest {
  readonly corpusId: number
  /** Answer with what was kept, even where the corpus has changed since. */
  readonly orKept?: boolean | undefined
}

export function createStatistics(context: ServiceContext): (request: StatisticsRequest) => Promise<ShownStatistics> {
  const { corpora } = context.workspace
  const running = new Map<number, Promise<ShownStatistics>>()

  async function compute(corpusId: number): Promise<ShownStatistics> {
    const { name } = corpora.find(corpusId)
    const cancel = new AbortController()
    const empty = { detail: '', fraction: 0, secondsLeft: null }
    const task = context.tasks.begin(
      { taskId: `statistics-${corpusId}`, kind: 'statistics', title: `statistics of ${name}`, ...empty },
      () => cancel.abort(new AppError('cancelled', `The statistics of ${name} were cancelled.`)),
    )
    const changes = corpora.changes(corpusId)
    try {
      const statistics = await context.reads.ask(
        'statistics',
        { corpusId },
        { signal: cancel.signal, onProgress: (fraction) => task.update({ fraction }) },
      )
      const kept = { statistics: JSON.stringify(statistics), changes, computedMs: context.now() }
      corpora.find(corpusId) // it may have gone meanwhile
      corpora.keepStatistics(corpusId, kept)
      task.finish('finished')
      return show(kept)
    } catch (error) {
      task.finish(
        cancel.signal.aborted ? 'cancelled' : 'failed',
        error instanceof Error ? error.message : String(error),
      )
      throw error
    }
  }

  function show(kept: KeptStatistics, isStale = false): ShownStatistics {
    const statistics = JSON.parse(kept.statistics) as CorpusStatistics // written by compute
    return { ...statistics, computedMs: kept.computedMs, isStale }
  }

  return async ({ corpusId, orKept }) => {
    const { name } = corpora.find(corpusId)
    const kept = corpora.keptStatistics(corpusId)
    const isStale = kept !== null && kept.changes !== corpora.changes(corpusId)
    if (kept && (!isStale || orKept)) return { ...show(kept, isStale), name }
    const computing = running.get(corpusId) ?? compute(corpusId).finally(() => running.delete(corpusId))
    running.set(corpusId, computing)
    return computing
  }
}
