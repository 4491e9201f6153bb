/** Counts what lines of the released PMEI code cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { findStarts } from '#main/text/find-words'
import type { Loss, LossCount } from '../../shared/losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { countSpacedWords, writtenWords } from '../../shared/written-words.ts'
import { writtenMentions } from './write.ts'

const kept: ReadonlySet<Part> = new Set(['keys', 'pos', 'unrelated', 'relations', 'unanchored'])

const lost = {
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
  countSpacedWords(doc, losses)
  doc.sentences.forEach((sentence, index) => {
    const annotation = doc.annotations[index]
    if (!annotation || sentence.start === sentence.end) return
    const words = writtenWords(doc, sentence)
    const { spans, relations, unanchored } = annotation
    const isFirst = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
      findStarts(words, words.slice(start, end))[0] === start
    losses.add(lost.places, spans.filter((span) => !isFirst(span)).length)
    losses.add(lost.equal, relations.length + unanchored.length - writtenMentions(annotation, words).length)
  })
}
