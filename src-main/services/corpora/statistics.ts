/** CorpusStatistics: what is in a corpus, and what is known of its scores before any training; read some sentences at each step. */
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { figureSteps } from './corpus-figures.ts'
import { floorSteps } from './corpus-floor.ts'

/** Computes both parts one after the other, which need nothing of each other: two threads can each do one of them. */
export function* statisticsSteps(
  workspace: Pick<ReadWorkspace, 'corpora' | 'labels'>,
  corpusId: number,
  tell: (share: number) => void,
): Generator<void, CorpusStatistics> {
  const figures = yield* figureSteps(workspace, corpusId, (share) => tell(share / 2))
  const memoryFloor = yield* floorSteps(workspace, corpusId, (share) => tell((1 + share) / 2))
  return { ...figures, memoryFloor }
}
