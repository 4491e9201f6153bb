/**
 * Overlap classes of sentences by the strings of their triples: Normal, SEO and EPO as CasRel counts them, SOO as PRGC
 * does.
 */
import { goldTextTriples } from './match-items.ts'
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'

type OverlapClass = 'Normal' | 'SEO' | 'EPO'

/**
 * Triples of a sentence that are counted. `list`: all that the file states, repeated ones included; published counts
 * are of this kind. `set`: every triple once, as scores count them.
 */
export type TripleCounting = 'list' | 'set'

/** Numbers of sentences. A sentence can be SEO and EPO at once, and SOO beside any class. */
export interface ClassCounts extends Readonly<Record<OverlapClass, number>> {
  readonly SOO: number
  /** Number of Normal sentences that are not SOO, which PRGC publishes as Normal. */
  readonly normalWithoutSoo: number
}

/**
 * Classes of one sentence. EPO: an ordered pair of entities stands in more than one triple. SEO: there are fewer
 * entities than two for every distinct pair. Normal: neither. A sentence without triples has no class.
 * @param triples the gold triples of the sentence, where they are at hand.
 * Source: CasRel (Wei et al. 2020), whose released script counts lists.
 */
export function overlapClasses(
  sentence: LabelledSentence,
  counting: TripleCounting,
  triples: readonly TextTriple[] = goldTextTriples(sentence),
): readonly OverlapClass[] {
  if (triples.length === 0) return []
  const { pairs, entities } = triples.length > fewTriples ? countMany(triples) : countFew(triples)
  const count = triples.length + (counting === 'list' ? (sentence.repeatedTriples ?? 0) : 0)
  const [isSeo, isEpo] = [entities !== 2 * pairs, pairs !== count]
  if (isSeo) return isEpo ? ['SEO', 'EPO'] : ['SEO']
  return isEpo ? ['EPO'] : ['Normal']
}

/** Number of triples up to which comparing each with each is quicker than making keys. */
const fewTriples = 8

/** Numbers of different pairs and of different entities. */
interface Different {
  readonly pairs: number
  readonly entities: number
}

function countFew(triples: readonly TextTriple[]): Different {
  const entities: string[] = []
  let pairs = 0
  for (const [at, { subject, object }] of triples.entries()) {
    if (!entities.includes(subject)) entities.push(subject)
    if (!entities.includes(object)) entities.push(object)
    if (triples.findIndex((other) => other.subject === subject && other.object === object) === at) pairs++
  }
  return { pairs, entities: entities.length }
}

function countMany(triples: readonly TextTriple[]): Different {
  const pairs = new Set(triples.map(({ subject, object }) => JSON.stringify([subject, object])))
  return { pairs: pairs.size, entities: new Set(triples.flatMap(({ subject, object }) => [subject, object])).size }
}

/**
 * Whether in one of the triples the subject's string is part of the object's, or the other way round, letter by
 * letter.
 * Source: PRGC (Zheng et al. 2021), `process4detailed.py`.
 */
export function isSoo(sentence: LabelledSentence, triples: readonly TextTriple[] = goldTextTriples(sentence)): boolean {
  return triples.some(({ subject, object }) => subject.includes(object) || object.includes(subject))
}

export function countClasses(sentences: readonly LabelledSentence[], counting: TripleCounting): ClassCounts {
  const found = sentences.map((sentence) => ({ classes: overlapClasses(sentence, counting), isSoo: isSoo(sentence) }))
  const countOf = (name: OverlapClass) => found.filter(({ classes }) => classes.includes(name)).length
  return {
    Normal: countOf('Normal'),
    SEO: countOf('SEO'),
    EPO: countOf('EPO'),
    SOO: found.filter((sentence) => sentence.isSoo).length,
    normalWithoutSoo: found.filter((sentence) => sentence.classes.includes('Normal') && !sentence.isSoo).length,
  }
}
