/**
 * Docs → lines of the released PMEI code, as its loader needs them to give the figures of the paper: an entity is known by its words
 * alone and stands at their first place, whatever its type.
 */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { Sentence } from '#main/document/doc'
import type { LabelSet } from '#main/labels/label-set'
import { findStarts } from '#main/text/find-words'
import { isJsonObject } from '../../shared/fields.ts'
import { writeJsonLines } from '../../shared/write-json.ts'
import { writtenWords } from '../../shared/written-words.ts'

export function writePmeiLines(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  return writeJsonLines(docs, recordsOf, sink)
}

function recordsOf(doc: AnnotatedDoc): Json[] {
  return doc.sentences.flatMap((sentence, index): Json[] => {
    const annotation = doc.annotations[index]
    if (!annotation || sentence.start === sentence.end) return []
    const words = writtenWords(doc, sentence)
    const record = {
      sentText: words,
      ...posOf(doc, sentence),
      en_list: writtenEntities(annotation, words),
      relationMentions: writtenMentions(annotation, words),
    }
    const extra = doc.sentences.length === 1 && isJsonObject(doc.sourceExtra) ? doc.sourceExtra : {}
    return [{ ...record, ...extra, ...record }]
  })
}

/** Parts of speech of all words, an empty one where only some have theirs; none where no word has. */
function posOf({ tokens }: AnnotatedDoc, { start, end }: Sentence): { pos?: string[] } {
  const own = tokens.slice(start, end)
  return own.some(({ pos }) => pos !== undefined) ? { pos: own.map(({ pos }) => pos ?? '') } : {}
}

/** The words of each span, in the order in which the loader finds them: by their first place, the longer first. */
function writtenEntities({ spans }: SentenceAnnotation, words: readonly string[]): string[][] {
  const places = new Map(spans.map(({ start, end }) => [`${start}:${end}`, words.slice(start, end)]))
  const firstOf = (phrase: readonly string[]): number => findStarts(words, phrase)[0] ?? 0
  return [...places.values()].sort((a, b) => firstOf(a) - firstOf(b) || b.length - a.length)
}

/** Each relation once for the same words. */
export function writtenMentions(
  { spans, relations, unanchored }: SentenceAnnotation,
  words: readonly string[],
): Json[] {
  const phraseOf = new Map(spans.map(({ id, start, end }) => [id, words.slice(start, end)]))
  const all = [
    ...relations.map(({ subject, type, object }) => ({
      ...{ em1Text: phraseOf.get(subject) ?? [], em2Text: phraseOf.get(object) ?? [], label: type },
    })),
    ...unanchored.map(({ subject, type, object }) => ({
      ...{ em1Text: subject.split(' '), em2Text: object.split(' '), label: type },
    })),
  ]
  return [...new Map(all.map((mention) => [JSON.stringify(mention), mention])).values()]
}
