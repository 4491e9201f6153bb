/** Triples given as strings → spans and relations among the words of a sentence. */
import { emptyAnnotation, type AnnotatedRelation, type AnnotatedSpan, type Provenance } from '#main/document/annotation'
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import type { Token } from '#main/document/doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import { untypedEntity } from '#main/labels/label-set'
import type { TextRange } from '#main/text/range'
import { createStringFinder, type FinderOptions, type StringPlaces } from './find-string.ts'
import type { ProblemLog } from './problem-log.ts'

/** One sentence of a file that gives strings: its text with its words, and what is said of it. */
export interface StatedSentence {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly triples: readonly TextTriple[]
  /** Entities whether or not they stand in a triple; one that is listed again stands at its next occurrence. */
  readonly entities?: readonly string[]
}

export interface AnchorOptions extends FinderOptions {
  readonly foldAccents: boolean
  readonly fileName: string
  /** Number of the record. */
  readonly record: number
}

export interface AnchoredSentence {
  /** The words, of which some are split where a string begins or ends within one. */
  readonly tokens: readonly Token[]
  readonly annotation: Omit<SentenceAnnotation, 'repeatedTriples'>
}

interface FoundTriple {
  readonly triple: TextTriple
  readonly subject: StringPlaces
  readonly object: StringPlaces
}

/** Every string of a triple stands at its first occurrence; how many triples could stand elsewhere too is counted. */
export function anchorTriples(sentence: StatedSentence, options: AnchorOptions, log: ProblemLog): AnchoredSentence {
  const finder = createStringFinder(sentence.text, sentence.tokens, options)
  const { record, foldAccents } = options
  const found: FoundTriple[] = []
  const unanchored: TextTriple[] = []
  let helpedByFolding = 0
  for (const triple of sentence.triples) {
    const [subject, object] = [triple.subject, triple.object].map((string) => finder.find(string, foldAccents))
    if (subject && object) {
      found.push({ triple, subject, object })
      continue
    }
    unanchored.push(triple)
    const missing = subject ? triple.object : triple.subject
    const folded = [triple.subject, triple.object].map((string) => finder.find(string, true))
    if (folded.every((places) => places !== null)) helpedByFolding++
    const absence = describeAbsence(missing, sentence.text, finder.find(missing, true))
    log.note(record, `"${missing}" ${absence}; the triple counts in scoring but cannot be trained on`)
  }
  if (helpedByFolding > 0) log.offer('foldAccents', helpedByFolding)

  const places = found.flatMap(({ triple, subject, object }) => [
    { string: triple.subject, ...subject },
    { string: triple.object, ...object },
  ])
  for (const spelling of ['composed', 'accents'] as const)
    log.change(
      spelling,
      record,
      new Set(places.filter((one) => one.spelling === spelling).map(({ string }) => string)).size,
    )
  const tokens = splitAt(
    sentence.tokens,
    places.flatMap(({ places: [first] }) => (first ? [first.start, first.end] : [])),
  )
  log.change('split', record, countSplit(sentence.tokens, tokens))

  const spans = createSpans(tokens, { origin: 'import', author: options.fileName })
  const relations = found.map(({ triple, subject, object }, index): AnnotatedRelation => ({
    id: `r${index + 1}`,
    subject: spans.at(subject.places[0]).id,
    object: spans.at(object.places[0]).id,
    type: triple.type,
    provenance: spans.provenance,
  }))
  for (const [entity, listed] of countEach(sentence.entities ?? [])) {
    const stands = finder.find(entity, foldAccents)
    for (const place of stands?.places.slice(0, listed) ?? []) spans.at(place)
    if (!stands)
      log.note(
        record,
        `"${entity}" ${describeAbsence(entity, sentence.text, finder.find(entity, true))}; it is left out`,
      )
  }
  const ambiguousAnchors = found.filter(
    ({ subject, object }) => subject.places.length > 1 || object.places.length > 1,
  ).length
  return {
    tokens,
    annotation: { ...emptyAnnotation, spans: spans.all(), relations, unanchored, ambiguousAnchors, history: [] },
  }
}

/** Spans by their place: each place has one. */
function createSpans(tokens: readonly Token[], provenance: Provenance) {
  const byPlace = new Map<string, AnnotatedSpan>()
  const firstAt = new Map(tokens.map(({ start }, index) => [start, index]))
  const lastAt = new Map(tokens.map(({ end }, index) => [end, index + 1]))
  return {
    provenance,
    all: () => [...byPlace.values()],
    at(place: TextRange | undefined): AnnotatedSpan {
      const [start, end] = [firstAt.get(place?.start ?? -1), lastAt.get(place?.end ?? -1)]
      if (start === undefined || end === undefined) throw new RangeError('a string stands where no word begins or ends')
      const span = byPlace.get(`${start}:${end}`) ?? {
        ...{ id: `s${byPlace.size + 1}`, start, end },
        ...{ label: untypedEntity, provenance },
      }
      byPlace.set(`${start}:${end}`, span)
      return span
    },
  }
}

/** The tokens with a border at each of these code points. */
function splitAt(tokens: readonly Token[], borders: readonly number[]): readonly Token[] {
  const edges = new Set(tokens.flatMap(({ start, end }) => [start, end]))
  const inner = [...new Set(borders)].filter((border) => !edges.has(border)).sort((a, b) => a - b)
  if (inner.length === 0) return tokens
  return tokens.flatMap((token) => {
    const cuts = inner.filter((cut) => cut > token.start && cut < token.end)
    return [token.start, ...cuts].map((start, index) => ({ ...token, start, end: cuts[index] ?? token.end }))
  })
}

/** Counts the tokens that were split. */
function countSplit(before: readonly Token[], after: readonly Token[]): number {
  if (before === after) return 0
  const ends = new Map(after.map(({ start, end }) => [start, end]))
  return before.filter(({ start, end }) => ends.get(start) !== end).length
}

function countEach(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

/** Why a string was not found, as far as the sentence tells. */
function describeAbsence(string: string, text: string, folded: StringPlaces | null): string {
  const [place] = folded?.places ?? []
  if (place) return `stands in the sentence only as "${[...text].slice(place.start, place.end).join('')}"`
  return text.includes(string) ? 'stands in the sentence only as a part of words' : 'does not stand in the sentence'
}
