/** Quotations: whether a sentence goes on within one, or after it. */
import type { TokenView } from './token-view.ts'

/** Number of words that are looked at for the end of a quotation, and for who is quoted after it. */
const reach = 40
const clause = 12

const quotes = /^[\p{Pi}\p{Pf}„"]$/u
const mark = /^(?:[!?…‼‽⁇⁈⁉؟]|\.{2,10000})$/

/** Whether the word stands inside a quotation that ends with a question or call, after which its sentence goes on: “Why? How?” asked Mara. */
export function isInsideQuestion(view: TokenView, index: number, start: number): boolean {
  if (!isQuoted(view, index, start)) return false
  for (let at = index; at < Math.min(index + reach, view.length); at++) {
    if (view.roleOf(at) !== 'closes' || !quotes.test(view.word(at))) continue
    return mark.test(view.word(at - 1)) && /^\p{Ll}/u.test(view.word(at + 1))
  }
  return false
}

/** Whether a quotation that began in the sentence, not long ago, is open before the word. */
function isQuoted(view: TokenView, index: number, start: number): boolean {
  for (let at = index - 1; at >= Math.max(start, index - reach); at--)
    if (quotes.test(view.word(at))) return view.roleOf(at) === 'opens'
  return false
}

const says = /[說说問问喊嚷曰]|(?<!知)道(?![路理德教具])|回答|言っ|言い|述べ|尋ね/

/** Whether the sentence goes on after a quotation that it began with: “你去吗？”她问。 「行くの？」と彼は聞いた。 */
export function goesOnAfter(view: TokenView, index: number, start: number): boolean {
  if (/^(?:と|って)/.test(view.word(index))) return true
  for (let at = index - 2; at > Math.max(start, index - 2 - reach); at--)
    if (view.roleOf(at) === 'opens' && /^[\p{Ps}\p{Pi}"]$/u.test(view.word(at))) return false
  let after = ''
  for (let at = index; at < Math.min(index + clause, view.length); at++) {
    if (/^[\p{Sentence_Terminal}，、,“「『"]$/u.test(view.word(at))) break
    after += view.word(at)
  }
  return says.test(after)
}
