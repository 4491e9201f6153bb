/** SegmentationPlan: what an operation does to the words of a sentence, or to the border between it and the next one. */
import type { Border } from '#main/document/carry-items'
import type { Token } from '#main/document/doc'
import type { LoggedChange } from '#main/document/operation'
import type { NextSentence } from '#main/document/segmentation'

export interface SegmentationPlan {
  /** Words before and after. */
  readonly before: readonly Token[]
  readonly after: readonly Token[]
  readonly border: SentenceBorder | null
}

export interface SentenceBorder extends Border {
  /** True where the border comes, false where it goes. */
  readonly isSplit: boolean
  /** The sentence behind it. */
  readonly next: NextSentence
}

/** Null for an operation that leaves words and sentences as they are. */
export function planOf(changes: readonly LoggedChange[]): SegmentationPlan | null {
  const words = changes.find((change) => change.kind === 'words')
  if (!words) return null
  const { before, after } = words
  const sentence = changes.find((change) => change.kind === 'sentence')
  const next = sentence?.after ?? sentence?.before
  if (!sentence || !next) return { before, after, border: null }
  const isSplit = sentence.after !== null
  const [first, whole] = isSplit ? [after, before] : [before, after]
  const border = { words: first.length, chars: whole[first.length]?.start ?? 0 }
  return { before, after, border: { ...border, isSplit, next } }
}
