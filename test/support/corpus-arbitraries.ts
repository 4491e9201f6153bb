/** Arbitrary corpora: texts with astral characters, combining marks, CRLF and right-to-left words, annotated at random. */
import fc from 'fast-check'
import type { AnnotatedDoc, RecordedOperation, SentenceAnnotation } from '#main/document/annotated-doc'
import type { AnnotatedSpan, Provenance, Rejection, Review } from '#main/document/annotation'
import { charsOf, fitChars, type WordPlaces } from '#main/document/char-bounds'
import type { Split, Token } from '#main/document/doc'
import { layerKinds } from '#main/document/layer'
import type { TextTriple } from '#main/document/labelled-sentence'
import { isEmptyRemark, type Remarkable } from '#main/document/remark'

/** Words without U+0020 that make offsets hard: 😀 takes two UTF-16 units, the first Cancún five code points and the next six. */
export const word = fc.constantFrom(
  'Mara',
  'Velt',
  '.',
  '😀',
  'Canc\u00fan',
  'Cancu\u0301n',
  '👩‍🔬',
  'שלום',
  'مرحبا',
  'a\u00a0b',
  '"',
  '\\',
  '𝒳y',
)
const gap = fc.constantFrom(' ', '  ', '\r\n', '\t', '')
/** Most texts state none. */
const pos = fc.constantFrom(undefined, undefined, 'NNP', '"')
const type = fc.constantFrom('founder_of', 'based_in', '関係')
const label = fc.constantFrom('PERSON', 'PLACE')
const name = fc.constantFrom('Ada', 'corpus.json', 'run 7')

const provenance: fc.Arbitrary<Provenance> = fc
  .record({
    origin: fc.constantFrom('person', 'run', 'import', 'propagated', 'rule'),
    author: name,
    confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  })
  .map(({ origin, author, confidence }) => ({
    origin,
    author,
    ...(confidence !== undefined && { confidence: confidence === 0 ? 0 : confidence }), // JSON has no negative zero
  }))

const review: fc.Arbitrary<Review> = fc.record({ isReviewed: fc.boolean(), isFlagged: fc.boolean(), note: fc.string() })

const remark: fc.Arbitrary<Remarkable> = fc
  .option(fc.record({ note: fc.string(), isFlagged: fc.boolean() }), { nil: undefined })
  .map((value) => (value === undefined || isEmptyRemark(value) ? {} : { remark: value }))

/** One of its strings stands in no sentence: that is what makes a triple unanchored. */
const textTriple: fc.Arbitrary<TextTriple> = fc.record({ subject: fc.constant('Nobody'), type, object: word })

/** The first item of each key: what a sentence states again is taken once. */
function unique<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): Item[] {
  return [...new Map(items.toReversed().map((item) => [JSON.stringify(keyOf(item)), item])).values()].toReversed()
}

/** Spans of whole words and of parts of them. */
function spansIn({ words, tokens }: WordPlaces): fc.Arbitrary<AnnotatedSpan[]> {
  if (words.length === 0) return fc.constant([])
  const cut = fc.record({ start: fc.nat(2), end: fc.nat(2) })
  const size = fc.integer({ min: 1, max: 3 })
  return fc
    .array(fc.tuple(fc.nat(words.length - 1), size, label, provenance, remark, cut), { maxLength: 4 })
    .map((parts) => {
      const spans = parts.map(([start, length, spanLabel, from, noted, off], index) => {
        const whole = { start, end: Math.min(words.length, start + length) }
        const bounds = charsOf(whole, tokens)
        const inner = { start: bounds.start + off.start, end: bounds.end - off.end }
        const range = fitChars(inner, { words, tokens }) ?? whole
        return { id: `s${index}`, ...range, label: spanLabel, provenance: from, ...noted }
      })
      return unique(spans, ({ start, end, label: type, ...span }: AnnotatedSpan) => [start, end, span.chars, type])
    })
}

