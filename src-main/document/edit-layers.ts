/** Taking over what another layer says: one difference, or the whole layer, as one operation. What is taken keeps its origin. */
import type { AnnotatedRelation, AnnotatedSpan, Annotation } from './annotation.ts'
import { relationKey, spanKey } from './annotation.ts'
import { deleteSpan, forgetRejection, quote, spanOf, type Edit, type EditContext } from './edit.ts'
import { quoteEnds } from './edit-relations.ts'
import { applyChanges, squashChanges, type Change } from './operation.ts'
import {
  compareLayer,
  type LayerDifference,
  type RelationDifference,
  type SpanDifference,
} from './layer-differences.ts'
import type { SentenceLayer } from './layer.ts'
import { withRange } from './span.ts'

/** Makes the annotation say what the layer says at one difference. A relation brings along the spans it needs. */
export function takeDifference(
  annotation: Annotation,
  layer: SentenceLayer,
  difference: LayerDifference,
  context: EditContext,
): Edit {
  const counterparts = new Map(compareLayer(annotation, layer.annotation).counterparts)
  const changes = follow(annotation, layer, difference, counterparts, context)
  return { changes, description: `As in ${layer.name}: ${describeDifference(annotation, layer, difference, context)}` }
}

/** Makes the annotation say what the layer says: adds, changes and removes. Review state, refusals and remarks stay. */
export function takeLayer(annotation: Annotation, layer: SentenceLayer, context: EditContext): Edit {
  const comparison = compareLayer(annotation, layer.annotation)
  if (comparison.differences.length === 0)
    return { changes: [], description: `The annotation is what ${layer.name} says already` }
  const changes = followWhere(annotation, layer, () => true, context)
  return { changes: squashChanges(changes), description: `As in ${layer.name}: ${countKinds(comparison.differences)}` }
}

/** An annotation as it stands while changes are made to it, compared with a layer. */
export interface Following {
  readonly annotation: Annotation
  readonly counterparts: ReadonlyMap<string, string>
}

/**
 * Changes that make the annotation say what the layer says at the differences that are meant.
 * @param counterpartOf span of the annotation that stands for one of the layer which has no counterpart by its words
 */
export function followWhere(
  annotation: Annotation,
  layer: SentenceLayer,
  isMeant: (difference: LayerDifference, following: Following) => boolean,
  context: EditContext,
  counterpartOf: (span: AnnotatedSpan, annotation: Annotation) => string | undefined = () => undefined,
): Change[] {
  let current = annotation
  const changes: Change[] = []
  // what the annotation holds twice is one difference at a time, so that it takes as many rounds as there are copies
  for (let round = 0; round <= annotation.spans.length + annotation.relations.length; round++) {
    const comparison = compareLayer(current, layer.annotation)
    const counterparts = new Map(comparison.counterparts)
    for (const span of layer.annotation.spans) {
      const other = counterparts.has(span.id) ? undefined : counterpartOf(span, current)
      if (other !== undefined) counterparts.set(span.id, other)
    }
    const meant = comparison.differences.filter((one) => isMeant(one, { annotation: current, counterparts }))
    const before = changes.length
    // spans that are needed come first, spans that go last
    for (const difference of meant.toSorted((a, b) => turnOf(a) - turnOf(b))) {
      const next = follow(current, layer, difference, counterparts, context)
      current = applyChanges(current, next)
      changes.push(...next)
    }
    if (changes.length === before) break
  }
  return changes
}

/** A difference in words: "Orbisk Labs is ORG", "Mara Velt is PER, not ORG", "based_in, Orbisk Labs to Tarnow, is not there". */
export function describeDifference(
  annotation: Pick<Annotation, 'spans'>,
  { annotation: other }: SentenceLayer,
  difference: LayerDifference,
  context: Pick<EditContext, 'words' | 'tokens'>,
): string {
  if (difference.item === 'span') return describeSpan(difference, context)
  const { here, there } = difference
  const ends = there ? quoteEnds(other, there, context) : here ? quoteEnds(annotation, here, context) : ''
  if (!there) return `${here?.type ?? ''}, ${ends}, is not there`
  return here ? `${there.type}, ${ends}, not ${here.type}` : `${there.type}, ${ends}`
}

