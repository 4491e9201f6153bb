/** CorpusStatistics: what is in a corpus, and what is known of its scores before any training. */
import type { CorpusStatistics } from '#main/api/views'
import { splits } from '#main/document/doc'
import type { Workspace } from '#main/storage/workspace'
import { splitStatistics } from './split-statistics.ts'

export function corpusStatistics({ corpora, labels }: Workspace, corpusId: number): CorpusStatistics {
  const { name } = corpora.find(corpusId)
  const bySplit = splits.map((split) => ({ split, sentences: corpora.labelledSentences(corpusId, split) }))
  return {
    name,
    splits: bySplit.map(({ split, sentences }) =>
      splitStatistics(split, sentences, corpora.ambiguousAnchors(corpusId, split)),
    ),
    ...labels.used(corpusId),
    memoryFloor: null,
    oracle: null,
  }
}
