/** Deciding a dispute: the annotation takes over what one version says there, as one operation that names whose it was. */
import type { AnnotatedSpan, Annotation } from './annotation.ts'
import type { Dispute, Disputes, WordRange } from './disputes.ts'
import { quote, spanOf, type Edit, type EditContext } from './edit.ts'
import { followWhere, type Following } from './edit-layers.ts'
import { quoteEnds } from './edit-relations.ts'
import { isOwnLayer, type SentenceLayer } from './layer.ts'
import { compareLayer, type LayerDifference } from './layer-differences.ts'
import { applyChanges, squashChanges, type Change } from './operation.ts'
import { placeKey } from './pair-spans.ts'
import { overlaps } from './span.ts'

/** What the adjudicator looks at: the versions of a sentence and where they differ. */
export interface Adjudicated extends Disputes {
  readonly versions: readonly SentenceLayer[]
}

/** Name of a version in descriptions: that of its author, also for an annotation all of which one made; else it is what stood there before. */
export function nameOfVersion(version: SentenceLayer): string {
  if (!isOwnLayer(version)) return version.name
  const { spans, relations } = version.annotation
  const [author, ...others] = new Set([...spans, ...relations].map(({ provenance }) => provenance.author))
  return author !== undefined && others.length === 0 ? author : 'before'
}

/**
 * Makes the annotation say what a version says at a dispute. Relations that nobody disputes come along with the spans they need,
 * and everything on which all versions agree with the first decision of a sentence.
 */
export function takeVersion(
  annotation: Annotation,
  { versions, ...found }: Adjudicated,
  dispute: Dispute,
  number: number,
  context: EditContext,
): Edit {
  const version = versions[number]
  if (!version) return { changes: [], description: 'There is no such version' }
  const agreed = agreedChanges(annotation, { versions, ...found }, context)
  const ready = applyChanges(annotation, agreed)
  const isAt = (difference: LayerDifference, following: Following) => isAtDispute(difference, dispute, following)
  const own = followWhere(ready, version, isAt, context, (span, current) => standIn(span, current, dispute))
  const decided = applyChanges(ready, own)
  const along = dispute.item === 'span' ? relationsAlong(decided, { versions, ...found }, dispute, context) : []
  const more = along.length === 0 ? '' : along.length === 1 ? ', with its relation' : `, with ${along.length} relations`
  const said = describeClaim(version, dispute, number, context)
  return {
    changes: squashChanges([...agreed, ...own, ...along]),
    description: `As ${nameOfVersion(version)}: ${said}${more}`,
  }
}

/** Whether the annotation says what a version says at a dispute. */
export function saysAs(annotation: Annotation, version: SentenceLayer, dispute: Dispute): boolean {
  const { differences, counterparts } = compareLayer(annotation, version.annotation)
  const bridged = new Map(counterparts)
  for (const span of version.annotation.spans) {
    const other = bridged.has(span.id) ? undefined : standIn(span, annotation, dispute)
    if (other !== undefined) bridged.set(span.id, other)
  }
  return !differences.some((one) => isAtDispute(one, dispute, { annotation, counterparts: bridged }))
}

/** Makes the annotation hold what all versions agree on, where it holds none of that yet. */
export function takeAgreed(annotation: Annotation, adjudicated: Adjudicated, context: EditContext): Edit {
  const changes = agreedChanges(annotation, adjudicated, context)
  return { changes, description: `All agree on ${changes.length === 1 ? 'it' : `these ${changes.length}`}` }
}

/** A claim in words: "Orbisk Labs is ORG", "founder_of, Mara Velt to Orbisk Labs", "Tarnow is not marked". */
export function describeClaim(
  version: SentenceLayer,
  { item, ranges, claims }: Dispute,
  number: number,
  context: Pick<EditContext, 'words' | 'tokens'>,
): string {
  const claim = claims[number]
  const words = ranges.map((range) => quote(range, context))
  if (!claim || (item === 'span' && claim.spans.length === 0)) return `${words.join('')} is not marked`
  if (item === 'span') return claim.spans.map((span) => `${quote(span, context)} is ${span.label}`).join(', ')
  if (!claim.hasOpinion) return 'not both spans are marked'
  if (claim.relations.length === 0) return `no relation between ${words.join(' and ')}`
  return claim.relations
    .map((relation) => `${relation.type}, ${quoteEnds(version.annotation, relation, context)}`)
    .join('; ')
}

