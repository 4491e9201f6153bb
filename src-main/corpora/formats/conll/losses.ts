/** Counts what columns with tags cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { isJsonObject } from '../../shared/fields.ts'
import { countOverlapping } from '../../shared/flat-spans.ts'
import type { LossCount } from '../../shared/losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { countSpacedWords } from '../../shared/written-words.ts'
import { keptColumns } from './kept-columns.ts'

const kept: readonly Part[] = ['ownSentences', 'unrelated', 'types']

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  const hasPos = keptColumns(doc.sourceExtra)?.pos !== null
  countUnkept(withoutColumns(doc), new Set(hasPos ? [...kept, 'pos'] : kept), losses)
  countSpacedWords(doc, losses)
  doc.sentences.forEach(({ start, end }, at) => {
    if (start < end) countOverlapping(doc.annotations[at]?.spans ?? [], losses)
  })
}

/** The Doc without what is written back as columns. */
function withoutColumns({ sourceExtra, ...doc }: AnnotatedDoc): AnnotatedDoc {
  if (!isJsonObject(sourceExtra)) return sourceExtra === undefined ? doc : { ...doc, sourceExtra }
  const { conll: _, ...rest } = sourceExtra
  return Object.keys(rest).length === 0 ? doc : { ...doc, sourceExtra: rest }
}
