/** Marks the gold of a sentence as wrong, as an act in its history that flags the sentence, or takes the mark back. */
import type { Handlers } from '#main/api/handlers'
import { setFlagged } from '#main/document/edit-review'
import { goldIsWrong } from '#main/document/gold-mark'
import type { ServiceContext } from '../context.ts'

export function createMarkGold({ workspace, now, emit }: ServiceContext): Handlers['comparisons']['markGold'] {
  const { annotations, corpora, settings } = workspace
  return async ({ sentenceId, isWrong }) => {
    const { corpusId } = corpora.sentence(sentenceId)
    const mark = annotations.firstActs(corpusId, goldIsWrong).find((act) => act.sentenceId === sentenceId)
    if ((mark !== undefined) === isWrong) return
    const { annotator } = settings.get()
    const { changes } = setFlagged(annotations.annotation(sentenceId), isWrong)
    if (mark) {
      const links = { undoes: mark.operationId }
      annotations.apply(sentenceId, annotator, `Undo: ${goldIsWrong}`, changes, now(), links)
    } else annotations.apply(sentenceId, annotator, goldIsWrong, changes, now())
    emit({ type: 'annotation-changed', sentenceId })
  }
}
