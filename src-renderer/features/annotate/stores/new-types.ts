/** Types that were added while annotating. An undo takes their labels back and not the types, and says so once. */
import type { Change } from '#main/document/operation'
import type { LabelSet } from '#main/labels/label-set'

export interface NewTypes {
  /** Notes the types that a change of the label set adds. */
  add(before: LabelSet, after: LabelSet): void
  /** The sentence that says which new types the changes of an undo leave in the label set; empty where there are none. */
  tellStaying(changes: readonly Change[]): string
}

export function createNewTypes(): NewTypes {
  const untold = new Set<string>()
  return {
    add(before, after) {
      const known = new Set(namesOf(before))
      for (const name of namesOf(after)) if (!known.has(name)) untold.add(name)
    },

    tellStaying(changes) {
      const taken = new Set(changes.flatMap((change) => labelTakenBy(change) ?? []))
      const staying = [...taken].filter((name) => untold.delete(name))
      if (staying.length === 0) return ''
      const [verb, pronoun] = staying.length === 1 ? ['stays', 'it'] : ['stay', 'them']
      return `${staying.join(', ')} ${verb} in the label set; Corpora → Labels removes ${pronoun}.`
    },
  }
}

const namesOf = ({ entityTypes, relationTypes }: LabelSet): string[] =>
  [...entityTypes, ...relationTypes].map(({ name }) => name)

/** The type of a span or relation that a change removes or gives another type; undefined for all else. */
function labelTakenBy(change: Change): string | undefined {
  if (change.kind === 'span' && change.before?.label !== change.after?.label) return change.before?.label
  if (change.kind === 'relation' && change.before?.type !== change.after?.type) return change.before?.type
  return undefined
}
