/** Counts what formats of annotation tools lose of a Doc: what they have no place for, and what reading again would not give. */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { AnnotatedSpan, Review } from '#main/document/annotation'
import type { Sentence } from '#main/document/doc'
import { charsOf } from '#main/document/char-bounds'
import { marksOf } from './doc-marks.ts'
import { isJsonObject } from './fields.ts'
import { countRemarks, type Loss, type LossCount } from './losses.ts'
import { buildMarkedDoc } from './marked-doc.ts'
import { silentLog } from './marks.ts'
import { createTextRules } from './text-rules.ts'

const lost = {
  pos: ['document loses the parts of speech of its words', 'documents lose the parts of speech of their words'],
  words: ['document loses its words, which are found anew', 'documents lose their words, which are found anew'],
  borders: [
    'document loses its sentence borders, which are found anew',
    'documents lose their sentence borders, which are found anew',
  ],
  empty: ['sentence without words is left out', 'sentences without words are left out'],
  spans: ['span loses white space at its ends', 'spans lose white space at their ends'],
  relations: ['relation of a span that is left out goes with it', 'relations of a span that is left out go with it'],
  unanchored: [
    'triple whose strings are not in the text is left out',
    'triples whose strings are not in the text are left out',
  ],
  repeats: ['triple that the file repeated is written once', 'triples that the file repeated are written once'],
  review: ['sentence loses its review state', 'sentences lose their review state'],
  rejections: ['refused suggestion is left out', 'refused suggestions are left out'],
  history: ['row of the history is left out', 'rows of the history are left out'],
  layers: ['annotation by another is left out', 'annotations by others are left out'],
  extra: ['document loses its further keys', 'documents lose their further keys'],
} as const satisfies Record<string, Loss>

/** Kept: the marks beside spans and relations that a format has a place for. */
export interface Kept {
  readonly words?: boolean
  readonly sentences?: boolean
  /** Parts of speech. */
  readonly pos?: boolean
  readonly remarks?: boolean
  readonly layers?: boolean
  /** Keys of `sourceExtra`; true for all. */
  readonly extra?: true | readonly string[]
  /** True for a review state that the format keeps. */
  readonly isReviewKept?: (review: Review) => boolean
}

export function countMarkLosses(doc: AnnotatedDoc, kept: Kept, losses: LossCount): void {
  if (!kept.pos && doc.tokens.some(({ pos }) => pos !== undefined)) losses.add(lost.pos)
  if (hasFurtherKeys(doc.sourceExtra, kept.extra ?? [])) losses.add(lost.extra)
  if (!kept.layers) losses.add(lost.layers, doc.layers?.length ?? 0)
  for (const annotation of doc.annotations) {
    const { review, rejections, history, unanchored, repeatedTriples } = annotation
    if (!kept.remarks) countRemarks(annotation, losses)
    losses.add(lost.unanchored, unanchored.length)
    losses.add(lost.repeats, repeatedTriples)
    const hasReview = review.isReviewed || review.isFlagged || review.note !== ''
    if (hasReview && !kept.isReviewKept?.(review)) losses.add(lost.review)
    losses.add(lost.rejections, rejections.length)
    losses.add(lost.history, history.length)
  }
  losses.add(lost.empty, doc.sentences.filter(({ start, end }) => start === end).length)
  compareWithReading(doc, kept, losses)
}

function hasFurtherKeys(extra: Json | undefined, kept: true | readonly string[]): boolean {
  if (extra === undefined || kept === true) return false
  return !isJsonObject(extra) || Object.keys(extra).some((key) => !kept.includes(key))
}

/** Reads the marks of the Doc as a reader of the format would, and sees what comes out otherwise. */
function compareWithReading(doc: AnnotatedDoc, kept: Kept, losses: LossCount): void {
  const marks = marksOf(doc)
  const again = buildMarkedDoc(
    {
      text: doc.text,
      rules: createTextRules({})(doc.text),
      ...(kept.words && { tokens: doc.tokens }),
      ...(kept.sentences && { sentences: doc.sentences }),
      layers: [
        {
          spans: marks.spans.map(({ start, end, span }, index) => ({ ...span, id: `${index}`, start, end })),
          relations: marks.relations.map(({ relation, subject, object }) => ({
            ...relation,
            ...{ subject: `${subject}`, object: `${object}` },
          })),
        },
      ],
    },
    silentLog,
  )
  const hasSameWords = isSameList(again.tokens, doc.tokens)
  const borders = doc.sentences.filter(({ start, end }) => start < end)
  const hasSameBorders = isSameList(
    again.sentences.filter(({ start, end }) => start < end),
    borders,
  )
  if (!hasSameWords) losses.add(lost.words)
  else if (!hasSameBorders) losses.add(lost.borders)
  losses.add(lost.relations, countOf(doc.annotations, 'relations') - marks.relations.length)
  if (!hasSameWords) return
  const found = new Set(placesOf(again, again.layers[0]?.annotations ?? []))
  losses.add(lost.spans, placesOf(doc, doc.annotations).filter((place) => !found.has(place)).length)
}

function countOf(annotations: readonly SentenceAnnotation[], kind: 'spans' | 'relations'): number {
  return annotations.reduce((sum, annotation) => sum + annotation[kind].length, 0)
}

function isSameList(a: readonly Sentence[], b: readonly Sentence[]): boolean {
  return a.length === b.length && a.every(({ start, end }, index) => b[index]?.start === start && b[index].end === end)
}

/** Each span as a string of its words in the document, its characters and its label. */
function placesOf(
  { tokens, sentences }: Pick<AnnotatedDoc, 'tokens' | 'sentences'>,
  annotations: readonly SentenceAnnotation[],
) {
  return annotations.flatMap(({ spans }, index) => {
    const { start: first = 0, end = 0 } = sentences[index] ?? {}
    const textStart = tokens[first]?.start ?? 0
    const own = tokens.slice(first, end)
    const place = (span: AnnotatedSpan): string => {
      const chars = span.chars ?? charsOf({ start: span.start, end: span.end }, own)
      const shift = span.chars ? textStart : 0
      return `${first + span.start}:${first + span.end}:${chars.start + shift}:${chars.end + shift}:${span.label}`
    }
    return spans.map(place)
  })
}
