/** The acts on sentences: one becomes two, or a sentence and the next one of its document become one. */
import type { Annotation } from './annotation.ts'
import { changesBetween } from './annotation-changes.ts'
import { crossingItems, divideItems, uniteItems } from './carry-items.ts'
import type { Token } from './doc.ts'
import type { CharContext } from './edit-chars.ts'
import { quote } from './edit.ts'
import { quoteEnds } from './edit-relations.ts'
import type { SegmentationEdit } from './edit-words.ts'
import { joinRemarks } from './remark.ts'
import { unnumbered } from './segmentation.ts'

/**
 * Splits a sentence before one of its words. Both parts are reviewed and flagged as the whole was; its note stays with the first. A span
 * or relation that would lie on both sides stands in the way.
 */
export function splitSentence(annotation: Annotation, word: number, context: CharContext): SegmentationEdit {
  const token = context.tokens[word]
  if (word === 0) return nothing('The sentence begins here: choose the word that the second part is to begin with')
  if (!token) return nothing('There is no such word in this sentence')
  const fault = crossingFault(annotation, word, context)
  if (fault !== null) return nothing(fault)
  const [first, second] = divideItems(annotation, { words: word, chars: token.start })
  const review = { ...annotation.review, note: '' }
  const next = { sentenceId: unnumbered, annotation: { ...second.annotation, review } }
  return {
    changes: [
      ...changesBetween(annotation, first.annotation),
      { kind: 'words', before: context.tokens, after: context.tokens.slice(0, word) },
      { kind: 'sentence', before: null, after: next },
    ],
    description: `Sentence split before ${quote({ start: word, end: Math.min(word + 3, context.words.length) }, context)}`,
  }
}

/** The sentence behind another one of the same document. */
export interface FollowingSentence {
  readonly sentenceId: number
  readonly annotation: Annotation
  readonly words: readonly string[]
  readonly tokens: readonly Token[]
  /** Code points from the start of the sentence before it to its own. */
  readonly offset: number
}

/** Joins a sentence with the next one. What was reviewed in part is not reviewed; a flag and the notes of either stay. */
export function joinWithNextSentence(
  annotation: Annotation,
  next: FollowingSentence,
  context: CharContext,
): SegmentationEdit {
  const border = { words: context.tokens.length, chars: next.offset }
  const [own, other] = [annotation.review, next.annotation.review]
  const isReviewed = own.isReviewed && other.isReviewed
  const { note, isFlagged } = joinRemarks([{ remark: own }, { remark: other }])
  const review = { note, isFlagged, isReviewed }
  const united = { ...uniteItems(annotation, next.annotation, border, context.newId), review }
  const moved = next.tokens.map((token) => ({
    ...token,
    start: token.start + next.offset,
    end: token.end + next.offset,
  }))
  const isLost = isReviewed !== (own.isReviewed || other.isReviewed)
  const start = quote({ start: 0, end: Math.min(3, next.words.length) }, { words: next.words })
  return {
    changes: [
      { kind: 'sentence', before: { sentenceId: next.sentenceId, annotation: next.annotation }, after: null },
      { kind: 'words', before: context.tokens, after: [...context.tokens, ...moved] },
      ...changesBetween(annotation, united),
    ],
    description: `Sentence joined with the next, ${start}${isLost ? '; not reviewed, since one of the two was not' : ''}`,
  }
}

/** The sentence that says what stands in the way of a border before a word; null for nothing. */
function crossingFault(annotation: Annotation, word: number, context: CharContext): string | null {
  const { spans, relations } = crossingItems(annotation, word)
  const [span] = spans
  if (span) return `${span.label} ${quote(span, context)} would be cut in two: move its bounds or remove it first`
  const [relation] = relations
  if (!relation) return null
  const others = relations.length > 1 ? `, and ${relations.length - 1} more` : ''
  return `${relation.type}, ${quoteEnds(annotation, relation, context)}, would go from one sentence to another${others}: remove it first`
}

function nothing(description: string): SegmentationEdit {
  return { changes: [], description }
}
