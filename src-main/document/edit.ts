/**
 * The editing acts on spans. Every act is a pure function that answers with the changes of one operation and the
 * sentence that describes it; an act that would change nothing answers with no changes and says why.
 */
import { spanKey, type AnnotatedSpan, type Annotation, type Provenance } from './annotation.ts'
import { rangeText } from './char-bounds.ts'
import type { Token } from './doc.ts'
import type { Change } from './operation.ts'
import type { SymmetricTypes } from './relation.ts'
import { isSameRange, isSameSpan, withRange, type Span, type SpanRange } from './span.ts'

export interface Edit {
  readonly changes: readonly Change[]
  /** A plain sentence for the history and the screen reader. */
  readonly description: string
}

/** The context of an edit: who edits, the words of the sentence, and the source of new ids. */
export interface EditContext {
  readonly author: string
  /** The words of the sentence, so that descriptions can quote them. */
  readonly words: readonly string[]
  /** The places of the words in the text, so that parts of words are quoted as parts. */
  readonly tokens?: readonly Token[]
  readonly newId: () => string
  /** Relation types without a direction. */
  readonly symmetric?: SymmetricTypes
}

export type Range = Pick<Span, 'start' | 'end'>

/** Labels a range. A span of exactly this range is relabelled instead, so that it keeps its relations. */
export function addSpan(annotation: Annotation, range: SpanRange, label: string, context: EditContext): Edit {
  const existing = annotation.spans.find((span) => isSameRange(span, range))
  if (existing) return relabelSpan(annotation, existing.id, label, context)
  const after = { ...range, id: context.newId(), label, provenance: byPerson(context) }
  return {
    changes: [{ kind: 'span', before: null, after }, ...forgetRejection(annotation, spanKey(after))],
    description: `${quote(after, context)} labelled ${label}`,
  }
}

export function relabelSpan(annotation: Annotation, spanId: string, label: string, context: EditContext): Edit {
  const before = spanOf(annotation, spanId)
  return changeSpan(annotation, before, { ...before, label }, `${quote(before, context)} labelled ${label}`, context)
}

/**
 * Moves the bounds of a span to words; identity, label and relations stay, bounds within words do not.
 * @throws RangeError when the bounds leave the sentence or the span would be empty.
 */
export function moveBounds(annotation: Annotation, spanId: string, range: Range, context: EditContext): Edit {
  const before = spanOf(annotation, spanId)
  if (range.start < 0 || range.end > context.words.length || range.start >= range.end)
    throw new RangeError(`a span needs at least one word and stays inside its sentence: ${range.start} to ${range.end}`)
  const after = withRange(before, { start: range.start, end: range.end })
  return changeSpan(annotation, before, after, `${quote(before, context)} is now ${quote(after, context)}`, context)
}

/** Removes a span together with the relations that would lose it. */
export function deleteSpan(annotation: Annotation, spanId: string, context: EditContext): Edit {
  const before = spanOf(annotation, spanId)
  const lost = annotation.relations.filter(({ subject, object }) => subject === spanId || object === spanId)
  const along = lost.length === 0 ? '' : lost.length === 1 ? ' with its relation' : ` with its ${lost.length} relations`
  return {
    changes: [
      ...lost.map((relation): Change => ({ kind: 'relation', before: relation, after: null })),
      { kind: 'span', before, after: null },
    ],
    description: `${before.label} ${quote(before, context)} removed${along}`,
  }
}

/** The words of a range, shortened where they would drown the sentence around them. */
export function quote(range: SpanRange, { words, tokens }: Pick<EditContext, 'words' | 'tokens'>): string {
  const text = rangeText(range, words, tokens)
  const letters = [...text]
  return letters.length > 48 ? `${letters.slice(0, 45).join('')}…` : text
}

/** The span of this identity. @throws Error when the annotation does not hold it. */
export function spanOf(annotation: Pick<Annotation, 'spans'>, spanId: string): AnnotatedSpan {
  const span = annotation.spans.find(({ id }) => id === spanId)
  if (!span) throw new Error(`the annotation holds no span ${spanId}`)
  return span
}

export function byPerson({ author }: EditContext): Provenance {
  return { origin: 'person', author }
}

/** Removes the refusal of an item that becomes gold, in the same operation: the two would contradict each other. */
export function forgetRejection(annotation: Annotation, key: string): Change[] {
  return annotation.rejections
    .filter((rejection) => rejection.key === key)
    .map((before) => ({ kind: 'rejection', before, after: null }))
}

/** Throws when the span would equal another one that is already there. */
export function changeSpan(
  annotation: Annotation,
  before: AnnotatedSpan,
  moved: AnnotatedSpan,
  description: string,
  context: EditContext,
): Edit {
  const isTaken = annotation.spans.some((other) => isSameSpan(other, moved))
  if (isTaken) return { changes: [], description: `${quote(moved, context)} is already labelled ${moved.label}` }
  const after = { ...moved, provenance: byPerson(context) }
  return {
    changes: [{ kind: 'span', before, after }, ...forgetRejection(annotation, spanKey(after))],
    description,
  }
}
