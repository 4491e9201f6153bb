/** Types and places for what anchoring found by strings: formats that give strings may also say of which type each is, and where it stands. */
import type { AnnotatedSpan, Provenance } from '#main/document/annotation'
import type { TextTriple } from '#main/document/labelled-sentence'
import { untypedEntity } from '#main/labels/label-set'
import { createOffsetTable } from '#main/text/code-points'
import type { TextRange } from '#main/text/range'
import { anchorTriples, type AnchoredSentence, type AnchorOptions, type StatedSentence } from './anchor-triples.ts'
import { foldAccents } from './find-string.ts'
import type { ProblemLog } from './problem-log.ts'

/** A triple whose ends have types of their own. */
export interface TypedTriple extends TextTriple {
  readonly subjectType?: string | undefined
  readonly objectType?: string | undefined
}

export interface Mention {
  readonly text: string
  readonly label: string
  /** Place in the text, in code points, where the file gives one and the string does stand there. */
  readonly place?: TextRange | undefined
}

export interface TypedSentence extends Pick<StatedSentence, 'text' | 'tokens'> {
  readonly triples: readonly TypedTriple[]
  readonly mentions?: readonly Mention[]
}

/**
 * Anchors strings as `anchorTriples` does. A string whose mention has a place goes there, and takes the type of its mention unless
 * its triple states one. Spans of one place and several types stand beside each other.
 */
export function anchorTyped(sentence: TypedSentence, options: AnchorOptions, log: ProblemLog): AnchoredSentence {
  const { text, triples, mentions = [] } = sentence
  const loose = mentions.filter(({ place }) => !place).map((mention) => mention.text)
  const { tokens, annotation } = anchorTriples({ ...sentence, entities: loose }, options, log)
  const table = createOffsetTable(text)
  const wordRange = createWordRanges(tokens)
  const keyAt = ({ start, end }: TextRange): string =>
    keyOf(table.slice(tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0))
  const placed = mentions.flatMap((mention) => {
    const range = mention.place && wordRange(mention.place)
    return range ? [{ ...mention, ...range }] : []
  })
  const labelOf = (string: string): string | undefined => alike(mentions, string)[0]?.label
  const spans = createSpans({ origin: 'import', author: options.fileName })
  for (const { start, end, label } of placed) spans.at({ start, end }, label)

  const found = triples.filter((triple) => !annotation.unanchored.includes(triple))
  const byId = new Map(annotation.spans.map((span) => [span.id, span]))
  const related = new Set<string>()
  /** Relations of which an end is not known by the place of its one mention. */
  const unsure = new Set<string>()
  const endOf = (relationId: string, id: string, string: string, type: string | undefined): string => {
    related.add(id)
    const first = byId.get(id) ?? { start: 0, end: 0 }
    const own = alike(placed, string)
    if (own.length !== 1) unsure.add(relationId)
    const place = own.find(({ start, end }) => start === first.start && end === first.end) ?? own[0] ?? first
    const label = type ?? own.find(({ start, end }) => start === place.start && end === place.end)?.label
    return spans.at(place, label ?? labelOf(string) ?? untypedEntity)
  }
  const relations = annotation.relations.map((relation, at) => {
    const { subject = '', object = '', subjectType, objectType } = found[at] ?? {}
    return {
      ...relation,
      subject: endOf(relation.id, relation.subject, subject, subjectType),
      object: endOf(relation.id, relation.object, object, objectType),
    }
  })
  for (const span of annotation.spans) if (!related.has(span.id)) spans.at(span, labelOf(keyAt(span)) ?? untypedEntity)
  const ambiguousAnchors = Math.min(annotation.ambiguousAnchors, unsure.size)
  return { tokens, annotation: { ...annotation, spans: spans.all(), relations, ambiguousAnchors } }
}

/** The mentions of a string: those spelled the same, else those that `keyOf` takes for the same. */
function alike<Of extends Mention>(mentions: readonly Of[], string: string): Of[] {
  const same = mentions.filter(({ text }) => text === string)
  return same.length > 0 ? same : mentions.filter(({ text }) => keyOf(text) === keyOf(string))
}

/** Strings are the same mention when they differ in white space, or in accents that the text has lost, alone. */
function keyOf(string: string): string {
  return foldAccents(string).trim().replaceAll(/\s+/g, ' ')
}

function createWordRanges(tokens: readonly TextRange[]): (place: TextRange) => TextRange | undefined {
  const firstAt = new Map(tokens.map(({ start }, index) => [start, index]))
  const lastAt = new Map(tokens.map(({ end }, index) => [end, index + 1]))
  return (place) => {
    const [start, end] = [firstAt.get(place.start), lastAt.get(place.end)]
    return start === undefined || end === undefined ? undefined : { start, end }
  }
}

/** Spans by their place and type, each once. */
function createSpans(provenance: Provenance) {
  const byKey = new Map<string, AnnotatedSpan>()
  return {
    all: () => [...byKey.values()],
    at({ start, end }: TextRange, label: string): string {
      const key = `${start}:${end}:${label}`
      const span = byKey.get(key) ?? { id: `s${byKey.size + 1}`, start, end, label, provenance }
      byKey.set(key, span)
      return span.id
    },
  }
}
