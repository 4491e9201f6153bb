/** Drafts of the texts of a type: under which id each is kept, and those whose type is no longer in the label set. */
import { keptDraft } from '#window/base/draft.ts'
import { keptIds, type KeptStorage } from '#window/base/kept.ts'
import { typesOf, type LabelKind } from '#main/labels/edit-labels'
import type { LabelSet } from '#main/labels/label-set'

type TypeField = 'key' | 'guideline'

const beginning = (field: TypeField, kind: LabelKind): string => `${field} of the ${kind} type `
const ending = (corpusId: number): string => ` of corpus ${corpusId}`

export const typeDraftId = (field: TypeField, kind: LabelKind, name: string, corpusId: number): string =>
  beginning(field, kind) + name + ending(corpusId)

/** A guideline that was typed for a type and not saved before the type was removed or renamed. */
export interface LostGuideline {
  readonly id: string
  readonly kind: LabelKind
  readonly name: string
  readonly text: string
}

export function lostGuidelines(storage: KeptStorage, corpusId: number, labels: LabelSet): readonly LostGuideline[] {
  return (['entity', 'relation'] as const).flatMap((kind) => {
    const [first, last] = [beginning('guideline', kind), ending(corpusId)]
    const ids = keptIds(storage).filter((id) => id.startsWith(first) && id.endsWith(last))
    const known = new Set(typesOf(labels, kind).map(({ name }) => name))
    return ids.flatMap((id) => {
      const name = id.slice(first.length, -last.length)
      return known.has(name) ? [] : [{ id, kind, name, text: keptDraft(storage, id)?.text ?? '' }]
    })
  })
}
