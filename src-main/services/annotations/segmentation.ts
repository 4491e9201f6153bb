/** Splitting and joining words and sentences in the services: the act is made here, since a join needs the sentence that follows. */
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { SegmentationAct } from '#main/api/segmentation'
import type { Handlers } from '#main/api/handlers'
import type { CharContext } from '#main/document/edit-chars'
import { joinWithNextSentence, splitSentence } from '#main/document/edit-sentences'
import { joinWithNextWord, splitWord, type SegmentationEdit } from '#main/document/edit-words'
import type { Operation } from '#main/document/operation'
import { wordsOf } from '#main/text/words'
import type { ServiceContext } from '../context.ts'

export function createSegmentation(context: ServiceContext): Pick<Handlers['annotations'], 'segment'> {
  const { annotations, corpora, settings } = context.workspace
  const author = (): string => settings.get().annotator

  function editOf(sentenceId: number, act: SegmentationAct): SegmentationEdit {
    const { text, tokens } = corpora.sentence(sentenceId)
    const annotation = annotations.annotation(sentenceId)
    const desk: CharContext = { author: author(), words: wordsOf(text, tokens), tokens, newId: randomUUID }
    switch (act.kind) {
      case 'split-word':
        return splitWord(annotation, act.word, act.at, desk)
      case 'join-words':
        return joinWithNextWord(annotation, act.word, desk)
      case 'split-sentence':
        return splitSentence(annotation, act.word, desk)
      case 'join-sentences': {
        const next = annotations.following(sentenceId)
        if (!next) return { changes: [], description: 'This is the last sentence of its document: none can be joined' }
        return joinWithNextSentence(annotation, next, desk)
      }
    }
  }

  return {
    async segment({ sentenceId, act }) {
      const { corpusId } = corpora.sentence(sentenceId)
      const { changes, description } = editOf(sentenceId, act)
      if (changes.length === 0) return { operation: null, refusal: description }
      const { operation } = annotations.apply(sentenceId, author(), description, changes, context.now())
      await afterSegmenting(context, corpusId, operation)
      return { operation, refusal: null }
    },
  }
}

/** Tells the windows of an operation, and first gives the sentences behind a new border their numbers. */
export async function afterSegmenting(
  { workspace, emit }: Pick<ServiceContext, 'workspace' | 'emit'>,
  corpusId: number,
  { sentenceId, changes }: Operation,
): Promise<void> {
  emit({ type: 'annotation-changed', sentenceId })
  if (!changes.some(({ kind }) => kind === 'sentence')) return
  await workspace.annotations.renumber(corpusId, setImmediate)
  emit({ type: 'corpora-changed' })
}
