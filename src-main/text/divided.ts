/** Text divided letter by letter where its script sets no words apart, so that any part of a word is a phrase of the full-text index. */
import { unspaced } from './scripts.ts'
import { hasUnspaced } from './unspaced.ts'

/** A letter of such a script with the marks that belong to it. */
const letters = new RegExp(String.raw`(${unspaced})([\p{M}\p{Cf}]*)`, 'gv')

/** Marks of Thai, Lao, Burmese and Khmer, which tell words apart although the index knows no marks. */
const marks =
  /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1099\u17b4-\u17d3]/g

/** Distance of such a mark from the character for private use that stands for it in the index, which takes that for a letter. */
const privateUse = 0xe000

/** The letters and marks with spaces between them, other words as they are; null for text without such letters. */
export function dividedText(text: string): string | null {
  if (!hasUnspaced(text)) return null
  return text.normalize('NFC').replace(letters, (_, letter: string, own: string) => ` ${letter} ${markLetters(own)}`)
}

function markLetters(own: string): string {
  return own.replace(marks, (mark) => `${String.fromCodePoint((mark.codePointAt(0) ?? 0) + privateUse)} `)
}

/** Whether a mark tells words apart. */
export function isTellingMark(character: string): boolean {
  return character.search(marks) >= 0
}
