/** Reads the statistics of a corpus, those of a large one in two threads at once. */
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import type { ServiceContext } from '../context.ts'

/** Number of sentences from which a second thread is worth its start. */
const manySentences = 20_000

/**
 * @param tell takes the share that is done, 0 to 1.
 * @param many number of sentences from which a second thread helps.
 */
export async function readStatistics(
  { reads, workspace }: Pick<ServiceContext, 'reads' | 'workspace'>,
  corpusId: number,
  signal: AbortSignal,
  tell: (share: number) => void,
  many = manySentences,
): Promise<CorpusStatistics> {
  const { splits } = workspace.corpora.find(corpusId)
  const inOne = (): Promise<CorpusStatistics> => reads.ask('statistics', { corpusId }, { signal, onProgress: tell })
  if (Object.values(splits).reduce((sum, { sentences }) => sum + sentences, 0) < many) return inOne()
  const shares = [0, 0]
  const onProgress = (part: number) => (share: number) => {
    shares[part] = share
    tell(Math.min(...shares))
  }
  const [figures, floor] = await Promise.all([
    reads.ask('figures', { corpusId }, { signal, onProgress: onProgress(0) }),
    reads.ask('memoryFloor', { corpusId }, { signal, onProgress: onProgress(1), isBeside: true }),
  ])
  // an edit between the beginnings of both: one thread sees one state
  return figures.changes === floor.changes ? { ...figures.result, memoryFloor: floor.result } : inOne()
}