function describeSpan({ kind, here, there }: SpanDifference, context: Pick<EditContext, 'words' | 'tokens'>): string {
  if (!there) return here ? `${quote(here, context)} is not ${here.label}` : ''
  const stated = `${quote(there, context)} is ${there.label}`
  if (kind === 'type') return `${stated}, not ${here?.label ?? ''}`
  return kind === 'bounds' && here ? `${stated}, not ${quote(here, context)}` : stated
}

/** Number of differences by what becomes of them: "2 added, 1 changed, 1 removed". */
function countKinds(differences: readonly LayerDifference[]): string {
  const count = (verb: string, isMeant: (difference: LayerDifference) => boolean): string[] => {
    const { length } = differences.filter(isMeant)
    return length === 0 ? [] : [`${length} ${verb}`]
  }
  return [
    ...count('added', ({ here }) => here === null),
    ...count('changed', ({ here, there }) => here !== null && there !== null),
    ...count('removed', ({ there }) => there === null),
  ].join(', ')
}

function turnOf({ item, there }: LayerDifference): number {
  if (item === 'span') return there ? 0 : 3
  return there ? 1 : 2
}

/** The changes that remove a difference. Spans that are added are put among the counterparts. */
function follow(
  annotation: Annotation,
  layer: SentenceLayer,
  difference: LayerDifference,
  counterparts: Map<string, string>,
  context: EditContext,
): Change[] {
  if (difference.item === 'span') return followSpan(annotation, difference, counterparts, context)
  return followRelation(annotation, layer, difference, counterparts, context)
}

function followSpan(
  annotation: Annotation,
  { here, there }: SpanDifference,
  counterparts: Map<string, string>,
  context: EditContext,
): Change[] {
  if (!there) return here ? [...deleteSpan(annotation, here.id, context).changes] : []
  if (!here) return addTaken(annotation, there, counterparts, context)
  const { label, provenance } = there
  const after = { ...withRange(here, there), label, provenance }
  return [{ kind: 'span', before: here, after }, ...forgetRejection(annotation, spanKey(after))]
}

function addTaken(
  annotation: Annotation,
  there: AnnotatedSpan,
  counterparts: Map<string, string>,
  context: EditContext,
): Change[] {
  const after = { ...there, id: context.newId() }
  counterparts.set(there.id, after.id)
  return [{ kind: 'span', before: null, after }, ...forgetRejection(annotation, spanKey(after))]
}

function followRelation(
  annotation: Annotation,
  layer: SentenceLayer,
  { here, there }: RelationDifference,
  counterparts: Map<string, string>,
  context: EditContext,
): Change[] {
  if (!there) return here ? [{ kind: 'relation', before: here, after: null }] : []
  if (here) {
    const after = { ...here, type: there.type, provenance: there.provenance }
    return [{ kind: 'relation', before: here, after }, ...forgetTriple(annotation, after)]
  }
  const spans: Change[] = []
  const endOf = (id: string): string => {
    const known = counterparts.get(id)
    if (known !== undefined) return known
    spans.push(...addTaken(annotation, spanOf(layer.annotation, id), counterparts, context))
    return counterparts.get(id) ?? ''
  }
  const after = { ...there, id: context.newId(), subject: endOf(there.subject), object: endOf(there.object) }
  return [...spans, { kind: 'relation', before: null, after }, ...forgetTriple(applyChanges(annotation, spans), after)]
}

function forgetTriple(annotation: Annotation, { subject, type, object }: AnnotatedRelation): Change[] {
  return forgetRejection(annotation, relationKey(spanOf(annotation, subject), type, spanOf(annotation, object)))
}
