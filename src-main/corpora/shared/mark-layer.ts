/** The marks of one layer among words and sentences that are settled. */
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation, type AnnotatedRelation, type AnnotatedSpan } from '#main/document/annotation'
import type { Sentence, Token } from '#main/document/doc'
import type { Chars } from '#main/document/span'
import { sentenceOf } from './mark-sentences.ts'
import type { PlacedMark } from './mark-words.ts'
import type { Mark, Marks, RecordLog } from './marks.ts'

export interface MarkedLayer {
  /** One entry per sentence. */
  readonly annotations: readonly SentenceAnnotation[]
  /** Marks that hold no word, and relations of these or between sentences that are too far apart: a Doc has no place for them. */
  readonly left: Marks
  /** Ids of marks that repeat another, with that of the first. */
  readonly repeated: ReadonlyMap<string, string>
}

interface Words {
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
}

/** Each span and each relation is taken once. `placed` has an entry per span. */
export function annotate(
  marks: Marks,
  placed: readonly (PlacedMark | null)[],
  words: Words,
  log: RecordLog,
): MarkedLayer {
  const spans = placeSpans(marks.spans, placed, words, log)
  const relations = placeRelations(marks.relations, spans, log)
  return {
    annotations: words.sentences.map((_, index) => ({
      ...emptyAnnotation,
      spans: spans.bySentence.get(index) ?? [],
      relations: relations.bySentence.get(index) ?? [],
      unanchored: [],
      ambiguousAnchors: 0,
      repeatedTriples: relations.repeats.get(index) ?? 0,
      history: [],
    })),
    left: { spans: spans.left, relations: relations.left },
    repeated: spans.repeated,
  }
}

interface PlacedSpans {
  readonly bySentence: ReadonlyMap<number, readonly AnnotatedSpan[]>
  /** Index of the sentence by the id of a span. */
  readonly homes: ReadonlyMap<string, number>
  readonly repeated: ReadonlyMap<string, string>
  readonly left: readonly Mark[]
}

function placeSpans(
  marks: readonly Mark[],
  placed: readonly (PlacedMark | null)[],
  words: Words,
  log: RecordLog,
): PlacedSpans {
  const bySentence = new Map<number, AnnotatedSpan[]>()
  const homes = new Map<string, number>()
  const repeated = new Map<string, string>()
  const left: Mark[] = []
  const firstByKey = new Map<string, string>()
  let [trimmed, grown] = [0, 0]
  marks.forEach((mark, index) => {
    const range = placed[index]
    if (!range) return void left.push(mark)
    const chars = charsIn(range, words.tokens)
    if (mark.start < chars.start || mark.end > chars.end) trimmed++
    if (mark.start > chars.start || mark.end < chars.end) grown++
    const home = sentenceOf(words.sentences, range.start)
    homes.set(mark.id, home)
    const key = `${chars.start}:${chars.end}:${mark.label}`
    const first = firstByKey.get(key)
    if (first !== undefined) return void repeated.set(mark.id, first)
    firstByKey.set(key, mark.id)
    add(bySentence, home, toSpan(mark, range, words, home))
  })
  log.change('spansTrimmed', trimmed)
  log.change('spansGrown', grown)
  log.change('spans', repeated.size)
  return { bySentence, homes, repeated, left }
}

function charsIn({ start, end, chars }: PlacedMark, tokens: readonly Token[]): Chars {
  return chars ?? { start: tokens[start]?.start ?? 0, end: tokens[end - 1]?.end ?? 0 }
}

function toSpan(
  { id, label, provenance, remark }: Mark,
  { start, end, chars }: PlacedMark,
  { tokens, sentences }: Words,
  home: number,
): AnnotatedSpan {
  const first = sentences[home]?.start ?? 0
  const textStart = tokens[first]?.start ?? 0
  return {
    ...{ id, start: start - first, end: end - first },
    ...(chars && { chars: { start: chars.start - textStart, end: chars.end - textStart } }),
    ...{ label, provenance, ...(remark && { remark }) },
  }
}

function placeRelations(relations: readonly AnnotatedRelation[], { homes, repeated }: PlacedSpans, log: RecordLog) {
  const bySentence = new Map<number, AnnotatedRelation[]>()
  const repeats = new Map<number, number>()
  const left: AnnotatedRelation[] = []
  const seen = new Set<string>()
  for (const relation of relations) {
    const home = homes.get(relation.subject)
    if (home === undefined || home !== homes.get(relation.object)) {
      left.push(relation)
      continue
    }
    const firstOf = (id: string): string => repeated.get(id) ?? id
    const [subject, object] = [firstOf(relation.subject), firstOf(relation.object)]
    const key = JSON.stringify([subject, relation.type, object])
    if (seen.has(key)) repeats.set(home, (repeats.get(home) ?? 0) + 1)
    else add(bySentence, home, { ...relation, subject, object })
    seen.add(key)
  }
  log.change(
    'relations',
    repeats.values().reduce((sum, count) => sum + count, 0),
  )
  log.change('farRelations', left.length)
  return { bySentence, repeats, left }
}

function add<Item>(lists: Map<number, Item[]>, at: number, item: Item): void {
  const list = lists.get(at)
  if (list) list.push(item)
  else lists.set(at, [item])
}
