/** SentenceEnds: the rules that say before which words of a text a sentence ends. */
import type { Language } from './languages/language.ts'
import { abbreviationUse } from './languages/language.ts'
import { createListItems } from './list-items.ts'
import { goesOnAfter, isInsideQuestion } from './quotations.ts'
import { unspaced } from './scripts.ts'
import type { TokenView } from './token-view.ts'

export interface SentenceEnds {
  /** Whether a sentence that began with the word `start` ends before the word `index`. Asked in reading order. */
  isBorder(index: number, start: number): boolean
}

/** Marks that end a sentence only where white space follows. */
const narrow = /^(?:[.!?…‼‽⁇⁈⁉]|\.{2,10000})$/
/** Marks of other scripts, which end a sentence whatever follows. */
const full = /^[\p{Sentence_Terminal}--[.!?‼‽⁇⁈⁉]]$/v
const continues = /^[\p{Sentence_Terminal}…,;:،؛、，；：]/u
const title = /^[》〉]$/
const beginsUnspaced = new RegExp(`^${unspaced}`, 'v')
const endsUnspaced = new RegExp(String.raw`${unspaced}\p{M}{0,100}$`, 'v')

export function createSentenceEnds(view: TokenView, language: Language): SentenceEnds {
  const kindOf = createMarks(language)
  const items = createListItems(view)
  let ending = 0 // the last word before closing marks
  return {
    isBorder(index, start) {
      if (index === 1 || view.roleOf(index - 1) !== 'closes') ending = index - 1
      const gap = view.gapBefore(index)
      if (hasLineBreak(gap) && beginsLine(index, start, gap)) return true
      const word = view.word(ending)
      switch (kindOf(word)) {
        case 'full':
          return endsInFull(view, index, start, ending)
        case 'narrow':
          return endsNarrowly(index, start, gap)
        case 'abbreviation':
          return gap !== '' && canBegin(view, index, language) && endsAbbreviated(word, view.word(index), language)
        case 'none':
          return false
      }
    },
  }

  function beginsLine(index: number, start: number, gap: string): boolean {
    return isBlankLine(gap) || items.beginsAt(index, start) || isBetweenUnspaced(view, index)
  }

  function endsNarrowly(index: number, start: number, gap: string): boolean {
    const isSetApart = gap !== '' && (canBegin(view, index, language) || items.isDashAt(index))
    if (!isSetApart && !isUnspacedEnd(view, index, ending)) return false
    const next = view.word(index)
    if (view.word(ending) === '.') return !items.isNumber(ending, start) && !isOrdinal(view, ending, next, language)
    return !isNamePart(next, language) && !isInsideQuestion(view, index, start)
  }
}

type Mark = 'full' | 'narrow' | 'abbreviation' | 'none'

/** What a word is to the end of a sentence; each word is looked at once. */
function createMarks({ terminators }: Language): (word: string) => Mark {
  const known = new Map<string, Mark>()
  const markOf = (word: string): Mark => {
    if (full.test(word)) return 'full'
    if (narrow.test(word) || (word !== '' && terminators.includes(word))) return 'narrow'
    return word.endsWith('.') ? 'abbreviation' : 'none'
  }
  return (word) => {
    const mark = known.get(word) ?? markOf(word)
    known.set(word, mark)
    return mark
  }
}

const picture = /^(?:\p{Extended_Pictographic}|\p{RI})/u
const beginning = /^(?:[\p{Lu}\p{Lt}\p{Lo}\p{N}\p{Ps}\p{Pi}"'¿¡]|\p{Ll}{1,3}\p{Lu})/u

/** Marks that begin a sentence together with the word that follows at once: @mara, #news, —Dijo. */
const prefixes = [
  { mark: /^[@#]$/, before: /^[\p{L}\p{N}_]/u },
  { mark: /^[–—]$/, before: /^[\p{Lu}¿¡]/u },
]

/** Whether a sentence can begin with the word. With a picture such as 🎉 it can if it can with the next word. */
function canBegin(view: TokenView, index: number, { starters }: Language): boolean {
  let at = index
  while (picture.test(view.word(at))) at++
  const word = view.word(at)
  const isPrefix =
    view.gapBefore(at + 1) === '' &&
    (prefixes.find(({ mark }) => mark.test(word))?.before.test(view.word(at + 1)) ?? false)
  return beginning.test(word) || isPrefix || view.roleOf(at) === 'opens' || starters.has(word)
}

function hasLineBreak(gap: string): boolean {
  return gap !== '' && gap !== ' ' && /[\n\r\u2029]/.test(gap)
}

function isBlankLine(gap: string): boolean {
  return /\n[^\S\n]*\r?\n|\u2029/.test(gap)
}

/** Lines of scripts that set no words apart are paragraphs; Thai and Lao have no other end of a sentence. */
function isBetweenUnspaced(view: TokenView, index: number): boolean {
  return endsUnspaced.test(view.word(index - 1)) && beginsUnspaced.test(view.word(index))
}

/** After 。 and its like, unless the text goes on with a mark, a title ends there, or someone is quoted: “你去吗？”她问。 */
function endsInFull(view: TokenView, index: number, start: number, ending: number): boolean {
  if (view.roleOf(index) === 'closes' || continues.test(view.word(index))) return false
  if (view.word(ending) === '．' && /\p{N}$/u.test(view.word(ending - 1)) && /^\p{N}/u.test(view.word(index)))
    return false
  if (ending === index - 1) return true
  return !title.test(view.word(index - 1)) && !goesOnAfter(view, index, start)
}

/** 他走了.她来了: no space follows, but neither word is of a script that has spaces. */
function isUnspacedEnd(view: TokenView, index: number, ending: number): boolean {
  return (
    /^[.!?]$/.test(view.word(ending)) &&
    beginsUnspaced.test(view.word(index)) &&
    endsUnspaced.test(view.word(ending - 1)) &&
    (ending === index - 1 || !title.test(view.word(index - 1)))
  )
}

/** The number of "3. Mai" or the Roman one of "Friedrich II. von": its full stop ends no sentence. That of "S. 5." is no ordinal. */
function isOrdinal(view: TokenView, fullStop: number, next: string, language: Language): boolean {
  if (!language.hasOrdinals || language.starters.has(next) || view.gapBefore(fullStop) !== '') return false
  const before = view.word(fullStop - 2)
  if (before.endsWith('.') && abbreviationUse(before.slice(0, -1), language) === 'before a number') return false
  return /^(?:\p{N}{1,2}|[IVXLC]{2,6})$/u.test(view.word(fullStop - 1))
}

/** "Inc." after "Yelp!": the mark belongs to a name. */
function isNamePart(next: string, language: Language): boolean {
  return next.endsWith('.') && abbreviationUse(next.slice(0, -1), language) === 'elsewhere'
}

/** Whether a sentence ends with this abbreviation before `next`. One that stands before a name or number never ends it. */
function endsAbbreviated(word: string, next: string, language: Language): boolean {
  const use = abbreviationUse(word.slice(0, -1), language)
  return (use === undefined || use === 'elsewhere') && language.starters.has(next)
}