function isAtDispute({ item, here, there }: LayerDifference, dispute: Dispute, following: Following): boolean {
  if (item !== dispute.item) return false
  if (item === 'span') {
    const range = dispute.ranges[0]
    return range !== undefined && [here, there].some((span) => span !== null && overlaps(span as AnnotatedSpan, range))
  }
  const { annotation, counterparts } = following
  if (there && 'subject' in there) {
    if (!dispute.claims.some(({ relations }) => relations.includes(there))) return false
    const [subject, object] = [counterparts.get(there.subject), counterparts.get(there.object)]
    return !annotation.relations.some(
      (one) => one.type === there.type && one.subject === subject && one.object === object,
    )
  }
  if (!here || !('subject' in here)) return false
  return joins(spanOf(annotation, here.subject), spanOf(annotation, here.object), dispute.ranges)
}

/** Whether two spans are the two ends of a dispute about relations, in either order. */
function joins(one: WordRange, other: WordRange, [from, to]: readonly WordRange[]): boolean {
  if (!from || !to) return false
  return (overlaps(one, from) && overlaps(other, to)) || (overlaps(one, to) && overlaps(other, from))
}

/** The span of the annotation at the place of a dispute where a version has one of other words: what was decided there stands. */
function standIn(span: AnnotatedSpan, { spans }: Annotation, { item, ranges }: Dispute): string | undefined {
  if (item === 'span') return undefined
  const range = ranges.find((place) => overlaps(place, span))
  return range && spans.find((own) => overlaps(own, range))?.id
}

/** What all versions hold; nothing where the annotation holds some of it, since the rest was then removed on purpose. */
function agreedChanges(annotation: Annotation, { versions, ...found }: Adjudicated, context: EditContext): Change[] {
  const [first] = versions
  const own = new Set(annotation.spans.map(placeKey))
  if (!first || [...found.agreedSpans].some((key) => own.has(key))) return []
  const isAgreed = (difference: LayerDifference, { counterparts }: Following): boolean => {
    const { item, here, there } = difference
    if (here || !there) return false
    if (item === 'span') return found.agreedSpans.has(placeKey(there as AnnotatedSpan))
    if (!('subject' in there) || !counterparts.has(there.subject) || !counterparts.has(there.object)) return false
    const ends = [spanOf(first.annotation, there.subject), spanOf(first.annotation, there.object)] as const
    return found.undisputed.some(({ isHeldByAll, ranges }) => isHeldByAll && joins(...ends, ranges))
  }
  return followWhere(annotation, first, isAgreed, context)
}

/** Undisputed relations at the words of a dispute whose both ends are in the annotation now. */
function relationsAlong(
  annotation: Annotation,
  { versions, undisputed }: Adjudicated,
  dispute: Dispute,
  context: EditContext,
): Change[] {
  const [at] = dispute.ranges
  let current = annotation
  const changes: Change[] = []
  for (const { ranges, version } of undisputed) {
    const holder = versions[version]
    if (!holder || !at || !ranges.some((range) => overlaps(range, at))) continue
    const isHere = ({ here, there }: LayerDifference, { counterparts }: Following): boolean => {
      if (here || !there || !('subject' in there)) return false
      const { spans } = holder.annotation
      const ends = [spanOf({ spans }, there.subject), spanOf({ spans }, there.object)] as const
      return joins(...ends, ranges) && counterparts.has(there.subject) && counterparts.has(there.object)
    }
    const next = followWhere(current, holder, isHere, context)
    current = applyChanges(current, next)
    changes.push(...next)
  }
  return changes
}
