/** The acts on the remark of one span or relation: flag it, leave a note. Who made the item stays as it is. */
import type { AnnotatedRelation, AnnotatedSpan, Annotation } from './annotation.ts'
import { quote, spanOf, type Edit, type EditContext } from './edit.ts'
import { quoteEnds, relationOf } from './edit-relations.ts'
import type { Change } from './operation.ts'
import { remarkOf, withRemark, type Remark } from './remark.ts'

/** A span or a relation, by its identity. */
export type ItemRef =
  | { readonly kind: 'span'; readonly spanId: string }
  | { readonly kind: 'relation'; readonly relationId: string }

export function flagItem(annotation: Annotation, ref: ItemRef, isFlagged: boolean, context: EditContext): Edit {
  const name = nameItem(annotation, ref, context)
  return changeRemark(annotation, ref, { isFlagged }, isFlagged ? `${name} flagged` : `Flag of ${name} removed`)
}

/** Sets the note of an item, without the white space at its ends. */
export function noteItem(annotation: Annotation, ref: ItemRef, note: string, context: EditContext): Edit {
  const name = nameItem(annotation, ref, context)
  const text = note.trim()
  const description = text === '' ? `Note on ${name} removed` : `Note on ${name}: ${shorten(text)}`
  return changeRemark(annotation, ref, { note: text }, description)
}

/** The remark of an item; null when the annotation does not hold the item. */
export function remarkAt({ spans, relations }: Pick<Annotation, 'spans' | 'relations'>, ref: ItemRef): Remark | null {
  const item =
    ref.kind === 'span' ? spans.find(({ id }) => id === ref.spanId) : relations.find(({ id }) => id === ref.relationId)
  return item ? remarkOf(item) : null
}

/** The name of an item in descriptions: "Orbisk Labs", "founder_of, Mara Velt to Orbisk Labs". */
export function nameItem(annotation: Annotation, ref: ItemRef, context: Pick<EditContext, 'words' | 'tokens'>): string {
  if (ref.kind === 'span') return quote(spanOf(annotation, ref.spanId), context)
  const relation = relationOf(annotation, ref.relationId)
  return `${relation.type}, ${quoteEnds(annotation, relation, context)}`
}

function changeRemark(annotation: Annotation, ref: ItemRef, part: Partial<Remark>, description: string): Edit {
  const change = (): Change => {
    if (ref.kind === 'span') return { kind: 'span', ...sides(spanOf(annotation, ref.spanId), part) }
    return { kind: 'relation', ...sides(relationOf(annotation, ref.relationId), part) }
  }
  const made = change()
  return { changes: made.before === made.after ? [] : [made], description }
}

/** The item before and after the change; the same object twice where nothing would change. */
function sides<Item extends AnnotatedSpan | AnnotatedRelation>(before: Item, part: Partial<Remark>) {
  const now = remarkOf(before)
  const next = { ...now, ...part }
  const isSame = next.note === now.note && next.isFlagged === now.isFlagged
  return { before, after: isSame ? before : withRemark(before, next) }
}

/** The note on one line, cut to the length that a line of the history has room for. */
function shorten(note: string): string {
  const letters = [...note.replaceAll(/\s+/gu, ' ')]
  return letters.length > 60 ? `${letters.slice(0, 57).join('')}…` : letters.join('')
}
