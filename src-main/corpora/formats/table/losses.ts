/** Counts what a table of triples cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LossCount } from '../../shared/losses.ts'
import { countStringLosses } from '../../shared/string-losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { writtenRows } from './write.ts'

const kept: ReadonlySet<Part> = new Set(['spacing', 'types', 'relations', 'unanchored'])

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countUnkept(doc, kept, losses)
  countStringLosses(doc, (annotation, written) => writtenRows(annotation, written).length, losses)
}
