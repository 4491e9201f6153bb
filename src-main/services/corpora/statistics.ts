/** CorpusStatistics: what is in a corpus, and what is known of its scores before any training; read some sentences at each step. */
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { figureSteps } from './corpus-figures.ts'
import { floorSteps, type NumberedPage } from './corpus-floor.ts'

/** Computes both parts one after the other, the numbers of all sentences kept between: two threads can do both at once. */
export function* statisticsSteps(
  workspace: Pick<ReadWorkspace, 'corpora' | 'labels'>,
  corpusId: number,
  tell: (share: number) => void,
): Generator<void, CorpusStatistics> {
  const { train, test } = workspace.corpora.find(corpusId).splits
  const hasFloor = train.sentences > 0 && test.sentences > 0
  const pages: NumberedPage[] = []
  const pass = hasFloor ? (page: NumberedPage): void => void pages.push(page) : null
  const figures = yield* figureSteps(workspace, corpusId, tell, pass)
  return { ...figures, memoryFloor: hasFloor ? yield* floorSteps(pages) : null }
}
