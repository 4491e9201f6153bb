/** Counts what CoNLL04 of Roth and Yih cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { countUnflat } from '../../shared/flat-spans.ts'
import type { LossCount } from '../../shared/losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { countSpacedWords } from '../../shared/written-words.ts'

const kept: ReadonlySet<Part> = new Set(['pos', 'unrelated', 'types', 'relations'])

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countUnkept(doc, kept, losses)
  countSpacedWords(doc, losses)
  doc.sentences.forEach(({ start, end }, at) => {
    const annotation = doc.annotations[at]
    if (annotation && start < end) countUnflat(annotation, losses)
  })
}
