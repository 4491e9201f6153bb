/** Counts what DyGIE++ lines cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LossCount } from '../../shared/losses.ts'
import { countSharedWords } from '../../shared/range-relations.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'

const kept: ReadonlySet<Part> = new Set([
  ...(['keys', 'documents', 'sentences', 'ownSentences', 'unrelated', 'types', 'relations'] as const),
])

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countUnkept({ ...doc, layers: (doc.layers ?? []).filter(({ kind }) => kind !== 'system') }, kept, losses)
  countSharedWords(doc, losses)
}
