/** Docs → CasRel triple JSON: one record per sentence, and what this format cannot hold. */
import type { Json } from '#main/core/json'
import type { TextTriple } from '#main/document/labelled-sentence'
import { untypedEntity } from '#main/labels/label-set'
import { findWords } from '#main/text/find-words'
import { wordsOf } from '#main/text/words'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { SerializedCorpus } from '../../format.ts'
import { countCutWords, countRemarks, createLossCount } from '../../shared/losses.ts'

/** Words joined by single spaces; anchored triples first, then those that are only strings. */
export function serializeCasrel(docs: readonly AnnotatedDoc[]): SerializedCorpus {
  const losses = createLossCount()
  const records = docs.flatMap((doc) => {
    const spelled = wordsOf(doc.text, doc.tokens)
    const words = spelled.map((word) => word.replaceAll(/\s+/g, ' ')) // white space sets words apart in this format
    if (doc.sentences.length !== 1 && doc.sourceExtra !== undefined) losses.add('documents lose their further keys')
    if (doc.sentences.length === 0) losses.add('documents without a sentence are left out')
    return doc.sentences.flatMap((sentence, index): Json[] => {
      const annotation = doc.annotations[index]
      const sentenceWords = words.slice(sentence.start, sentence.end)
      if (!annotation || sentenceWords.length === 0) {
        losses.add('sentences without words are left out')
        return []
      }
      const text = sentenceWords.join(' ')
      if (doc.tokens.slice(sentence.start, sentence.end).some(({ pos }) => pos !== undefined))
        losses.add('sentences lose the parts of speech of their words')
      if (!doc.text.includes(text)) losses.add('sentences lose the original spacing of their words')
      for (const word of sentenceWords)
        if (word.includes(' ')) losses.add('words with white space in them become several')
      countLosses(annotation, sentenceWords, losses.add)
      const extra = doc.sentences.length === 1 ? doc.sourceExtra : undefined
      const own = { text, triple_list: toStrings(annotation, sentenceWords) }
      return [{ ...own, ...(isObject(extra) ? extra : {}), ...own }]
    })
  })
  return { text: `${JSON.stringify(records, null, 4)}\n`, losses: losses.sentences() }
}

function toStrings({ spans, relations, unanchored }: SentenceAnnotation, words: readonly string[]): string[][] {
  const textById = new Map(spans.map(({ id, start, end }) => [id, words.slice(start, end).join(' ')]))
  const triples: TextTriple[] = relations.map(({ subject, type, object }) => ({
    subject: textById.get(subject) ?? '',
    type,
    object: textById.get(object) ?? '',
  }))
  const unique = new Map([...triples, ...unanchored].map((t) => [JSON.stringify([t.subject, t.type, t.object]), t]))
  return Array.from(unique.values(), ({ subject, type, object }) => [subject, type, object])
}

function countLosses(annotation: SentenceAnnotation, words: readonly string[], add: (what: string) => void): void {
  const { spans, relations, unanchored, review, rejections, history } = annotation
  const related = new Set(relations.flatMap(({ subject, object }) => [subject, object]))
  for (const { id, start, end, label } of spans) {
    if (!related.has(id)) add('spans in no triple are left out')
    if (label !== untypedEntity) add('spans lose their entity type')
    if (findWords(words, words.slice(start, end))?.start !== start)
      add('spans move to the first place where their words stand')
  }
  const texts = toStrings(annotation, words).length
  for (let extra = texts; extra < relations.length + unanchored.length; extra++)
    add('triples of equal words become one')
  if (review.isReviewed || review.isFlagged || review.note !== '') add('sentences lose their review state')
  countCutWords(annotation, add)
  countRemarks(annotation, add)
  rejections.forEach(() => add('refused suggestions are left out'))
  history.forEach(() => add('rows of the history are left out'))
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
