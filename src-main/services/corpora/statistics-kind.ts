/** Statistics as a job: computed once for every state of a corpus and kept; whoever asks meanwhile waits for the same. */
import type { ShownStatistics } from '#main/api/corpora'
import { matchModes } from '#main/evaluation/match-mode'
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import type { JobEngine } from '#main/jobs/engine'
import type { KeptStatistics } from '#main/storage/kept-statistics'
import type { ServiceContext } from '../context.ts'
import { createAskedKind, type AskedKind } from '../jobs/asked-job.ts'
import { readStatistics } from './read-statistics.ts'

interface StatisticsRequest {
  readonly corpusId: number
  /** Answer with what was kept, even where the corpus has changed since. */
  readonly orKept?: boolean | undefined
}

export type StatisticsKind = AskedKind<Pick<StatisticsRequest, 'corpusId'>, ShownStatistics>

export function createStatisticsKind(context: ServiceContext): StatisticsKind {
  const { workspace, now } = context
  const { corpora } = workspace
  return createAskedKind(workspace.jobs, {
    ...{ name: 'statistics', resource: 'none', isListedAfter: false },
    whenCancelled: 'The statistics were cancelled. They begin again when they are asked for.',
    taskOf: ({ spec }) => ({ taskId: `statistics-${(spec as { corpusId: number }).corpusId}` }), // as written below
    async run({ corpusId }, _, work) {
      const changes = corpora.changes(corpusId)
      work.total(1)
      const statistics = await readStatistics(context, corpusId, work.signal, (share) => work.progress(share, ''))
      const kept = { statistics: JSON.stringify(statistics), changes, computedMs: now() }
      corpora.find(corpusId) // it may have gone meanwhile
      work.save(null, 1, () => corpora.keepStatistics(corpusId, kept))
      return show(kept)
    },
  })
}

export function createStatistics(
  { workspace: { corpora } }: ServiceContext,
  kind: StatisticsKind,
  engine: JobEngine,
): (request: StatisticsRequest) => Promise<ShownStatistics> {
  return async ({ corpusId, orKept }) => {
    const { name } = corpora.find(corpusId)
    const stored = corpora.keptStatistics(corpusId)
    const kept = stored && isWhole(stored) ? stored : null
    const isStale = kept !== null && kept.changes !== corpora.changes(corpusId)
    if (kept && (!isStale || orKept)) return { ...show(kept, isStale), name }
    return kind.ask(engine, { title: `statistics of ${name}`, spec: { corpusId } })
  }
}

/** Whether statistics have every match mode: those of an older version lack the later ones. */
function isWhole({ statistics }: KeptStatistics): boolean {
  const { oracle } = JSON.parse(statistics) as Pick<CorpusStatistics, 'oracle'> // written by the job
  return oracle === null || matchModes.every((mode) => mode in oracle)
}

function show(kept: KeptStatistics, isStale = false): ShownStatistics {
  const statistics = JSON.parse(kept.statistics) as CorpusStatistics // written by the job
  return { ...statistics, computedMs: kept.computedMs, isStale }
}
