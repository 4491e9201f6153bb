/** The long reads of the services, by name: whatever goes through a whole corpus without writing. */
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import type { LeakReport } from '#main/document/leak-report'
import type { ReadTask, ReadTasks } from '#main/storage/reader/read-task'
import { statisticsSteps } from '../corpora/statistics.ts'

const statistics: ReadTask<{ readonly corpusId: number }, CorpusStatistics> = {
  isLong: true,
  read: (workspace, { corpusId }, tell) => statisticsSteps(workspace, corpusId, tell),
}

const leaks: ReadTask<{ readonly corpusId: number }, LeakReport> = {
  isLong: true,
  read: ({ corpora }, { corpusId }) => corpora.leakSteps(corpusId),
}

export const readTasks = { statistics, leaks } satisfies ReadTasks
