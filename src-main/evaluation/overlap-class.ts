/** Overlap classes of a sentence's unique triples, by the rules of CasRel: Normal, SEO, EPO; and SOO beside them. */
import { goldTextTriples } from './match-items.ts'
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'

type OverlapClass = 'Normal' | 'SEO' | 'EPO'

/**
 * EPO: an ordered pair has two relations, or the source states its triple twice: the published counts come from lists,
 * not sets. SEO: over distinct pairs, entities are shared. Both may hold; a sentence with neither is Normal, one without
 * triples has no class.
 */
export function overlapClasses(sentence: LabelledSentence): readonly OverlapClass[] {
  const triples = goldTextTriples(sentence)
  if (triples.length === 0) return []
  const pairs = new Set(triples.map(pairKey))
  const entities = new Set(triples.flatMap(({ subject, object }) => [subject, object]))
  const repeated = sentence.repeatedTriples ?? 0
  if (entities.size === 2 * (triples.length + repeated)) return ['Normal']
  return [
    ...(entities.size !== 2 * pairs.size ? (['SEO'] as const) : []),
    ...(pairs.size !== triples.length + repeated ? (['EPO'] as const) : []),
  ]
}

/** SOO: a triple whose subject and object share words. */
export function isSoo(sentence: LabelledSentence): boolean {
  return sentence.triples.some(({ subject, object }) => subject.start < object.end && object.start < subject.end)
}

function pairKey({ subject, object }: TextTriple): string {
  return JSON.stringify([subject, object])
}
