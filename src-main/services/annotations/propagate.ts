/** Propagating a label: finds the same words elsewhere in the corpus and labels them as one act. */
import { randomUUID } from 'node:crypto'
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import { wordsOf } from '#main/text/words'
import { addSpan, quote } from '#main/document/edit'
import { applyChanges, squashChanges, type Change } from '#main/document/operation'
import type { ServiceContext } from '../context.ts'
import { assertKnownTypes } from './known-types.ts'

/** Number of places that are shown to choose from. */
const mostShown = 500

type Propagation = Pick<Handlers['annotations'], 'occurrences' | 'propagate'>

export function createPropagation({ workspace, emit, now }: ServiceContext): Propagation {
  const { annotations, corpora, labels, settings } = workspace

  const wordsOfSentence = (sentenceId: number): string[] => {
    const { text, tokens } = corpora.sentence(sentenceId)
    return wordsOf(text, tokens)
  }

  /** Changes of one operation that label all places of a sentence; places that have the label already are passed over. */
  function changesOf(sentenceId: number, places: readonly { start: number; end: number }[], label: string): Change[] {
    const context = { author: settings.get().annotator, words: wordsOfSentence(sentenceId), newId: randomUUID }
    let annotation = annotations.annotation(sentenceId)
    const changes: Change[] = []
    for (const { start, end } of places) {
      const added = addSpan(annotation, { start, end }, label, context).changes.map(toPropagated)
      annotation = applyChanges(annotation, added)
      changes.push(...added)
    }
    return squashChanges(changes)
  }

  return {
    async occurrences({ sentenceId, start, end, label }) {
      const words = wordsOfSentence(sentenceId).slice(start, end)
      if (words.length === 0)
        throw new AppError('invalid-input', `Sentence ${sentenceId} has no words from ${start} to ${end}: choose some.`)
      const { corpusId } = corpora.sentence(sentenceId)
      const found = annotations
        .occurrences(corpusId, words, label)
        .filter((place) => place.sentenceId !== sentenceId || place.start !== start)
      return { total: found.length, items: found.slice(0, mostShown) }
    },

    async propagate({ label, places }) {
      const bySentence = Map.groupBy(places, ({ sentenceId }) => sentenceId)
      const author = settings.get().annotator
      const labelled = workspace.transaction(() => {
        const batch = annotations.nextBatch()
        return [...bySentence].map(([sentenceId, own]) => {
          const changes = changesOf(sentenceId, own, label)
          if (changes.length === 0) return 0
          assertKnownTypes(changes, labels.get(corpora.sentence(sentenceId).corpusId))
          const text = quote(own[0] ?? { start: 0, end: 0 }, { words: wordsOfSentence(sentenceId) })
          annotations.apply(sentenceId, author, `${text} labelled ${label}, propagated`, changes, now(), { batch })
          return changes.length
        })
      })
      for (const sentenceId of bySentence.keys()) emit({ type: 'annotation-changed', sentenceId })
      return labelled.reduce((sum, count) => sum + count, 0)
    },
  }
}

function toPropagated(change: Change): Change {
  if (change.kind !== 'span' || !change.after) return change
  return { ...change, after: { ...change.after, provenance: { ...change.after.provenance, origin: 'propagated' } } }
}
