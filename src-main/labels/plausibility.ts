/** Plausibility of a triple: whether its relation type may join spans of these types, by the label set and by what training has shown. */
import type { Plausibility } from '#main/document/extracted-document'
import type { Signature } from './label-set.ts'

/** Which triples an extraction keeps: any, those that the label set does not forbid, or those that it allows or training has seen. */
export const pairRules = ['any', 'label-set', 'seen'] as const
export type PairRule = (typeof pairRules)[number]

export interface KnownPairs {
  /** Signatures of the label set; a relation type without any may join anything. */
  readonly signatures: readonly Signature[]
  /** Those of the triples that training has seen. */
  readonly seen: readonly Signature[]
}

export type PlausibilityOf = (relation: string, subject: string, object: string) => Plausibility | null

/** Null for spans without a type, as those of a model of relations alone: nothing can be told of them. */
export function createPlausibility({ signatures, seen }: KnownPairs): PlausibilityOf {
  const keyOf = ({ relation, subject, object }: Signature): string => JSON.stringify([relation, subject, object])
  const allowed = new Set(signatures.map(keyOf))
  const shown = new Set(seen.map(keyOf))
  const bound = new Set(signatures.map(({ relation }) => relation))
  return (relation, subject, object) => {
    if (subject === '' || object === '') return null
    const key = keyOf({ relation, subject, object })
    if (bound.has(relation)) return allowed.has(key) ? 'allowed' : 'forbidden'
    return shown.has(key) ? 'seen' : 'unseen'
  }
}

/** What of the triples a rule keeps; those of which nothing can be told stay. */
export function passes(rule: PairRule, plausibility: Plausibility | null): boolean {
  if (rule === 'any' || plausibility === null) return true
  return plausibility === 'forbidden' ? false : rule === 'label-set' || plausibility !== 'unseen'
}
