/** Counts what Prodigy JSON lines cannot hold of a Doc. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { ownExtra } from '../../shared/item-extras.ts'
import type { Loss, LossCount } from '../../shared/losses.ts'
import { countMarkLosses } from '../../shared/mark-losses.ts'
import { isFromAnswer } from './answers.ts'

const refused: Loss = [
  'record that was rejected or ignored has been annotated since, and loses what was refused',
  'records that were rejected or ignored have been annotated since, and lose what was refused',
]

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countMarkLosses(doc, { words: true, extra: true, isReviewKept: isFromAnswer }, losses)
  const isAnnotated = doc.annotations.some(({ spans }) => spans.length > 0)
  if (isAnnotated && 'refused' in ownExtra(doc, 'prodigy')) losses.add(refused)
}
