/** Types that changes of an annotation need and a label set does not hold yet. */
import type { Change } from '#main/document/operation'
import { addType, typesOf, type LabelKind } from './edit-labels.ts'
import type { LabelSet } from './label-set.ts'

/** The label set with every type that the changes give; the very same set where it holds all of them. */
export function withTypesOf(changes: readonly Change[], labels: LabelSet): LabelSet {
  const add = (set: LabelSet, kind: LabelKind, name: string): LabelSet =>
    typesOf(set, kind).some((known) => known.name === name) ? set : addType(set, kind, name)
  return changes.reduce((set, change) => {
    if (change.kind === 'span' && change.after) return add(set, 'entity', change.after.label)
    return change.kind === 'relation' && change.after ? add(set, 'relation', change.after.type) : set
  }, labels)
}