/** An annotation of a sentence, with self relations and equal triples among the rest. */
function annotationOf(text: WordPlaces): fc.Arbitrary<SentenceAnnotation> {
  return spansIn(text).chain((spans) =>
    fc.record({
      spans: fc.constant(spans),
      relations: fc
        .array(fc.tuple(fc.nat(9), type, fc.nat(9), provenance, remark), { maxLength: spans.length === 0 ? 0 : 4 })
        .map((parts) => {
          const relations = parts.map(([subject, relationType, object, from, noted], index) => ({
            id: `r${index}`,
            subject: spans[subject % spans.length]?.id ?? '',
            type: relationType,
            object: spans[object % spans.length]?.id ?? '',
            provenance: from,
            ...noted,
          }))
          return unique(relations, ({ subject, type: relationType, object }) => [subject, relationType, object])
        }),
      unanchored: fc.array(textTriple, { maxLength: 2 }),
      ambiguousAnchors: fc.nat(3),
      repeatedTriples: fc.nat(2),
      rejections: fc
        .array(fc.tuple(fc.constantFrom('span', 'relation'), provenance), { maxLength: 2 })
        .map((parts) =>
          parts.map(([kind, from], i): Rejection => ({ id: `x${i}`, kind, key: '0:1:PLACE', provenance: from })),
        ),
      review,
      history: fc.array(fc.tuple(name, fc.nat(), review, review, fc.boolean()), { maxLength: 3 }).map((rows) =>
        rows.map(([author, atMs, before, after, isUndo], index): RecordedOperation => ({
          author,
          atMs,
          description: 'review changed',
          changes: [
            { kind: 'review', before, after },
            ...spans.slice(0, 1).map((span) => ({ kind: 'span', before: null, after: span }) as const),
          ],
          undoes: isUndo && index > 0 ? index - 1 : null,
        })),
      ),
    }),
  )
}

/** A Doc of up to three sentences; the text may begin and end with anything, and sentences may be empty. */
export const annotatedDoc: fc.Arbitrary<AnnotatedDoc> = fc
  .record({
    id: fc.string(),
    split: fc.option(fc.constantFrom<Split>('train', 'dev', 'test'), { nil: undefined }),
    lead: gap,
    sentences: fc.array(fc.array(fc.tuple(word, gap, pos), { maxLength: 6 }), { maxLength: 3 }),
    sourceExtra: fc.option(fc.dictionary(fc.string(), fc.jsonValue().map(toJson)), { nil: undefined }),
    splitting: fc.option(
      fc.record({
        language: fc.constantFrom('en' as const, 'zh' as const),
        han: fc.constantFrom('characters' as const, 'words' as const),
        rules: fc.integer({ min: 1, max: 2 }),
      }),
      { nil: undefined },
    ),
  })
  .chain(({ id, split, lead, sentences, sourceExtra, splitting }) => {
    let text = lead
    let length = [...lead].length
    let count = 0
    const tokens: Token[] = []
    const ranges = sentences.map((words) => {
      for (const [spelling, after, pos] of words) {
        tokens.push({ start: length, end: length + [...spelling].length, ...(pos !== undefined && { pos }) })
        text += spelling + after
        length += [...spelling].length + [...after].length
      }
      count += words.length
      return { start: count - words.length, end: count }
    })
    const letters = [...text]
    const textOf = ({ start, end }: { start: number; end: number }): WordPlaces => {
      const own = tokens.slice(start, end)
      const from = own[0]?.start ?? 0
      return {
        words: own.map((token) => letters.slice(token.start, token.end).join('')),
        tokens: own.map((token) => ({ start: token.start - from, end: token.end - from })),
      }
    }
    const layer = fc
      .record({
        name,
        kind: fc.constantFrom(...layerKinds),
        annotations: fc.tuple(...ranges.map((range) => fc.option(annotationOf(textOf(range))))),
      })
      .filter(({ annotations }) => annotations.some((annotation) => annotation !== null)) // a layer is what it says
    const layers = fc.uniqueArray(layer, {
      maxLength: ranges.length === 0 ? 0 : 2,
      selector: ({ kind, name: of }) => `${kind} ${of}`,
    })
    return fc
      .tuple(fc.tuple(...ranges.map((range) => annotationOf(textOf(range)))), layers)
      .map(([annotations, others]) => ({
        id,
        ...(split && { split }),
        text,
        tokens,
        sentences: ranges,
        annotations,
        ...(sourceExtra !== undefined && { sourceExtra }),
        ...(splitting && { splitting }),
        ...(others.length > 0 && { layers: others }),
      }))
  })

export const annotatedDocs = fc.array(annotatedDoc, { maxLength: 4 })

/** JSON text has no negative zero. */
function toJson(value: unknown): never {
  return JSON.parse(JSON.stringify(value)) as never // fc.jsonValue gives Json, which its type does not say
}
