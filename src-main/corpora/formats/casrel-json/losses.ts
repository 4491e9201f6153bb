/** Counts what triple JSON cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { findWords } from '#main/text/find-words'
import type { Loss, LossCount } from '../../shared/losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { writtenTriples, writtenWords } from './write.ts'

const kept: ReadonlySet<Part> = new Set(['keys', 'relations', 'unanchored'])

const lost = {
  words: ['word with white space in it becomes several', 'words with white space in them become several'],
  places: [
    'span moves to the first place where its words stand',
    'spans move to the first place where their words stand',
  ],
  equal: [
    'triple of the same words as another becomes one with it',
    'triples of the same words as others become one with them',
  ],
} as const satisfies Record<string, Loss>

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countUnkept(doc, kept, losses)
  const words = writtenWords(doc)
  doc.sentences.forEach(({ start, end }, index) => {
    const annotation = doc.annotations[index]
    const own = words.slice(start, end)
    if (!annotation || own.length === 0) return
    losses.add(lost.words, own.filter((word) => word.includes(' ')).length)
    for (const span of annotation.spans)
      if (findWords(own, own.slice(span.start, span.end))?.start !== span.start) losses.add(lost.places)
    const { relations, unanchored } = annotation
    losses.add(lost.equal, relations.length + unanchored.length - writtenTriples(annotation, own).length)
  })
}
