/**
 * Symmetric relation types: the direction of such a relation says nothing. The mention that comes first in the text stands as its subject,
 * of two that begin together the shorter one, and a relation that is stated in both directions is one.
 */
import type { TextTriple } from './labelled-sentence.ts'
import type { SymmetricTypes, Triple, TripleSpan } from './relation.ts'

type Words = Pick<TripleSpan, 'start' | 'end'>

/** Do the ends stand in their order? */
export function isInOrder(subject: Words, object: Words): boolean {
  return subject.start < object.start || (subject.start === object.start && subject.end <= object.end)
}

/** Both ends in the order in which a relation of this type is stored. */
export function orderEnds<End extends Words>(
  symmetric: SymmetricTypes | undefined,
  type: string,
  subject: End,
  object: End,
): readonly [subject: End, object: End] {
  const isTurned = (symmetric?.includes(type) ?? false) && !isInOrder(subject, object)
  return isTurned ? [object, subject] : [subject, object]
}

/** The triples in their order, those of symmetric types marked and each pair once: the first of `better` order. */
export function orderTriples<T extends Triple>(
  triples: readonly T[],
  symmetric: SymmetricTypes | undefined,
  isBetter: (one: T, other: T) => boolean = () => false,
): T[] {
  if (!symmetric || symmetric.length === 0) return [...triples]
  const byKey = new Map<string, T>()
  for (const triple of triples) {
    const [subject, object] = orderEnds(symmetric, triple.type, triple.subject, triple.object)
    const ordered = symmetric.includes(triple.type)
      ? { ...triple, subject, object, isSymmetric: true as const }
      : triple
    const key = JSON.stringify([
      subject.start,
      subject.end,
      subject.label,
      triple.type,
      object.start,
      object.end,
      object.label,
    ])
    const known = byKey.get(key)
    if (!known || isBetter(ordered, known)) byKey.set(key, ordered)
  }
  return [...byKey.values()]
}

/** The strings of a symmetric triple in the order of the alphabet, so that equal ones are equal wherever they stand. */
export function orderText(triple: TextTriple, isSymmetric: boolean): TextTriple {
  const { subject, type, object } = triple
  return isSymmetric && object < subject ? { subject: object, type, object: subject } : triple
}

/** Triples of strings in their order, each once where one is symmetric. */
export function orderTexts(
  triples: readonly TextTriple[],
  symmetric: SymmetricTypes | undefined,
): readonly TextTriple[] {
  if (!symmetric || symmetric.length === 0) return triples
  const ordered = triples.map((triple) => orderText(triple, symmetric.includes(triple.type)))
  return ordered.filter(
    (triple, at) =>
      !symmetric.includes(triple.type) ||
      ordered.findIndex((o) => o.subject === triple.subject && o.type === triple.type && o.object === triple.object) ===
        at,
  )
}
