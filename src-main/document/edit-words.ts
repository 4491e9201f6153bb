/** The acts on words: one becomes two, or two become one. Spans keep their characters, and so may begin or end within a word afterwards. */
import type { Annotation } from './annotation.ts'
import { changesBetween } from './annotation-changes.ts'
import { carryToWords } from './carry-items.ts'
import { graphemeBorders } from './char-bounds.ts'
import type { Token } from './doc.ts'
import type { CharContext } from './edit-chars.ts'
import { quote } from './edit.ts'
import type { LoggedChange } from './operation.ts'

/** SegmentationEdit: an edit that changes words or sentences too. Without changes it says why nothing is done. */
export interface SegmentationEdit {
  readonly changes: readonly LoggedChange[]
  readonly description: string
}

/**
 * Splits a word before one of its characters. The parts have no part of speech: that of the whole says nothing of them.
 * @param at code points from the start of the word.
 */
export function splitWord(annotation: Annotation, word: number, at: number, context: CharContext): SegmentationEdit {
  const [text, token] = [context.words[word], context.tokens[word]]
  if (text === undefined || token === undefined) return nothing('There is no such word in this sentence')
  if ([...text].length === 1) return nothing(`${text} has one character: it cannot be split`)
  if (!graphemeBorders(text).slice(1, -1).includes(at))
    return nothing(`${text} cannot be split there: choose a place between two of its characters`)
  const border = token.start + at
  const tokens = [
    { start: token.start, end: border },
    { start: border, end: token.end },
  ]
  const letters = [...text]
  const words = [letters.slice(0, at).join(''), letters.slice(at).join('')]
  return rewritten(annotation, { word, count: 1, words, tokens }, `${text} split into ${words.join(' and ')}`, context)
}

/** Joins a word with the next one. White space stays between words: a word of a file could not hold it. */
export function joinWithNextWord(annotation: Annotation, word: number, context: CharContext): SegmentationEdit {
  const [first, second] = [context.tokens[word], context.tokens[word + 1]]
  if (!first) return nothing('There is no such word in this sentence')
  if (!second) return nothing('This is the last word: there is none behind it to join it with')
  const [text = '', next = ''] = context.words.slice(word, word + 2)
  if (first.end < second.start) return nothing(`${text} and ${next} stay two words: there is white space between them`)
  const pos = first.pos === second.pos ? first.pos : undefined
  const token = { start: first.start, end: second.end, ...(pos !== undefined && { pos }) }
  const joined = { word, count: 2, words: [text + next], tokens: [token] }
  return rewritten(annotation, joined, `${text} and ${next} joined into ${text + next}`, context)
}

interface Rewriting {
  /** First word that is replaced. */
  readonly word: number
  readonly count: number
  readonly words: readonly string[]
  readonly tokens: readonly Token[]
}

function rewritten(
  annotation: Annotation,
  { word, count, words, tokens }: Rewriting,
  description: string,
  context: CharContext,
): SegmentationEdit {
  const next = {
    words: context.words.toSpliced(word, count, ...words),
    tokens: context.tokens.toSpliced(word, count, ...tokens),
  }
  const { annotation: carried, lost } = carryToWords(annotation, context, next)
  const [span] = lost.spans
  if (span) return nothing(`${span.label} ${quote(span, context)} would end within a character: move its bounds first`)
  return {
    changes: [{ kind: 'words', before: context.tokens, after: next.tokens }, ...changesBetween(annotation, carried)],
    description,
  }
}

function nothing(description: string): SegmentationEdit {
  return { changes: [], description }
}
