/** The lists "ner" and "relations" of a document, or those of a prediction: one entry per sentence, words counted through the document. */
import type { Json } from '#main/core/json'
import { untypedEntity } from '#main/labels/label-set'
import type { TextRange } from '#main/text/range'
import * as read from '../../shared/fields.ts'
import type { JsonObject } from '../../shared/fields.ts'
import { RecordError } from '../../shared/problem-log.ts'
import type { SentenceMarks, WordRelation, WordSpan } from '../../shared/token-doc.ts'

export interface ReadMarks {
  readonly sentences: readonly SentenceMarks[]
  /** Relations that join words of another sentence than the one they stand with. */
  readonly across: readonly { readonly field: string; readonly sentence: number; readonly item: Json }[]
}

/** @throws RecordError naming the entry that is not of this document. */
export function readMarks(
  source: JsonObject,
  keys: { readonly ner: string; readonly relations: string },
  lengths: readonly number[],
): ReadMarks {
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const ner = listPerSentence(source, keys.ner, lengths.length)
  const relations = listPerSentence(source, keys.relations, lengths.length)
  const across: ReadMarks['across'][number][] = []
  let from = 0
  const sentences = lengths.map((length, sentence): SentenceMarks => {
    const own = { start: from, end: from + length }
    from = own.end
    const spans = createSpans(own.start)
    ner[sentence]?.forEach((item, at) => spans.add(readSpan(item, `${keys.ner}[${sentence}][${at}]`, own)))
    const joined = (relations[sentence] ?? []).flatMap((item, at): WordRelation[] => {
      const field = `${keys.relations}[${sentence}][${at}]`
      const { subject, object, ...relation } = readRelation(item, field, total)
      if (!isInside(subject, own) || !isInside(object, own)) {
        across.push({ field, sentence, item })
        return []
      }
      return [{ subject: spans.indexOf(subject), object: spans.indexOf(object), ...relation }]
    })
    return { spans: spans.all, relations: joined }
  })
  return { sentences, across }
}

function listPerSentence(source: JsonObject, key: string, sentences: number): (readonly Json[])[] {
  if (source[key] === undefined) return []
  const lists = read.readArray(source[key], key)
  if (lists.length !== sentences)
    throw new RecordError(`${key}: expected one list for each of the ${sentences} sentences, found ${lists.length}`)
  return lists.map((list, at) => read.readArray(list, `${key}[${at}]`))
}

function isInside({ start, end }: TextRange, sentence: TextRange): boolean {
  return start >= sentence.start && end <= sentence.end
}

/** The spans of one sentence. A relation may join words that "ner" does not list: these are a span without a type. */
function createSpans(sentenceStart: number) {
  const all: WordSpan[] = []
  const firstAt = new Map<string, number>()
  const add = ({ start, end, ...span }: WordSpan): void => {
    const key = `${start}:${end}`
    if (!firstAt.has(key)) firstAt.set(key, all.length)
    all.push({ start: start - sentenceStart, end: end - sentenceStart, ...span })
  }
  return {
    all,
    add,
    indexOf({ start, end }: TextRange): number {
      const known = firstAt.get(`${start}:${end}`)
      if (known !== undefined) return known
      add({ start, end, label: untypedEntity })
      return all.length - 1
    },
  }
}

/** [first, last, type], and two scores where a model gave it. */
function readSpan(item: Json, field: string, own: TextRange): WordSpan {
  const parts = read.readArray(item, field)
  const start = read.readInteger(parts[0], `${field}[0]`, own.start, own.end - 1)
  const end = read.readInteger(parts[1], `${field}[1]`, start, own.end - 1) + 1
  return { start, end, label: read.readName(parts[2], `${field}[2]`), ...scoreOf(parts, 4) }
}

/** [first, last, first, last, type], and two scores where a model gave it. */
function readRelation(item: Json, field: string, total: number) {
  const parts = read.readArray(item, field)
  const range = (at: number): TextRange => {
    const start = read.readInteger(parts[at], `${field}[${at}]`, 0, total - 1)
    return { start, end: read.readInteger(parts[at + 1], `${field}[${at + 1}]`, start, total - 1) + 1 }
  }
  const type = read.readName(parts[4], `${field}[4]`)
  return { subject: range(0), object: range(2), type, ...scoreOf(parts, 6) }
}

/** The second score is the probability, the first is before the softmax. */
function scoreOf(parts: readonly Json[], at: number): { confidence?: number } {
  const score = read.numberOf(parts[at])
  return score !== undefined && score >= 0 && score <= 1 ? { confidence: score } : {}
}
