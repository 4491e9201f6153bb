/** Counts what subject-predicate-object JSON cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LossCount } from '../../shared/losses.ts'
import { countStringLosses } from '../../shared/string-losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { writtenSpos } from './write.ts'

const kept: ReadonlySet<Part> = new Set(['keys', 'spacing', 'types', 'relations', 'unanchored'])

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countUnkept(doc, kept, losses)
  countStringLosses(doc, (annotation, written) => writtenSpos(annotation, written).length, losses)
}
