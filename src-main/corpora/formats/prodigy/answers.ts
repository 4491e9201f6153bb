/** Answers of Prodigy other than "accept": what was refused is no gold, and its sentences are flagged so that nobody takes them for empty. */
import type { Review } from '#main/document/annotation'
import type { Answer } from './record.ts'

const notes = { reject: 'rejected in Prodigy', ignore: 'ignored in Prodigy' } as const

export function reviewOf(answer: Answer | null): Review {
  const note = answer === 'reject' || answer === 'ignore' ? notes[answer] : ''
  return { isReviewed: false, isFlagged: note !== '', note }
}

/** Is it only what the answer says? */
export function isFromAnswer({ isReviewed, isFlagged, note }: Review): boolean {
  return !isReviewed && isFlagged && Object.values<string>(notes).includes(note)
}
