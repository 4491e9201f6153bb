/** The changes that lead from one annotation of a sentence to another, item by item. */
import type { Annotation } from './annotation.ts'
import { isEqual, type Change } from './operation.ts'

/** Items go before others come, relations before the spans that they need; in reverse order the changes can be taken back. */
export function changesBetween(before: Annotation, after: Annotation): Change[] {
  const spans = pairs(before.spans, after.spans).map((sides): Change => ({ kind: 'span', ...sides }))
  const relations = pairs(before.relations, after.relations).map((sides): Change => ({ kind: 'relation', ...sides }))
  const rejections = pairs(before.rejections, after.rejections).map((sides): Change => ({
    kind: 'rejection',
    ...sides,
  }))
  const isGoing = (change: Change): boolean => change.after === null
  return [
    ...relations.filter(isGoing),
    ...spans,
    ...relations.filter((change) => !isGoing(change)),
    ...rejections,
    ...(isEqual(before.review, after.review)
      ? []
      : [{ kind: 'review', before: before.review, after: after.review } as const]),
  ]
}

function pairs<Item extends { readonly id: string }>(before: readonly Item[], after: readonly Item[]) {
  const later = new Map(after.map((item) => [item.id, item]))
  const former = new Set(before.map(({ id }) => id))
  const known = before.map((item) => ({ before: item, after: later.get(item.id) ?? null }))
  const added = after.filter(({ id }) => !former.has(id)).map((item) => ({ before: null, after: item }))
  return [...known, ...added].filter((sides) => !isEqual(sides.before, sides.after))
}
