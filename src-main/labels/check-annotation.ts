/** What an annotation holds that its label set, or the one layer of BIOES tags, cannot. Listed, never refused. */
import type { Annotation } from '#main/document/annotation'
import { overlaps } from '#main/document/span'
import { legalRelationTypes, type LabelSet } from './label-set.ts'

export interface Violation {
  readonly kind: 'unknown-entity-type' | 'unknown-relation-type' | 'signature' | 'overlap'
  /** A plain sentence that names the words. */
  readonly message: string
  /** Where to look: ids of the spans, and of the relation if it is about one. */
  readonly spanIds: readonly string[]
  readonly relationId: string | null
}

/** All violations, spans first, in the order of the annotation. */
export function violationsOf(
  labels: LabelSet,
  { spans, relations }: Pick<Annotation, 'spans' | 'relations'>,
  words: readonly string[],
): Violation[] {
  const byId = new Map(spans.map((span) => [span.id, span]))
  const say = ({ start, end }: { start: number; end: number }) => words.slice(start, end).join(' ')
  const entityTypes = new Set(labels.entityTypes.map(({ name }) => name))
  const relationTypes = new Set(labels.relationTypes.map(({ name }) => name))
  const found: Violation[] = []

  spans.forEach((span, index) => {
    if (!entityTypes.has(span.label))
      found.push({
        kind: 'unknown-entity-type',
        message: `${say(span)} is labelled ${span.label}, which the label set does not know`,
        spanIds: [span.id],
        relationId: null,
      })
    for (const other of spans.slice(index + 1))
      if (overlaps(span, other))
        found.push({
          kind: 'overlap',
          message: `${say(span)} and ${say(other)} overlap: tags hold one of them, so the other is not trained on`,
          spanIds: [span.id, other.id],
          relationId: null,
        })
  })

  for (const { id, subject, object, type } of relations) {
    const from = byId.get(subject)
    const to = byId.get(object)
    if (!from || !to) continue
    const place = { spanIds: [subject, object], relationId: id }
    if (!relationTypes.has(type))
      found.push({
        kind: 'unknown-relation-type',
        message: `${say(from)} to ${say(to)} is ${type}, which the label set does not know`,
        ...place,
      })
    else if (!legalRelationTypes(labels, from.label, to.label).some(({ name }) => name === type))
      found.push({
        kind: 'signature',
        message: `${type} may not go from ${from.label} (${say(from)}) to ${to.label} (${say(to)})`,
        ...place,
      })
  }
  return found
}
