/**
 * Operation: one gesture of an annotator, as a list of changes with the value before and after.
 * Carrying both sides makes the inverse trivial, so undo, redo, history and crash safety read one log.
 */
import type { AnnotatedRelation, AnnotatedSpan, Annotation, Rejection, Review } from './annotation.ts'
import { isSegmentation, type SegmentationChange } from './segmentation.ts'

/** A change of one item of an annotation. */
export type Change =
  | { readonly kind: 'span'; readonly before: AnnotatedSpan | null; readonly after: AnnotatedSpan | null }
  | { readonly kind: 'relation'; readonly before: AnnotatedRelation | null; readonly after: AnnotatedRelation | null }
  | { readonly kind: 'rejection'; readonly before: Rejection | null; readonly after: Rejection | null }
  | { readonly kind: 'review'; readonly before: Review; readonly after: Review }

/** LoggedChange: what an operation may consist of. Most change items of an annotation, few the words and sentences under it. */
export type LoggedChange = Change | SegmentationChange

/** One row of the append-only log. */
export interface Operation {
  readonly operationId: number
  readonly sentenceId: number
  /** Name of the person who did it. */
  readonly author: string
  /** Milliseconds since 1970. */
  readonly atMs: number
  /** A plain sentence: "Orbisk Labs is an organisation". */
  readonly description: string
  readonly changes: readonly LoggedChange[]
  /** The operation this one takes back (an undo) or does again (a redo); null for a first-hand act. */
  readonly undoes: number | null
  /** Id shared by the operations of one act on several sentences; left out for an act on one sentence. */
  readonly batch?: number
}

/** The changes that take `changes` back, last first. */
export function invertChanges<C extends LoggedChange>(changes: readonly C[]): C[] {
  const invert = (change: C): C => ({ ...change, before: change.after, after: change.before }) // the swap keeps the kind's own types
  return changes.map(invert).reverse()
}

/** Combines changes into at most one per item, from its first value before to its last one after. Changes that cancel out are dropped. */
export function squashChanges<C extends LoggedChange>(changes: readonly C[]): C[] {
  const byItem = new Map<string, C>()
  for (const change of changes) {
    const key = keyOf(change)
    const first = byItem.get(key)
    byItem.set(key, first ? { ...change, before: first.before } : change) // of one kind
  }
  return [...byItem.values()].filter(({ before, after }) => !isEqual(before, after))
}

/** The name of what a change is about, within its sentence. */
function keyOf(change: LoggedChange): string {
  if (change.kind === 'review' || isSegmentation(change)) return change.kind
  return `${change.kind} ${(change.before ?? change.after)?.id ?? ''}`
}

/** Thrown when a change does not start from the value that is there: somebody else changed it first. */
export class ChangeConflict extends Error {
  override name = 'ChangeConflict'
}

/**
 * The annotation after the changes, in order. Words and sentences are not part of it: their changes come with those of the items that
 * move along.
 * @throws ChangeConflict when a `before` is not what the annotation holds, or a relation would lose one of its spans.
 */
export function applyChanges(annotation: Annotation, changes: readonly LoggedChange[]): Annotation {
  const next = changes.reduce(applyOne, annotation)
  const spanIds = new Set(next.spans.map((span) => span.id))
  const dangling = next.relations.find(({ subject, object }) => !spanIds.has(subject) || !spanIds.has(object))
  if (dangling) throw new ChangeConflict(`relation ${dangling.type} would be left without one of its spans`)
  return next
}

function applyOne(annotation: Annotation, change: LoggedChange): Annotation {
  switch (change.kind) {
    case 'words':
    case 'sentence':
      return annotation
    case 'span':
      return { ...annotation, spans: replaceItem(annotation.spans, change.before, change.after, 'span') }
    case 'relation':
      return { ...annotation, relations: replaceItem(annotation.relations, change.before, change.after, 'relation') }
    case 'rejection':
      return { ...annotation, rejections: replaceItem(annotation.rejections, change.before, change.after, 'rejection') }
    case 'review':
      if (!isEqual(annotation.review, change.before)) throw new ChangeConflict('the review state has changed meanwhile')
      return { ...annotation, review: change.after }
  }
}

function replaceItem<Item extends { readonly id: string }>(
  items: readonly Item[],
  before: Item | null,
  after: Item | null,
  noun: string,
): readonly Item[] {
  const id = before?.id ?? after?.id
  const index = items.findIndex((item) => item.id === id)
  const current = items[index] ?? null
  if (!isEqual(current, before)) throw new ChangeConflict(`the ${noun} ${id ?? ''} has changed meanwhile`)
  if (!after) return items.filter((_, i) => i !== index)
  return current ? items.map((item, i) => (i === index ? after : item)) : [...items, after]
}

/** Equality of plain data, whatever the order of its keys; an absent key equals an undefined one. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const left = a as Record<string, unknown> // checked to be an object above
  const right = b as Record<string, unknown> // likewise
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => isEqual(left[key], right[key]))
}
