/** Annotating in the contract: sentences opened, changed and queued. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Annotation } from '#main/document/annotation'
import type { AppliedOperation } from '#main/document/applied-operation'
import type { Split } from '#main/document/doc'
import type { HeldBack } from '#main/document/held-back'
import type { SentenceLayer } from '#main/document/layer'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { Occurrence } from '#main/document/occurrence'
import type { Operation } from '#main/document/operation'
import type { Prediction } from '#main/document/prediction'
import type { SentenceOrigin } from '#main/document/sentence-origin'
import { queueOrders, type QueuePage } from '#main/document/queue'
import type { LabelSet } from '#main/labels/label-set'
import type { OverReliance } from '#main/comparison/over-reliance'
import { change } from './changes.ts'
import { suggestingLayer } from './suggestions.ts'
import { segmentation } from './segmentation.ts'
import { corpusId, page, runId, sentenceFilter, sentenceId, sentenceSelection } from './shared.ts'

export interface SentenceView {
  readonly sentenceId: number
  readonly corpusId: number
  readonly corpusName: string
  readonly split: Split
  readonly position: number
  readonly text: string
  readonly tokens: readonly { readonly start: number; readonly end: number }[]
  readonly previousText: string | null
  readonly nextText: string | null
  readonly annotation: Annotation
  readonly unanchored: readonly TextTriple[]
  /** Annotations of the sentence by others; those of runs and systems are left out while suggestions are held back. */
  readonly layers: readonly SentenceLayer[]
  readonly labels: LabelSet
  /** Prediction of the chosen run or layer, in the types of the corpus; null when none is chosen or the run has not predicted this sentence yet. */
  readonly prediction: Prediction | null
  /** Why suggestions are held back until the sentence is reviewed; null where they are shown. */
  readonly heldBack: HeldBack | null
  /** The extraction that it was taken out of to be corrected; null where it was imported. */
  readonly origin: SentenceOrigin | null
}

/** Progress of a corpus, and the work of this person today. */
export interface AnnotationProgress {
  readonly reviewed: number
  readonly total: number
  readonly reviewedToday: number
  /** Milliseconds between acts of today, pauses of more than five minutes not counted. */
  readonly activeMsToday: number
}

interface Occurrences {
  readonly total: number
  /** The first occurrences. */
  readonly items: readonly Occurrence[]
}

/** Undo and redo may act on another sentence than the open one: the window goes there. */
export interface UndoneOperation {
  readonly operation: Operation
  readonly undoneDescription: string
  /** Number of sentences that the act changed. */
  readonly sentences: number
}

const queueOrder = z.enum(queueOrders)

export const annotations = {
  /** Opens a sentence with what a run, or a layer in its place, suggests. */
  open: oc
    .input(
      z.object({
        ...{ sentenceId: sentenceId, runId: runId.nullable() },
        layer: suggestingLayer.nullable().optional(),
      }),
    )
    .output(type<SentenceView>()),
  apply: oc
    .input(z.object({ sentenceId: sentenceId, description: z.string().min(1), changes: z.array(change).min(1) }))
    .output(type<{ readonly operation: Operation }>()),
  ...segmentation,
  /** Finds the other places in the corpus where the words of a range stand without a span of this label. */
  occurrences: oc
    .input(z.object({ sentenceId: sentenceId, start: z.int().min(0), end: z.int().min(1), label: z.string().min(1) }))
    .output(type<Occurrences>()),
  /** Labels words in many sentences as one act; answers with how many places it labelled. */
  propagate: oc
    .input(
      z.object({
        label: z.string().min(1),
        places: z
          .array(z.object({ sentenceId: sentenceId, start: z.int().min(0), end: z.int().min(1) }))
          .min(1)
          .max(10_000),
      }),
    )
    .output(type<number>()),
  /** Takes back this person's latest act, wherever it was; null when there is none. */
  undo: oc.input(z.object({ corpusId: corpusId })).output(type<UndoneOperation | null>()),
  redo: oc.input(z.object({ corpusId: corpusId })).output(type<UndoneOperation | null>()),
  /** Takes back all that was done to a sentence after an operation (null: after the import), as one act; null when that is nothing. */
  backTo: oc
    .input(z.object({ sentenceId: sentenceId, operationId: z.int().positive().nullable() }))
    .output(type<AppliedOperation | null>()),
  /** Operations of one sentence, or of the whole corpus when `sentenceId` is null, latest first. */
  history: oc
    .input(z.object({ corpusId: corpusId, sentenceId: sentenceId.nullable(), limit: z.int().min(1).max(1000) }))
    .output(type<Operation[]>()),
  /** Orders that a run makes ("uncertain", "disagreement") leave the test split out unless `filter.splits` names it. */
  queue: oc
    .input(
      z.object({
        corpusId: corpusId,
        order: queueOrder,
        runId: runId.nullable(),
        /** The other run of an order by disagreement. */
        againstRunId: runId.nullable().default(null),
        filter: sentenceFilter,
        /** Sentences that the queue is confined to; all of the corpus where it is left out. */
        scope: sentenceSelection.optional(),
        ...page,
      }),
    )
    .output(type<QueuePage>()),
  progress: oc.input(z.object({ corpusId: corpusId })).output(type<AnnotationProgress>()),
  /** Counts what this person did with a run's suggestions, and their agreement with the run where suggestions were shown and where not. */
  reliance: oc.input(z.object({ corpusId: corpusId, runId: runId })).output(type<OverReliance>()),
  /** Lets a run predict these sentences, so that `open` has its prediction. */
  predict: oc.input(z.object({ runId: runId, sentenceIds: z.array(sentenceId).min(1) })).output(type<void>()),
  /**
   * Lets a run predict, as a task that can be cancelled, all sentences of a corpus of which it has no prediction; answers with how many
   * it predicted. What was predicted before a cancellation stays.
   */
  predictMissing: oc.input(z.object({ corpusId: corpusId, runId: runId, taskId: z.string() })).output(type<number>()),
}
