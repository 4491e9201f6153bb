/** Words for formats in which white space or a separator ends a word. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Sentence } from '#main/document/doc'
import { wordsOf } from '#main/text/words'
import type { Loss, LossCount } from './losses.ts'

const spaced: Loss = [
  'word with white space in it is written with "_" in its place',
  'words with white space in them are written with "_" in its place',
]

/** White space that no word may hold in such a file; others, as the no-break space, stay. */
const separators = /[ \t\r\n\v\f\u0085\u2028\u2029]+/g

/** The text with "_" for white space within it. */
export function withoutSpace(text: string): string {
  return text.replaceAll(separators, '_')
}

/** The words of a sentence, with "_" for white space within one. */
export function writtenWords({ text, tokens }: AnnotatedDoc, { start, end }: Sentence): string[] {
  return wordsOf(text, tokens.slice(start, end)).map(withoutSpace)
}

export function countSpacedWords({ text, tokens }: AnnotatedDoc, losses: LossCount): void {
  losses.add(spaced, wordsOf(text, tokens).filter((word) => word.search(separators) >= 0).length)
}
