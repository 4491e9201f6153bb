/** Reads the statistics of a corpus, those of a large one in two threads: one reads and counts, the other computes the memory floor of what was read. */
import { MessageChannel } from 'node:worker_threads'
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import type { ServiceContext } from '../context.ts'

/** Number of sentences from which a second thread is worth its start. */
const manySentences = 20_000

/** Share that is done when all is read and counted: the memory floor is not far behind then. */
const shareOfFigures = 0.9

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
  const { train, dev, test } = workspace.corpora.find(corpusId).splits
  const sentences = train.sentences + dev.sentences + test.sentences
  if (train.sentences === 0 || test.sentences === 0 || sentences < many)
    return reads.ask('statistics', { corpusId }, { signal, onProgress: tell })
  const { port1: passTo, port2: takeFrom } = new MessageChannel()
  const failed = new AbortController()
  const options = { signal: AbortSignal.any([signal, failed.signal]) }
  const ask: typeof reads.ask = (...question) =>
    reads.ask(...question).catch((error: unknown) => {
      failed.abort(error) // neither waits for the other then
      throw error
    })
  const onProgress = (share: number): void => tell(shareOfFigures * share)
  const [figures, memoryFloor] = await Promise.all([
    ask('figures', { corpusId, passTo }, { ...options, onProgress, transfer: [passTo] }),
    ask('memoryFloor', { takeFrom }, { ...options, isBeside: true, transfer: [takeFrom] }),
  ])
  tell(1)
  return { ...figures, memoryFloor }
}
