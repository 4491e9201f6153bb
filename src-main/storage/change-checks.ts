/** Checks of changes before they are written: against the annotation as it is, and against the words of the sentence. */
import { AppError } from '#main/core/errors'
import type { Annotation } from '#main/document/annotation'
import { charFault } from '#main/document/char-bounds'
import { applyChanges, ChangeConflict, type LoggedChange } from '#main/document/operation'
import { unpackTokens, wordsOf } from './words.ts'

/** The annotation after the changes. @throws AppError 'conflict' when it is not what they start from. */
export function changed(annotation: Annotation, changes: readonly LoggedChange[]): Annotation {
  return refusing(() => applyChanges(annotation, changes))
}

/** What `check` answers with. @throws AppError 'conflict' where it throws a ChangeConflict. */
export function refusing<T>(check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof ChangeConflict)) throw error
    throw new AppError(
      'conflict',
      `This sentence has changed since: ${error.message}. Nothing was written; open the sentence again and repeat the change.`,
    )
  }
}

/** @throws ChangeConflict where spans lie outside the words of a sentence that has become shorter. */
export function refuseOverhanging({ spans }: Annotation, words: number): void {
  const span = spans.find(({ end }) => end > words)
  if (span) throw new ChangeConflict(`a span ${span.label} would lie outside of it`)
}

/** @throws AppError 'invalid-input' for a span that does not fit into the sentence. */
export function refuseOutside(
  changes: readonly LoggedChange[],
  { text, tokens: packed }: { readonly text: string; readonly tokens: string },
): void {
  const tokens = unpackTokens(packed)
  for (const change of changes) {
    if (change.kind !== 'span' || !change.after) continue
    const { start, end, label, chars } = change.after
    if (start >= end || end > tokens.length)
      throw new AppError(
        'invalid-input',
        `A span ${label} from word ${start} to ${end} does not fit into a sentence of ${tokens.length} words. Choose at least one word inside the sentence.`,
      )
    const fault = chars ? charFault(change.after, { words: wordsOf(text, tokens), tokens }) : null
    if (fault !== null)
      throw new AppError(
        'invalid-input',
        `A span ${label} from word ${start} to ${end} cannot be written: ${fault}. Choose its bounds again.`,
      )
  }
}
