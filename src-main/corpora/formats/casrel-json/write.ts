/** Docs → triple JSON: one record per sentence, and what this format cannot hold. */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import { wordsOf } from '#main/text/words'
import type { SerializedCorpus } from '../../format.ts'
import { isJsonObject } from '../../shared/fields.ts'
import { createLossCount } from '../../shared/losses.ts'
import { countDocLosses, countEmptySentence, countSentenceLosses } from './losses.ts'

/** Writes words joined by single spaces; anchored triples first, then those that are only strings. */
export function serializeCasrel(docs: readonly AnnotatedDoc[]): SerializedCorpus {
  const losses = createLossCount()
  const records = docs.flatMap((doc) => {
    countDocLosses(doc, losses)
    // white space sets words apart in this format, so that none may stand within one
    const words = wordsOf(doc.text, doc.tokens).map((word) => word.replaceAll(/\s+/g, ' '))
    return doc.sentences.flatMap((sentence, index): Json[] => {
      const annotation = doc.annotations[index]
      const own = words.slice(sentence.start, sentence.end)
      if (!annotation || own.length === 0) {
        countEmptySentence(losses)
        return []
      }
      const triples = toStrings(annotation, own)
      countSentenceLosses(doc, sentence, annotation, own, triples.length, losses)
      const record = { text: own.join(' '), triple_list: triples }
      const extra = doc.sentences.length === 1 && isJsonObject(doc.sourceExtra) ? doc.sourceExtra : {}
      return [{ ...record, ...extra, ...record }]
    })
  })
  return { text: `${JSON.stringify(records, null, 4)}\n`, losses: losses.sentences() }
}

/** Each triple once, as subject, relation type and object. */
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
