/** Writes the annotation of a sentence after an operation, with the facts that its row keeps of it. */
import { AppError } from '#main/core/errors'
import type { Annotation } from '#main/document/annotation'
import type { LoggedChange } from '#main/document/operation'
import { countFlagged } from '#main/document/remark'
import { isSegmentation } from '#main/document/segmentation'
import type { LabelSet } from '#main/labels/label-set'
import { readUnanchored, writeChanges } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { recountLayers } from './layer-rows.ts'
import { factsOf } from './sentence-facts.ts'
import { byIds } from './sentence-set.ts'
import { isViolating } from './violating-sentences.ts'
import { unpackTokens, wordsOf } from './words.ts'

export interface OpenSentence {
  readonly corpus_id: number
  /** Label set of the corpus, as JSON. */
  readonly labels: string
  readonly text: string
  readonly tokens: string
  readonly repeated_triples: number
  readonly layer_count: number
}

/** @throws AppError 'not-found'; 'conflict' for a sentence that was joined with another one. */
export function readOpenSentence(database: Database, sentenceId: number): OpenSentence {
  const sentence = database.get<OpenSentence & { readonly aside_of: number | null }>(
    `SELECT corpus_id, labels, text, tokens, repeated_triples, layer_count, aside_of
     FROM sentence JOIN corpus USING (corpus_id) WHERE sentence_id = ?`,
    sentenceId,
  )
  if (!sentence) throw new AppError('not-found', `There is no sentence ${sentenceId}, so nothing was changed.`)
  if (sentence.aside_of !== null)
    throw new AppError(
      'conflict',
      `Sentence ${sentenceId} was joined with the one before it since, so nothing was changed. Take that back first.`,
    )
  return sentence
}

export function writeSentence(
  database: Database,
  sentenceId: number,
  sentence: OpenSentence,
  next: Annotation,
  changes: readonly LoggedChange[],
): void {
  writeChanges(database, sentenceId, changes)
  const { spans, relations, review } = next
  database.run(
    `UPDATE sentence SET note = ?, is_reviewed = ?, is_flagged = ?, span_count = ?, flagged_items = ?, is_violating = ?
     WHERE sentence_id = ?`,
    ...[review.note, Number(review.isReviewed), Number(review.isFlagged), spans.length, countFlagged(next)],
    ...[Number(isViolatingIn(sentence, next)), sentenceId],
  )
  database.run('UPDATE prediction SET scored_as = 0 WHERE sentence_id = ? AND scored_as > 0', sentenceId)
  if (sentence.layer_count > 0) recountLayers(database, sentenceId, next)
  // an act without changes of its own accompanies unanchored triples that were renamed
  if (changes.length > 0 && !changes.some(touchesTriples)) return
  const words = wordsOf(sentence.text, unpackTokens(sentence.tokens))
  const unanchored = readUnanchored(database, byIds([sentenceId])).get(sentenceId) ?? []
  const facts = factsOf(words, { spans, relations, unanchored, repeatedTriples: sentence.repeated_triples })
  database.run(
    'UPDATE sentence SET triple_count = ?, overlap = ? WHERE sentence_id = ?',
    ...[facts.tripleCount, facts.overlap, sentenceId],
  )
}

/** True where the label set of the sentence's corpus does not hold the annotation. */
export function isViolatingIn({ labels }: Pick<OpenSentence, 'labels'>, { spans, relations }: Annotation): boolean {
  return isViolating(JSON.parse(labels) as LabelSet, spans, relations) // written from a LabelSet
}

/** A change of a relation or its spans' words touches triples. Triples are strings, so a span that comes, goes or changes its label touches none. */
function touchesTriples(change: LoggedChange): boolean {
  if (change.kind === 'relation' || isSegmentation(change)) return true
  if (change.kind !== 'span' || !change.before || !change.after) return false
  return change.before.start !== change.after.start || change.before.end !== change.after.end
}
