/** From a command to the edit it means: pure, so that every gesture can be tried without a window. */
import { addSpan, deleteSpan, moveBounds, relabelSpan, spanOf, type Edit, type EditContext } from '#main/document/edit'
import { moveCharBounds } from '#main/document/edit-chars'
import { deleteRelation, reverseRelation } from '#main/document/edit-relations'
import { flagItem, remarkAt, type ItemRef } from '#main/document/edit-remarks'
import { setFlagged } from '#main/document/edit-review'
import { acceptSuggestion, describeSuggestion, rejectSuggestion } from '#main/document/edit-suggestions'
import type { AnnotatedSpan } from '#main/document/annotation'
import { overlaps } from '#main/document/span'
import type { Suggester } from '#main/document/suggestion-source'
import { goldSpanFor, type Suggestion } from '#main/document/suggestions'
import { untypedEntity, type LabelSet } from '#main/labels/label-set'
import { keyOf, type Keymap } from '#window/common/keys/actions.ts'
import type { Command } from '#window/common/keys/command.ts'
import { selectedRange, targetsAt, type Choices, type Selection } from '#window/features/annotate/input/selection.ts'
import { setTagPrefix } from './tag-edit.ts'

/** Everything an act reads. */
export interface Desk extends Choices {
  readonly selection: Selection
  readonly labels: LabelSet
  /** Origin of what is accepted; null where nobody suggests. */
  readonly suggester: Suggester | null
  readonly keymap: Keymap
  readonly context: EditContext
}

/** The edit of a command; null when the command is none. An edit without changes says why nothing happened. */
export function editFor(command: Command, desk: Desk): Edit | null {
  const { annotation, selection, context } = desk
  const { target } = selection
  const spanId = target?.kind === 'span' ? target.spanId : null
  const relationId = target?.kind === 'relation' ? target.relationId : null
  const suggestion = chosenSuggestion(desk)
  switch (command.name) {
    case 'label':
      return labelEdit(command.label, desk)
    case 'tag':
      if (desk.labels.entityTypes.length === 0) return nothing('There is no entity type to tag with yet: add one first')
      return setTagPrefix(annotation, selection.caret, command.prefix, fallbackLabel(desk), desk.labels, context)
    case 'bounds':
      return spanId ? boundsEdit(spanId, command.side, command.by, desk) : nothing('Choose a span to move its bounds')
    case 'char-bounds': {
      const { tokens } = context
      if (!spanId || !tokens) return nothing('Choose a span to move its bounds')
      return moveCharBounds(annotation, spanId, command.side, command.by, { ...context, tokens })
    }
    case 'delete':
      if (spanId) return deleteSpan(annotation, spanId, context)
      if (relationId) return deleteRelation(annotation, relationId, context)
      return suggestion ? rejectSuggestion(annotation, suggestion, context) : nothing('Choose what to remove')
    case 'explain-retype': {
      const way = keyOf('pick', desk.keymap)
      return nothing(
        `A key of a type does not change the chosen relation: press ${way} and choose ${command.label} there`,
      )
    }
    case 'reverse':
      return relationId ? reverseRelation(annotation, relationId, context) : null
    case 'accept':
      if (!suggestion || !desk.suggester) return nothing('Choose a suggestion to accept: N goes to the next one')
      return acceptSuggestion(annotation, suggestion, desk.suggester, context)
    case 'reject':
      if (!suggestion) return nothing('Choose a suggestion to reject: N goes to the next one')
      return rejectSuggestion(annotation, suggestion, context)
    case 'unsure': {
      if (!suggestion) return nothing('Choose a suggestion that you are not sure of: N goes to the next one')
      const description = `Not sure, so flagged: ${describeSuggestion(suggestion, context)}`
      return { ...setFlagged(annotation, true), description }
    }
    case 'flag-item': {
      const item = chosenItem(desk)
      if (!item) return nothing('Choose a span or a relation to flag it')
      return flagItem(annotation, item, !remarkAt(annotation, item)?.isFlagged, context)
    }
    case 'flag':
      return setFlagged(annotation, !annotation.review.isFlagged)
    default:
      return null
  }
}

/** The suggestion that is chosen. */
export function chosenSuggestion({ suggestions, selection: { target } }: Desk): Suggestion | null {
  return target?.kind === 'suggestion' ? (suggestions.find(({ key }) => key === target.key) ?? null) : null
}

/** The span or relation that is chosen. */
export function chosenItem({ selection: { target } }: Desk): ItemRef | null {
  return target === null || target.kind === 'suggestion' ? null : target
}

/** The chosen span. */
export function chosenSpan({ annotation, selection: { target } }: Desk): AnnotatedSpan | null {
  return target?.kind === 'span' ? spanOf(annotation, target.spanId) : null
}

/**
 * The span that the next relation starts from: the chosen one, the subject of the chosen relation, else the smallest span
 * that the caret is in; null where there is none.
 */
export function nextSubject(desk: Desk): AnnotatedSpan | null {
  const { annotation, selection } = desk
  const { target } = selection
  const spanId = (wanted: string | undefined) => annotation.spans.find(({ id }) => id === wanted) ?? null
  if (target?.kind === 'span') return spanId(target.spanId)
  if (target?.kind === 'relation')
    return spanId(annotation.relations.find(({ id }) => id === target.relationId)?.subject)
  const suggestion = chosenSuggestion(desk)
  if (suggestion?.kind === 'relation') return goldSpanFor(annotation.spans, suggestion.subject) ?? null
  const under = targetsAt(selection.caret, desk).find(({ kind }) => kind === 'span')
  return under?.kind === 'span' ? spanId(under.spanId) : null
}

function labelEdit(label: string, desk: Desk): Edit {
  const { annotation, selection, suggestions, context } = desk
  const range = selectedRange(selection, desk)
  if (selection.target?.kind === 'span') return relabelSpan(annotation, selection.target.spanId, label, context)
  const same = suggestions.find(
    (suggestion) =>
      suggestion.kind === 'span' &&
      !range.chars &&
      suggestion.label === label &&
      suggestion.start === range.start &&
      suggestion.end === range.end,
  )
  // labelling just what the run suggests is accepting it, and is kept as that
  const isFree = !annotation.spans.some((span) => overlaps(span, range))
  if (same && desk.suggester && isFree) return acceptSuggestion(annotation, same, desk.suggester, context)
  return addSpan(annotation, range, label, context)
}

function boundsEdit(spanId: string, side: 'start' | 'end', by: 1 | -1, desk: Desk): Edit {
  const { start, end } = spanOf(desk.annotation, spanId)
  const range = side === 'start' ? { start: start + by, end } : { start, end: end + by }
  if (range.start < 0 || range.end > desk.tokenCount) return nothing('The span already ends where the sentence does')
  if (range.start >= range.end) return nothing('A span needs at least one word')
  return moveBounds(desk.annotation, spanId, range, desk.context)
}

/** The type of a tag set on a word with no span near: what the run takes the word for, else the first of the set. */
function fallbackLabel({ suggestions, selection, labels }: Desk): string {
  const guess = suggestions.find(
    (one) => one.kind === 'span' && one.start <= selection.caret && selection.caret < one.end,
  )
  return guess?.kind === 'span' ? guess.label : (labels.entityTypes[0]?.name ?? untypedEntity)
}

function nothing(description: string): Edit {
  return { changes: [], description }
}
