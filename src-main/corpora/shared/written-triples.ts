/** Triples of mentions, as exports of graphs have them: an entity is a string with a type, wherever it stands. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Provenance } from '#main/document/annotation'
import { untypedEntity } from '#main/labels/label-set'
import type { Loss, LossCount } from './losses.ts'
import { countUnkept, type Part } from './unkept.ts'
import { toWholeWords } from './whole-words.ts'
import { writtenSentence } from './written-text.ts'

/** Parts of a corpus that exports of its triples keep, in plain words. */
export const keptOfTriples: readonly string[] = [
  'triples of names',
  'names and types of entities',
  'document, sentence, author and confidence of each triple',
]

export interface Entity {
  /** The words of the span, spelled as in the text. */
  readonly name: string
  /** null where nothing says of which type it is. */
  readonly type: string | null
}

export interface WrittenTriple {
  readonly subject: Entity
  readonly type: string
  readonly object: Entity
  readonly docId: string
  /** Number of the sentence in its document, from 1. */
  readonly sentence: number
  /** null for triples whose strings do not stand in their sentence. */
  readonly provenance: Provenance | null
}

export interface WrittenTriples {
  /** Entities of all spans, each once. */
  readonly entities: readonly Entity[]
  readonly triples: readonly WrittenTriple[]
}

/** The triples of a Doc, without its words and places. A triple that a sentence states several times stands there once. */
export function triplesOf(doc: AnnotatedDoc): WrittenTriples {
  const entities = new Map<string, Entity>()
  const triples: WrittenTriple[] = []
  doc.sentences.forEach((sentence, at) => {
    const annotation = doc.annotations[at]
    if (!annotation) return
    const { spans, relations, unanchored } = toWholeWords(annotation)
    const { textOf } = writtenSentence(doc, sentence)
    const byId = new Map(
      spans.map((span) => [span.id, { name: textOf(span), type: span.label === untypedEntity ? null : span.label }]),
    )
    for (const entity of byId.values()) entities.set(keyOf(entity), entity)
    const place = { docId: doc.id, sentence: at + 1 }
    const own = [
      ...relations.flatMap(({ subject: from, type, object: to, provenance }): WrittenTriple[] => {
        const [subject, object] = [byId.get(from), byId.get(to)]
        return subject && object ? [{ subject, type, object, ...place, provenance }] : []
      }),
      ...unanchored.map(({ subject, type, object }) => ({
        ...{ subject: { name: subject, type: null }, type, object: { name: object, type: null } },
        ...{ ...place, provenance: null },
      })),
    ]
    const unique = new Map(own.toReversed().map((triple) => [tripleKey(triple), triple]))
    triples.push(...own.filter((triple) => unique.get(tripleKey(triple)) === triple))
  })
  return { entities: [...entities.values()], triples }
}

export function keyOf({ name, type }: Entity): string {
  return JSON.stringify([name, type])
}

function tripleKey({ subject, type, object }: WrittenTriple): string {
  return `${keyOf(subject)} ${JSON.stringify(type)} ${keyOf(object)}`
}

const texts: Loss = [
  'sentence loses its text and the places of its spans',
  'sentences lose their text and the places of their spans',
]
const equal: Loss = [
  'triple of the same words as another of its sentence becomes one with it',
  'triples of the same words as others of their sentence become one with them',
]

/** Losses of formats that hold triples alone. `kept` adds to relations, types and triples of strings. */
export function countTripleLosses(doc: AnnotatedDoc, losses: LossCount, kept: readonly Part[] = []): void {
  const always = ['documents', 'sentences', 'pos', 'spacing', 'types', 'relations', 'unanchored'] as const
  losses.add(texts, doc.sentences.filter(({ start, end }, at) => start < end && doc.annotations[at]).length)
  countUnkept(doc, new Set<Part>([...always, ...kept]), losses)
  const stated = doc.annotations.reduce(
    (sum, { relations, unanchored }) => sum + relations.length + unanchored.length,
    0,
  )
  losses.add(equal, stated - triplesOf(doc).triples.length)
}
