/** Counts what DyGIE++ lines cannot hold. */
import type { AnnotatedDoc, DocLayer } from '#main/document/annotated-doc'
import { isJsonObject } from '../../shared/fields.ts'
import type { LossCount } from '../../shared/losses.ts'
import { countSharedWords } from '../../shared/range-relations.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { predictionLayer } from './write.ts'

const kept: ReadonlySet<Part> = new Set([
  ...(['keys', 'documents', 'sentences', 'ownSentences', 'unrelated', 'types', 'relations'] as const),
])

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countUnkept({ ...doc, layers: (doc.layers ?? []).filter((layer) => !isWritten(layer, doc)) }, kept, losses)
  countSharedWords(doc, losses)
}

/** The prediction that came with the document is written back from its further keys. */
function isWritten({ kind, name }: DocLayer, { sourceExtra }: AnnotatedDoc): boolean {
  const isStated = isJsonObject(sourceExtra) && ('predicted_ner' in sourceExtra || 'predicted_relations' in sourceExtra)
  return kind === 'system' && name === predictionLayer && isStated
}
