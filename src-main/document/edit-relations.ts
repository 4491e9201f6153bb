/** The editing acts on relations: add, reverse, change the type, move an end, remove. */
import { relationKey, type AnnotatedRelation, type Annotation } from './annotation.ts'
import { orderEnds } from './symmetric.ts'
import { byPerson, forgetRejection, quote, spanOf, type Edit, type EditContext } from './edit.ts'

type Ends = Pick<AnnotatedRelation, 'subject' | 'type' | 'object'>

export function addRelation(
  annotation: Annotation,
  subject: string,
  type: string,
  object: string,
  context: EditContext,
): Edit {
  const after = { id: context.newId(), subject, type, object, provenance: byPerson(context) }
  return changeRelation(annotation, null, after, `Relation ${named(annotation, after, context, 'added')}`, context)
}

/** Swaps the subject and the object of a relation. */
export function reverseRelation(annotation: Annotation, relationId: string, context: EditContext): Edit {
  const before = relationOf(annotation, relationId)
  if (context.symmetric?.includes(before.type))
    return { changes: [], description: `${before.type} is symmetric: it has no direction to reverse` }
  if (before.subject === before.object)
    return { changes: [], description: 'Both ends of this relation are the same span: there is nothing to reverse' }
  const after = { ...before, subject: before.object, object: before.subject }
  return changeRelation(annotation, before, after, `Relation ${named(annotation, after, context, 'reversed')}`, context)
}

export function retypeRelation(annotation: Annotation, relationId: string, type: string, context: EditContext): Edit {
  const before = relationOf(annotation, relationId)
  const verb = `instead of ${before.type}`
  const after = { ...before, type }
  return changeRelation(annotation, before, after, `Relation ${named(annotation, after, context, verb)}`, context)
}

/** Moves one end of a relation to another span. */
export function retargetRelation(
  annotation: Annotation,
  relationId: string,
  end: 'subject' | 'object',
  spanId: string,
  context: EditContext,
): Edit {
  const before = relationOf(annotation, relationId)
  const after = { ...before, [end]: spanId }
  return changeRelation(annotation, before, after, `Relation ${named(annotation, after, context, 'moved')}`, context)
}

export function deleteRelation(annotation: Annotation, relationId: string, context: EditContext): Edit {
  const before = relationOf(annotation, relationId)
  return {
    changes: [{ kind: 'relation', before, after: null }],
    description: `Relation ${named(annotation, before, context, 'removed')}`,
  }
}

/** The relation of this identity. @throws Error when the annotation does not hold it. */
export function relationOf(annotation: Pick<Annotation, 'relations'>, relationId: string): AnnotatedRelation {
  const relation = annotation.relations.find(({ id }) => id === relationId)
  if (!relation) throw new Error(`the annotation holds no relation ${relationId}`)
  return relation
}

function changeRelation(
  annotation: Annotation,
  before: AnnotatedRelation | null,
  stated: AnnotatedRelation,
  description: string,
  context: EditContext,
): Edit {
  const changed = inOrder(annotation, stated, context)
  if (
    annotation.relations.some(
      (other) => other.id !== before?.id && isSameRelation(inOrder(annotation, other, context), changed),
    )
  )
    return { changes: [], description: `Relation ${named(annotation, changed, context, 'is already there')}` }
  const key = relationKey(spanOf(annotation, changed.subject), changed.type, spanOf(annotation, changed.object))
  const after = { ...changed, provenance: byPerson(context) }
  return { changes: [{ kind: 'relation', before, after }, ...forgetRejection(annotation, key)], description }
}

/** The relation as it is stored: of a symmetric type with the earlier mention first. */
function inOrder<R extends Ends>(annotation: Annotation, relation: R, { symmetric }: EditContext): R {
  const [from, to] = [spanOf(annotation, relation.subject), spanOf(annotation, relation.object)]
  const [subject, object] = orderEnds(symmetric, relation.type, from, to)
  return { ...relation, subject: subject.id, object: object.id }
}

function isSameRelation(a: Ends, b: Ends): boolean {
  return a.subject === b.subject && a.type === b.type && a.object === b.object
}

function named(annotation: Annotation, { subject, type, object }: Ends, context: EditContext, verb: string): string {
  return `${type} ${verb}, ${quoteEnds(annotation, { subject, object }, context)}`
}

/** The words of both ends: "Mara Velt to Orbisk Labs". */
export function quoteEnds(
  annotation: Pick<Annotation, 'spans'>,
  { subject, object }: Omit<Ends, 'type'>,
  context: Pick<EditContext, 'words' | 'tokens'>,
): string {
  return `${quote(spanOf(annotation, subject), context)} to ${quote(spanOf(annotation, object), context)}`
}
