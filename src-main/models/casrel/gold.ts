/** Gold of CasRel: the subjects of each sentence, and the objects of each subject. */
import type { ModelConfig } from '#main/runs/config'
import type { SentenceGold, UnencodedGold } from '../family.ts'
import { startsOf } from '../shared/batch.ts'
import { typeOf } from '../shared/entity-types.ts'

/** Rows of the words of a span, end exclusive. */
export interface RowRange {
  readonly start: number
  readonly end: number
}

export interface GoldSubject extends RowRange {
  /** Rows of its sentence. */
  readonly sentence: RowRange
  /** Its objects, each with the index of its relation. */
  readonly objects: readonly (RowRange & { readonly relation: number })[]
}

export interface CasrelGold {
  readonly subjects: readonly GoldSubject[]
  /** Spans that take part in a triple, each with the output of its type. */
  readonly spans: readonly (RowRange & { readonly type: number })[]
}

type Labels = Pick<ModelConfig, 'tags' | 'untypedLabel' | 'relations'>

export function encodeGold(sentences: readonly SentenceGold[], config: Labels): CasrelGold {
  const starts = startsOf(sentences.map(({ words }) => words.length))
  const encoded = sentences.map((sentence, at) => encodeSentence(sentence, starts[at] ?? 0, config))
  return { subjects: encoded.flatMap(({ subjects }) => subjects), spans: encoded.flatMap(({ spans }) => spans) }
}

function encodeSentence({ words, triples }: SentenceGold, first: number, config: Labels): CasrelGold {
  const sentence = { start: first, end: first + words.length }
  const known = triples.filter(({ type }) => config.relations.includes(type))
  const range = ({ start, end }: RowRange): RowRange => ({ start: first + start, end: first + end })
  const bySubject = Map.groupBy(known, ({ subject }) => `${subject.start} ${subject.end}`)
  const subjects = [...bySubject.values()].flatMap((own) =>
    own.slice(0, 1).map(({ subject }) => ({
      ...range(subject),
      sentence,
      objects: own.map(({ object, type }) => ({ ...range(object), relation: config.relations.indexOf(type) })),
    })),
  )
  const ends = known.flatMap(({ subject, object }) => [subject, object])
  const spans = new Map(ends.map((span) => [`${span.start} ${span.end} ${span.label}`, span]))
  const typed = [...spans.values()].map((span) => ({ ...range(span), type: typeOf(span.label, config) }))
  return {
    subjects: subjects.sort((a, b) => a.start - b.start || a.end - b.end),
    spans: typed.filter(({ type }) => type >= 0),
  }
}

/** Spans that take part in no triple cannot be learnt, since subjects and objects are all that is found. */
export function countUnencoded({ spans, triples }: SentenceGold, config: Labels): UnencodedGold {
  const related = new Set(
    triples.flatMap(({ subject, object }) => [subject, object].map(({ start, end }) => `${start} ${end}`)),
  )
  const unknownTriples = triples.filter(({ type }) => !config.relations.includes(type)).length
  const unknownSpans = spans.filter(({ label }) => typeOf(label, config) < 0).length
  return {
    overlapping: 0,
    unknownType: unknownTriples + unknownSpans,
    unrelated: spans.filter(({ start, end }) => !related.has(`${start} ${end}`)).length,
  }
}
