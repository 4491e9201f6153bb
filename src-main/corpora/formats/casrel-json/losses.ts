/** Counts what triple JSON cannot hold. */
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { Sentence } from '#main/document/doc'
import { untypedEntity } from '#main/labels/label-set'
import { findWords } from '#main/text/find-words'
import { createOffsetTable, type OffsetTable } from '#main/text/code-points'
import { countCutWords, countRemarks, type Loss, type LossCount } from '../../shared/losses.ts'
import { writtenTriples, writtenWords } from './write.ts'

const lost = {
  keys: ['document loses its further keys', 'documents lose their further keys'],
  documents: ['document without a sentence is left out', 'documents without a sentence are left out'],
  sentences: ['sentence without words is left out', 'sentences without words are left out'],
  pos: ['sentence loses the parts of speech of its words', 'sentences lose the parts of speech of their words'],
  spacing: ['sentence loses the original spacing of its words', 'sentences lose the original spacing of their words'],
  words: ['word with white space in it becomes several', 'words with white space in them become several'],
  unrelated: ['span in no triple is left out', 'spans in no triple are left out'],
  types: ['span loses its entity type', 'spans lose their entity type'],
  places: [
    'span moves to the first place where its words stand',
    'spans move to the first place where their words stand',
  ],
  equal: [
    'triple of the same words as another becomes one with it',
    'triples of the same words as others become one with them',
  ],
  repeats: ['triple that the file repeated is written once', 'triples that the file repeated are written once'],
  review: ['sentence loses its review state', 'sentences lose their review state'],
  rejections: ['refused suggestion is left out', 'refused suggestions are left out'],
  history: ['row of the history is left out', 'rows of the history are left out'],
} as const satisfies Record<string, Loss>

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  const { sentences, sourceExtra } = doc
  if (sentences.length !== 1 && sourceExtra !== undefined) losses.add(lost.keys)
  if (sentences.length === 0) losses.add(lost.documents)
  const words = writtenWords(doc)
  const table = createOffsetTable(doc.text)
  sentences.forEach((sentence, index) => {
    const annotation = doc.annotations[index]
    const own = words.slice(sentence.start, sentence.end)
    if (!annotation || own.length === 0) losses.add(lost.sentences)
    else countSentenceLosses(doc, table, sentence, annotation, own, losses)
  })
}

function countSentenceLosses(
  doc: AnnotatedDoc,
  table: OffsetTable,
  sentence: Sentence,
  annotation: SentenceAnnotation,
  words: readonly string[],
  losses: LossCount,
): void {
  const own = doc.tokens.slice(sentence.start, sentence.end)
  if (own.some(({ pos }) => pos !== undefined)) losses.add(lost.pos)
  if (table.slice(own[0]?.start ?? 0, own.at(-1)?.end ?? 0) !== words.join(' ')) losses.add(lost.spacing)
  losses.add(lost.words, words.filter((word) => word.includes(' ')).length)
  const { spans, relations, unanchored, review, rejections, history } = annotation
  const related = new Set(relations.flatMap(({ subject, object }) => [subject, object]))
  for (const { id, start, end, label } of spans) {
    if (!related.has(id)) losses.add(lost.unrelated)
    if (label !== untypedEntity) losses.add(lost.types)
    if (findWords(words, words.slice(start, end))?.start !== start) losses.add(lost.places)
  }
  losses.add(lost.equal, relations.length + unanchored.length - writtenTriples(annotation, words).length)
  losses.add(lost.repeats, annotation.repeatedTriples)
  if (review.isReviewed || review.isFlagged || review.note !== '') losses.add(lost.review)
  countCutWords(annotation, losses)
  countRemarks(annotation, losses)
  losses.add(lost.rejections, rejections.length)
  losses.add(lost.history, history.length)
}
