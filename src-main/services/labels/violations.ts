/** Finds sentences whose annotation the label set, or the one layer of tags, cannot hold. */
import type { ViolationPage, ViolatingSentence } from '#main/api/labels'
import { wordsOf } from '#main/text/words'
import { violationsOf } from '#main/labels/check-annotation'
import type { Workspace } from '#main/storage/workspace'

interface Request {
  readonly corpusId: number
  readonly offset: number
  readonly limit: number
}

/** Number of annotations that are held in memory at a time. */
const groupSize = 2000

/** One page of the violating sentences, in the order of the corpus. */
export function readViolations(workspace: Workspace, { corpusId, offset, limit }: Request): ViolationPage {
  const labels = workspace.labels.get(corpusId)
  const rows = workspace.annotations.queueRows(corpusId, {})
  const found: ViolatingSentence[] = []
  for (let at = 0; at < rows.length; at += groupSize) {
    const group = rows.slice(at, at + groupSize)
    const annotations = workspace.annotations.annotations(group.map(({ sentenceId }) => sentenceId))
    for (const { sentenceId, split, position } of group) {
      const annotation = annotations.get(sentenceId)
      // words are needed for the message alone
      if (!annotation || violationsOf(labels, annotation, []).length === 0) continue
      const { text, tokens } = workspace.corpora.sentence(sentenceId)
      const messages = violationsOf(labels, annotation, wordsOf(text, tokens), tokens).map(({ message }) => message)
      found.push({ sentenceId, split, position, messages })
    }
  }
  return { total: found.length, items: found.slice(offset, offset + limit) }
}
