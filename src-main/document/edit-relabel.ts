/** Renaming a label in one annotation, refusals included; what becomes equal by that collapses into one. */
import { relationKey, spanKey } from './annotation.ts'
import type { AnnotatedRelation, AnnotatedSpan, Annotation, Rejection } from './annotation.ts'
import { squashChanges, type Change } from './operation.ts'
import { partsOfKey } from './rejection-key.ts'
import { joinRemarks, withRemark } from './remark.ts'
import { isSameSpan } from './span.ts'

/** Everything labelled `from` becomes `to`, in the annotation of one sentence; provenance and remarks stay. */
export function relabelAnnotation(
  annotation: Annotation,
  kind: 'entity' | 'relation',
  from: string,
  to: string,
): Change[] {
  if (from === to) return []
  const [spans, relations] = kind === 'entity' ? relabelSpans(annotation, from, to) : [[], []]
  const changes = kind === 'entity' ? [...relations, ...spans] : relabelRelations(annotation.relations, from, to)
  return squashChanges([...changes, ...relabelRejections(annotation.rejections, kind, from, to)])
}

/** Removes each span that has become equal to another one, and moves its relations and its remark to that one. */
function relabelSpans(annotation: Annotation, from: string, to: string): [Change[], Change[]] {
  const twins = new Map<string, string>()
  const spans = annotation.spans
    .filter(({ label }) => label === from)
    .map((before): Change => {
      const twin = annotation.spans.find((span) => isSameSpan(span, { ...before, label: to }))
      if (twin) twins.set(before.id, twin.id)
      const after: AnnotatedSpan | null = twin ? null : { ...before, label: to }
      return { kind: 'span', before, after }
    })
  const moved = annotation.relations.map((relation) => ({
    ...relation,
    subject: twins.get(relation.subject) ?? relation.subject,
    object: twins.get(relation.object) ?? relation.object,
  }))
  const joined = joinInto(annotation.spans, twins, (before, after): Change => ({ kind: 'span', before, after }))
  return [[...spans, ...joined], replaceRelations(annotation.relations, moved)]
}

/** Merges remarks: `heirs` names the item that takes over the remark of each item that is removed. */
function joinInto<Item extends AnnotatedSpan | AnnotatedRelation>(
  items: readonly Item[],
  heirs: ReadonlyMap<string, string>,
  toChange: (before: Item, after: Item) => Change,
): Change[] {
  const lost = Map.groupBy(
    items.filter(({ id }) => heirs.has(id)),
    ({ id }) => heirs.get(id),
  )
  return items.flatMap((item) => {
    const gone = lost.get(item.id)
    return gone ? [toChange(item, withRemark(item, joinRemarks([item, ...gone])))] : []
  })
}

function relabelRelations(relations: readonly AnnotatedRelation[], from: string, to: string): Change[] {
  return replaceRelations(
    relations,
    relations.map((relation) => (relation.type === from ? { ...relation, type: to } : relation)),
  )
}

/** Keeps one of the relations that have become equal: the first that had this type before, else the first. */
function replaceRelations(old: readonly AnnotatedRelation[], wanted: readonly AnnotatedRelation[]): Change[] {
  const keyOf = ({ subject, type, object }: AnnotatedRelation): string => JSON.stringify([subject, type, object])
  const kept = new Map<string, string>()
  for (const [at, relation] of wanted.entries())
    if (relation.type === old[at]?.type && keyOf(relation) === keyOf(old[at])) kept.set(keyOf(relation), relation.id)
  const heirs = new Map<string, string>()
  const changes = wanted.flatMap((after, at): Change[] => {
    const before = old[at]
    if (!before || keyOf(before) === keyOf(after)) return []
    const heir = kept.get(keyOf(after))
    if (heir === undefined) kept.set(keyOf(after), after.id)
    else heirs.set(after.id, heir)
    return [{ kind: 'relation', before, after: heir === undefined ? after : null }]
  })
  return [...changes, ...joinInto(wanted, heirs, (before, after): Change => ({ kind: 'relation', before, after }))]
}

function relabelRejections(
  rejections: readonly Rejection[],
  kind: 'entity' | 'relation',
  from: string,
  to: string,
): Change[] {
  const rename = (rejection: Rejection): string => {
    const parts = partsOfKey(rejection)
    if (parts?.kind === 'span' && kind === 'entity' && parts.label === from)
      return spanKey({ ...parts.span, label: to })
    if (parts?.kind === 'relation' && kind === 'relation' && parts.type === from)
      return relationKey(parts.subject, to, parts.object)
    return rejection.key
  }
  const known = new Set(rejections.map((rejection) => `${rejection.kind} ${rejection.key}`))
  return rejections.flatMap((before): Change[] => {
    const key = rename(before)
    if (key === before.key) return []
    const isTaken = known.has(`${before.kind} ${key}`)
    known.add(`${before.kind} ${key}`)
    return [{ kind: 'rejection', before, after: isTaken ? null : { ...before, key } }]
  })
}
