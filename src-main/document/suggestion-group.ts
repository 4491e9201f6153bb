/** SuggestionGroup: suggestions of a corpus that are answered together, by their type or by their words too. */
import { acceptSuggestions, rejectSuggestion } from './edit-suggestions.ts'
import type { Annotation } from './annotation.ts'
import type { EditContext } from './edit.ts'
import { applyChanges, type Change } from './operation.ts'
import type { SuggestionSource } from './suggestion-source.ts'
import { suggesterOf } from './suggestion-source.ts'
import type { Suggestion } from './suggestions.ts'

export interface SuggestionGroup {
  readonly kind: Suggestion['kind']
  readonly type: string
  /** Words of a span, or of both ends of a relation with an arrow between them; null for any. */
  readonly text: string | null
}

/** GroupAnswer: one answer to all suggestions of a group in a corpus. */
export interface GroupAnswer {
  readonly source: SuggestionSource
  readonly group: SuggestionGroup
  readonly isAccepted: boolean
  /** Probability from which on suggestions are answered. */
  readonly leastProbability: number
}

export const typeOf = (suggestion: Suggestion): string =>
  suggestion.kind === 'span' ? suggestion.label : suggestion.type

/** The words of a suggestion: "Orbisk Labs", or "Mara Velt → Orbisk Labs". */
export function textOf(suggestion: Suggestion, words: readonly string[]): string {
  const text = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    words.slice(start, end).join(' ')
  return suggestion.kind === 'span' ? text(suggestion) : `${text(suggestion.subject)} → ${text(suggestion.object)}`
}

/** The changes of one operation that answer all suggestions of the group in a sentence. */
export function answerGroup(
  annotation: Annotation,
  suggestions: readonly Suggestion[],
  { source, group, isAccepted, leastProbability }: GroupAnswer,
  context: EditContext,
): readonly Change[] {
  const meant = suggestions.filter(
    (one) =>
      one.kind === group.kind &&
      typeOf(one) === group.type &&
      one.probability >= leastProbability &&
      (group.text === null || textOf(one, context.words) === group.text),
  )
  if (isAccepted) return acceptSuggestions(annotation, meant, suggesterOf(source), context).changes
  let current = annotation
  return meant.flatMap((one) => {
    const { changes } = rejectSuggestion(current, one, context)
    current = applyChanges(current, changes)
    return changes
  })
}
