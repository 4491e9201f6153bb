/** Splitting and joining words and sentences in the contract. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Operation } from '#main/document/operation'
import { sentenceId } from './shared.ts'

const word = z.int().min(0)

const segmentationAct = z.discriminatedUnion('kind', [
  /** @param at code points from the start of the word. */
  z.object({ kind: z.literal('split-word'), word, at: z.int().min(0) }),
  /** Joins a word with the one behind it. */
  z.object({ kind: z.literal('join-words'), word }),
  /** @param word the first one of the second part. */
  z.object({ kind: z.literal('split-sentence'), word }),
  /** Joins the sentence with the next one of its document. */
  z.object({ kind: z.literal('join-sentences') }),
])

export type SegmentationAct = z.infer<typeof segmentationAct>

/** Segmented: the operation, or the sentence that says why there is none. */
export type Segmented =
  | { readonly operation: Operation; readonly refusal: null }
  | { readonly operation: null; readonly refusal: string }

export const segmentation = {
  segment: oc.input(z.object({ sentenceId: sentenceId, act: segmentationAct })).output(type<Segmented>()),
}
