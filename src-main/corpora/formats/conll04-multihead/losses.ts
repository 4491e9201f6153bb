/** Counts what CoNLL04 in the layout of multi-head selection cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { isJsonObject } from '../../shared/fields.ts'
import { countUnflat } from '../../shared/flat-spans.ts'
import type { LossCount } from '../../shared/losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { countSpacedWords } from '../../shared/written-words.ts'
import { headerOf } from './write.ts'

const kept: ReadonlySet<Part> = new Set(['unrelated', 'types', 'relations'])

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  const { sourceExtra, ...rest } = doc
  const isHeaderAlone = headerOf(doc) !== null && isJsonObject(sourceExtra) && Object.keys(sourceExtra).length === 1
  countUnkept(isHeaderAlone ? rest : doc, kept, losses)
  countSpacedWords(doc, losses)
  doc.sentences.forEach(({ start, end }, at) => {
    const annotation = doc.annotations[at]
    if (annotation && start < end) countUnflat(annotation, losses)
  })
}
