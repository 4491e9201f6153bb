/** The marks of one annotation or prediction: a span for each label of a region, a relation for each label of an arrow. */
import type { AnnotatedRelation, Provenance } from '#main/document/annotation'
import { createOffsetTable } from '#main/text/code-points'
import type { Mark, Marks, RecordLog } from '../../shared/marks.ts'
import type { ToCodePoints } from '../../shared/offset-units.ts'
import { RecordError } from '../../shared/problem-log.ts'
import type { Arrow, Region } from './regions.ts'
import type { Statement } from './task.ts'

export interface MarkContext {
  readonly text: string
  readonly toCodePoints: ToCodePoints
  readonly author: string
  readonly log: RecordLog
}

/** The type of relations that were drawn without a label. */
export const unlabelled = 'relation'

export function marksOf(statement: Statement, context: MarkContext): Marks {
  const { regions, arrows } = statement.result
  const provenance = (score: number | null): Provenance => {
    const confidence = score ?? statement.score
    const author = statement.kind === 'system' ? statement.name : context.author
    return { origin: 'import', author, ...(confidence !== null && { confidence }) }
  }
  const spans = regions.flatMap((region) => spansOf(region, provenance(region.score), context))
  checkText(regions, context)
  const ids = new Set(regions.map(({ id }) => id))
  if (ids.size < regions.length) throw new RecordError('result: expected regions with different ids, found one twice')
  const relations = arrows.flatMap((arrow) => {
    for (const id of [arrow.from, arrow.to])
      if (!ids.has(id) && !statement.result.others.some((other) => hasId(other, id)))
        throw new RecordError(`${arrow.field}: expected the ids of regions of its list, found ${id}`)
    return ids.has(arrow.from) && ids.has(arrow.to) ? relationsOf(arrow, provenance(arrow.score)) : []
  })
  context.log.change('unlabelledRelations', arrows.filter(({ labels }) => labels.length === 0).length)
  return { spans, relations }
}

function hasId(other: unknown, id: string): boolean {
  return typeof other === 'object' && other !== null && 'id' in other && String(other.id) === id
}

/** The second and further labels of a region get ids of their own; arrows go to the first. */
function spansOf(
  { id, field, start, end, labels }: Region,
  provenance: Provenance,
  { toCodePoints }: MarkContext,
): Mark[] {
  const [from, to] = [toCodePoints(start), toCodePoints(end)]
  if (from === null || to === null || from > to)
    throw new RecordError(`${field}.value: expected offsets in the text, found ${start} to ${end}`)
  return labels.map((label, index) => ({
    ...{ id: index === 0 ? id : `${id} ${index + 1}`, start: from, end: to, label, provenance },
  }))
}

function relationsOf({ id, from, to, direction, labels }: Arrow, provenance: Provenance): AnnotatedRelation[] {
  const types = labels.length > 0 ? labels : [unlabelled]
  const all = types.flatMap((type) => [
    ...(direction === 'left' ? [] : [{ subject: from, object: to, type, provenance }]),
    ...(direction === 'right' ? [] : [{ subject: to, object: from, type, provenance }]),
  ])
  return all.map((relation, index) => ({ id: index === 0 ? id : `${id} ${index + 1}`, ...relation }))
}

/** Offsets count; where the text that the file repeats of a region is another, this is said. */
function checkText(regions: readonly Region[], { text, toCodePoints, log }: MarkContext): void {
  const table = createOffsetTable(text)
  const wrong = regions.filter(
    (region) =>
      region.text !== undefined &&
      table.slice(toCodePoints(region.start) ?? 0, toCodePoints(region.end) ?? 0) !== region.text,
  )
  log.change('spanTexts', wrong.length)
}
