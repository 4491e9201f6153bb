/** Losses of formats that hold triples as strings, which stand at their first place among the words of a sentence. */
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { Sentence } from '#main/document/doc'
import { createOffsetTable } from '#main/text/code-points'
import { findWords } from '#main/text/find-words'
import { splitWords } from '#main/text/words'
import type { Loss, LossCount } from './losses.ts'
import { lostSpacing } from './unkept.ts'
import { writtenSentence, type WrittenSentence } from './written-text.ts'

const lost = {
  words: [
    'word is found as several, or with its neighbours as one, when the file is read',
    'words are found as several, or with their neighbours as one, when the file is read',
  ],
  places: [
    'span moves to the first place where its words stand',
    'spans move to the first place where their words stand',
  ],
  equal: [
    'triple of the same words as another becomes one with it',
    'triples of the same words as others become one with them',
  ],
} as const satisfies Record<string, Loss>

/**
 * @param countWritten the number of triples that a sentence is written with, each once.
 * @param spansHave what the format says of a span.
 */
export function countStringLosses(
  doc: AnnotatedDoc,
  countWritten: (annotation: SentenceAnnotation, sentence: WrittenSentence) => number,
  losses: LossCount,
  spansHave: 'words' | 'places' = 'words',
): void {
  doc.sentences.forEach((sentence, index) => {
    const annotation = doc.annotations[index]
    if (!annotation || sentence.start === sentence.end) return
    const written = writtenSentence(doc, sentence)
    const { words, text } = written
    if (originalText(doc, sentence) !== text) losses.add(lostSpacing)
    const found = new Set(splitWords(text).map(({ start, end }) => [...text].slice(start, end).join('')))
    losses.add(lost.words, words.filter((word) => !found.has(word)).length)
    const { spans, relations, unanchored } = annotation
    const moving = spans.filter(({ start, end }) => findWords(words, words.slice(start, end))?.start !== start)
    if (spansHave === 'words') losses.add(lost.places, moving.length)
    losses.add(lost.equal, relations.length + unanchored.length - countWritten(annotation, written))
  })
}

function originalText({ text, tokens }: AnnotatedDoc, { start, end }: Sentence): string {
  return createOffsetTable(text).slice(tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0)
}
