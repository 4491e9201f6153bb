/** Spans and relations that a sentence states again: each is taken once, and relations of a repeated span go to the first. */
import type { AnnotatedRelation, AnnotatedSpan } from '#main/document/annotation'
import type { ChangeKind } from './changes.ts'

interface Items {
  readonly spans: readonly AnnotatedSpan[]
  readonly relations: readonly AnnotatedRelation[]
}

interface UniqueItems extends Items {
  readonly repeatedRelations: number
}

export function asStated(items: Items): UniqueItems {
  return { ...items, repeatedRelations: 0 }
}

/** Spans are the same when they have the same bounds and type, relations when they join the same spans by the same type. */
export function takeOnce({ spans, relations }: Items, change: (kind: ChangeKind) => void): UniqueItems {
  const spanByKey = new Map<string, AnnotatedSpan>()
  const idOfRepeat = new Map<string, string>()
  for (const span of spans) {
    const key = JSON.stringify([span.start, span.end, span.chars?.start, span.chars?.end, span.label])
    const first = spanByKey.get(key)
    spanByKey.set(key, first ? withRemark(first, span) : span)
    if (!first) continue
    change('spans')
    if (first.id !== span.id) idOfRepeat.set(span.id, first.id)
  }
  const firstId = (id: string): string => idOfRepeat.get(id) ?? id
  const relationByKey = new Map<string, AnnotatedRelation>()
  for (const stated of relations) {
    const relation = { ...stated, subject: firstId(stated.subject), object: firstId(stated.object) }
    const key = JSON.stringify([relation.subject, relation.type, relation.object])
    const first = relationByKey.get(key)
    relationByKey.set(key, first ? withRemark(first, relation) : relation)
    if (first) change('relations')
  }
  return {
    spans: [...spanByKey.values()],
    relations: [...relationByKey.values()],
    repeatedRelations: relations.length - relationByKey.size,
  }
}

/** Notes and flags on the repeated item are not lost with it. */
function withRemark<Item extends AnnotatedSpan | AnnotatedRelation>(first: Item, repeated: Item): Item {
  if (!repeated.remark) return first
  if (!first.remark) return { ...first, remark: repeated.remark }
  const notes = new Set([first.remark.note, repeated.remark.note].filter((note) => note !== ''))
  const isFlagged = first.remark.isFlagged || repeated.remark.isFlagged
  return { ...first, remark: { note: [...notes].join('\n'), isFlagged } }
}
