/** Answering suggestions: accepting makes them gold with who suggested them as their origin, refusing keeps an explicit negative. */
import type { AnnotatedSpan, Annotation } from './annotation.ts'
import { byPerson, quote, type Edit, type EditContext } from './edit.ts'
import { applyChanges, type Change } from './operation.ts'
import type { TripleSpan } from './relation.ts'
import { overlaps, withRange } from './span.ts'
import type { Suggester } from './suggestion-source.ts'
import { goldSpanFor, type SuggestedRelation, type Suggestion } from './suggestions.ts'

/** Accepts one suggestion. A relation brings along the spans it needs, in the same operation. */
export function acceptSuggestion(
  annotation: Annotation,
  suggestion: Suggestion,
  by: Suggester,
  context: EditContext,
): Edit {
  const changes =
    suggestion.kind === 'span'
      ? acceptSpan(annotation, suggestion, suggestion.probability, by, context)
      : acceptRelation(annotation, suggestion, by, context)
  return { changes, description: `Suggestion accepted: ${describeSuggestion(suggestion, context)}` }
}

/** Accepts several suggestions as one operation, spans before relations. */
export function acceptSuggestions(
  annotation: Annotation,
  suggestions: readonly Suggestion[],
  by: Suggester,
  context: EditContext,
): Edit {
  const [only] = suggestions
  if (only && suggestions.length === 1) return acceptSuggestion(annotation, only, by, context)
  const ordered = [
    ...suggestions.filter(({ kind }) => kind === 'span'),
    ...suggestions.filter(({ kind }) => kind === 'relation'),
  ]
  const changes: Change[] = []
  let current = annotation
  for (const suggestion of ordered) {
    const next = acceptSuggestion(current, suggestion, by, context).changes
    current = applyChanges(current, next)
    changes.push(...next)
  }
  return { changes, description: `${suggestions.length} suggestions accepted` }
}

/** Refuses a suggestion: it is stored as an explicit negative and not shown again. */
export function rejectSuggestion(annotation: Annotation, suggestion: Suggestion, context: EditContext): Edit {
  const { kind, key } = suggestion
  const isKnown = annotation.rejections.some((rejection) => rejection.kind === kind && rejection.key === key)
  const after = { id: context.newId(), kind, key, provenance: byPerson(context) }
  return {
    changes: isKnown ? [] : [{ kind: 'rejection', before: null, after }],
    description: `Suggestion rejected: ${describeSuggestion(suggestion, context)}`,
  }
}

/** The name of a suggestion in descriptions: "based_in, Orbisk Labs to Tarnow", "Tarnow as PLACE". */
export function describeSuggestion(suggestion: Suggestion, context: Pick<EditContext, 'words'>): string {
  return suggestion.kind === 'span'
    ? `${quote(suggestion, context)} as ${suggestion.label}`
    : `${suggestion.type}, ${quote(suggestion.subject, context)} to ${quote(suggestion.object, context)}`
}

function acceptSpan(
  annotation: Annotation,
  { start, end, label }: TripleSpan,
  confidence: number | undefined,
  by: Suggester,
  context: EditContext,
): Change[] {
  const provenance = { ...by, ...(confidence === undefined ? {} : { confidence }) }
  const before = replacedBy(annotation.spans, { start, end, label })
  if (before?.start === start && before.end === end && before.label === label) return []
  if (!before) return [{ kind: 'span', before, after: { id: context.newId(), start, end, label, provenance } }]
  const isSameWords = before.start === start && before.end === end
  const moved = isSameWords ? before : withRange(before, { start, end })
  return [{ kind: 'span', before, after: { ...moved, label, provenance } }]
}

/** A suggestion that overlaps exactly one span corrects it: the span keeps its identity and with it its relations. */
function replacedBy(spans: readonly AnnotatedSpan[], suggested: TripleSpan): AnnotatedSpan | null {
  const overlapping = spans.filter((span) => overlaps(span, suggested))
  const same = overlapping.find(({ start, end }) => start === suggested.start && end === suggested.end)
  return same ?? (overlapping.length === 1 ? (overlapping[0] ?? null) : null)
}

function acceptRelation(
  annotation: Annotation,
  suggestion: SuggestedRelation,
  by: Suggester,
  context: EditContext,
): Change[] {
  const { type, probability: confidence } = suggestion
  const changes: Change[] = []
  const spanIdFor = (predicted: TripleSpan): string => {
    const current = applyChanges(annotation, changes)
    const gold = goldSpanFor(current.spans, predicted)
    if (gold) return gold.id
    const added = acceptSpan(current, predicted, undefined, by, context)
    changes.push(...added)
    return applyChanges(current, added).spans.at(-1)?.id ?? ''
  }
  const subject = spanIdFor(suggestion.subject)
  const object = spanIdFor(suggestion.object)
  const isKnown = annotation.relations.some(
    (gold) =>
      gold.type === type &&
      ((gold.subject === subject && gold.object === object) ||
        (context.symmetric?.includes(type) === true && gold.subject === object && gold.object === subject)),
  )
  if (isKnown) return changes
  const provenance = { ...by, confidence }
  changes.push({ kind: 'relation', before: null, after: { id: context.newId(), subject, type, object, provenance } })
  return changes
}
