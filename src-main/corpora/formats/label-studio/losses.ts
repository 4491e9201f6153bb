/** Counts what Label Studio JSON cannot hold of a Doc. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LossCount } from '../../shared/losses.ts'
import { countMarkLosses } from '../../shared/mark-losses.ts'

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countMarkLosses(doc, { layers: true, extra: true }, losses)
}
