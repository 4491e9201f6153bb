/** The pair grid: every span against every other, with what the model gives the pair, and what a click on it means. */
import { relationKey } from '#main/document/annotation'
import { quote, type Edit } from '#main/document/edit'
import { deleteRelation } from '#main/document/edit-relations'
import { acceptSuggestion, rejectSuggestion } from '#main/document/edit-suggestions'
import { anchorOf, type Prediction } from '#main/document/prediction'
import type { TripleSpan } from '#main/document/relation'
import { goldSpanFor, type SuggestedRelation } from '#main/document/suggestions'
import type { Desk } from './acts.ts'

export interface GridEnd extends TripleSpan {
  readonly text: string
}

export interface GridCell {
  readonly subject: GridEnd
  readonly object: GridEnd
  /** The chosen type, else the gold one, else the most probable; null when nothing is known of the pair. */
  readonly type: string | null
  /** Null below what is stored. */
  readonly probability: number | null
  /** The gold relation of this pair and type. */
  readonly relationId: string | null
  readonly isRejected: boolean
}

/** Gold and predicted spans, each range once, in reading order. */
export function gridEnds({ annotation, context }: Desk, prediction: Prediction): GridEnd[] {
  const byRange = new Map<string, GridEnd>()
  for (const { start, end, label } of [...annotation.spans, ...prediction.spans]) {
    const key = `${start}:${end}`
    if (!byRange.has(key)) byRange.set(key, { start, end, label, text: quote({ start, end }, context) })
  }
  return [...byRange.values()].sort((a, b) => a.start - b.start || a.end - b.end)
}

/** Row by row: subjects down, objects across. `type` null takes the best of each pair. */
export function gridRows(desk: Desk, prediction: Prediction, type: string | null): GridCell[][] {
  const ends = gridEnds(desk, prediction)
  return ends.map((subject) => ends.map((object) => gridCell(desk, prediction, subject, object, type)))
}

function gridCell(
  { annotation }: Desk,
  { cells, anchor }: Prediction,
  subject: GridEnd,
  object: GridEnd,
  wanted: string | null,
): GridCell {
  const [subjectSpan, objectSpan] = [subject, object].map((end) => goldSpanFor(annotation.spans, end))
  const gold = annotation.relations.find(
    (relation) =>
      relation.subject === subjectSpan?.id &&
      relation.object === objectSpan?.id &&
      (wanted === null || relation.type === wanted),
  )
  const [from, to] = [anchorOf(subject, anchor), anchorOf(object, anchor)]
  const own = cells.filter((cell) => cell.subject === from && cell.object === to)
  const type = wanted ?? gold?.type ?? own[0]?.type ?? null // cells come with the most probable first
  const probability = own.find((cell) => cell.type === type)?.probability ?? null
  const key = type === null ? '' : relationKey(subject, type, object)
  const isRejected = annotation.rejections.some((rejection) => rejection.kind === 'relation' && rejection.key === key)
  return { subject, object, type, probability, relationId: gold?.id ?? null, isRejected }
}

/** A click: gold is removed, anything else becomes gold with the run as its origin. */
export function toggleEdit(cell: GridCell, { annotation, suggester, context }: Desk): Edit {
  if (cell.relationId !== null) return deleteRelation(annotation, cell.relationId, context)
  const suggestion = toSuggestion(cell)
  if (!suggestion || suggester === null)
    return { changes: [], description: 'The model says nothing of this pair: choose a relation type above the grid' }
  return acceptSuggestion(annotation, suggestion, suggester, context)
}

/** An explicit negative for the pair and its type. */
export function refuseEdit(cell: GridCell, { annotation, context }: Desk): Edit {
  const suggestion = toSuggestion(cell)
  if (!suggestion)
    return { changes: [], description: 'The model says nothing of this pair, so there is nothing to reject' }
  if (cell.relationId !== null) return { changes: [], description: 'This is gold: remove it before rejecting it' }
  return rejectSuggestion(annotation, suggestion, context)
}

function toSuggestion({ subject, type, object, probability }: GridCell): SuggestedRelation | null {
  if (type === null) return null
  return {
    kind: 'relation',
    key: relationKey(subject, type, object),
    subject,
    type,
    object,
    probability: probability ?? 0,
  }
}

/** "founder_of, Mara Velt to Orbisk Labs: 0.64, gold". */
export function describeCell({ subject, type, object, probability, relationId, isRejected }: GridCell): string {
  const value = probability === null ? 'below 0.05' : probability.toFixed(2)
  const state = relationId !== null ? ', gold' : isRejected ? ', rejected' : ''
  return `${type ?? 'nothing'}, ${subject.text} to ${object.text}: ${value}${state}`
}
