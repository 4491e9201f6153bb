/** Refuses types that the label set of a corpus does not hold: a spelling mistake would become a label. */
import { AppError } from '#main/core/errors'
import type { Change } from '#main/document/operation'
import type { LabelSet } from '#main/labels/label-set'

/**
 * Unknown types that are there already may stay and move: they are listed as violations, and undo may bring them back.
 * @throws AppError invalid-input naming the type.
 */
export function assertKnownTypes(changes: readonly Change[], { entityTypes, relationTypes }: LabelSet): void {
  for (const change of changes) {
    if (change.kind === 'span' && change.after && change.after.label !== change.before?.label)
      assertKnown('entity type', change.after.label, entityTypes)
    if (change.kind === 'relation' && change.after && change.after.type !== change.before?.type)
      assertKnown('relation type', change.after.type, relationTypes)
  }
}

function assertKnown(noun: string, wanted: string, known: readonly { readonly name: string }[]): void {
  if (known.some(({ name }) => name === wanted)) return
  throw new AppError(
    'invalid-input',
    `The label set of this corpus has no ${noun} "${wanted}", so nothing was changed. Add it to the label set first, or choose a type that is there.`,
  )
}
