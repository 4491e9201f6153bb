/** The contract: every procedure's name, input and output. Shells, window and command line all speak it. */
import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Operation } from '#main/document/operation'
import type { Spread } from '#main/evaluation/spread'
import type { LabelSet } from '#main/labels/label-set'
import type { Run } from '#main/runs/run'
import type { AppEvent, Task } from './events.ts'
import * as s from './schemas.ts'
import type * as v from './views.ts'

const relabel = z.object({
  corpusId: s.corpusId,
  kind: z.enum(['entity', 'relation']),
  from: z.string().min(1),
  to: z.string().trim().min(1),
})
const page = { offset: z.int().min(0), limit: z.int().min(1).max(1000) }

export const contract = {
  corpora: {
    list: oc.output(type<v.CorpusSummary[]>()),
    formats: oc.output(type<v.FormatInfo[]>()),
    /** A dry run: what an import would do, nothing written. */
    previewImport: oc.input(s.importRequest).output(type<v.ImportReport>()),
    /** All or nothing; progress as a task event under `taskId`. */
    import: oc.input(s.importRequest.extend({ taskId: z.string() })).output(type<v.ImportReport>()),
    sentences: oc
      .input(z.object({ corpusId: s.corpusId, filter: s.sentenceFilter, ...page }))
      .output(type<v.SentencePage>()),
    statistics: oc.input(z.object({ corpusId: s.corpusId })).output(type<v.CorpusStatistics>()),
    rename: oc.input(z.object({ corpusId: s.corpusId, name: z.string().trim().min(1) })).output(type<void>()),
    /** Out of sight, not gone: `restore` brings it back. */
    remove: oc.input(z.object({ corpusId: s.corpusId })).output(type<void>()),
    restore: oc.input(z.object({ corpusId: s.corpusId })).output(type<void>()),
    export: oc
      .input(z.object({ corpusId: s.corpusId, format: z.string(), split: s.split.nullable() }))
      .output(type<v.ExportedCorpus>()),
  },
  labels: {
    get: oc.input(z.object({ corpusId: s.corpusId })).output(type<LabelSet>()),
    /** Adds and reorders types; a type in use cannot be left out. */
    update: oc.input(z.object({ corpusId: s.corpusId, labels: s.labelSet })).output(type<LabelSet>()),
    /** How often each type occurs, most frequent first. */
    usage: oc
      .input(z.object({ corpusId: s.corpusId }))
      .output(type<{ readonly entityTypes: v.Count[]; readonly relationTypes: v.Count[] }>()),
    /** What renaming or merging a type would do, nothing written. */
    previewRelabel: oc.input(relabel).output(type<v.RelabelPreview>()),
    /** Renames a type in the label set and in every sentence, or merges it into another: one act, which undo takes back. */
    relabel: oc.input(relabel).output(type<{ readonly labels: LabelSet; readonly sentences: number }>()),
    /** Reviewed sentences that hold a type, those worked on last first. */
    cases: oc
      .input(
        z.object({
          corpusId: s.corpusId,
          kind: z.enum(['entity', 'relation']),
          name: z.string().min(1),
          limit: z.int().min(1).max(100),
        }),
      )
      .output(type<v.LabelCase[]>()),
    /** Sentences whose annotation the label set, or the tags, cannot hold. */
    violations: oc.input(z.object({ corpusId: s.corpusId, ...page })).output(type<v.ViolationPage>()),
  },
  annotations: {
    open: oc.input(z.object({ sentenceId: s.sentenceId, runId: s.runId.nullable() })).output(type<v.SentenceView>()),
    apply: oc
      .input(z.object({ sentenceId: s.sentenceId, description: z.string().min(1), changes: z.array(s.change).min(1) }))
      .output(type<{ readonly operation: Operation }>()),
    /** Where else in the corpus the words of a range stand without a span of this label. */
    occurrences: oc
      .input(
        z.object({ sentenceId: s.sentenceId, start: z.int().min(0), end: z.int().min(1), label: z.string().min(1) }),
      )
      .output(type<v.Occurrences>()),
    /** Labels words in many sentences as one act; answers with how many places it labelled. */
    propagate: oc
      .input(
        z.object({
          label: z.string().min(1),
          places: z
            .array(z.object({ sentenceId: s.sentenceId, start: z.int().min(0), end: z.int().min(1) }))
            .min(1)
            .max(10_000),
        }),
      )
      .output(type<number>()),
    /** Takes back this person's latest act, wherever it was; null when there is none. */
    undo: oc.input(z.object({ corpusId: s.corpusId })).output(type<v.UndoneOperation | null>()),
    redo: oc.input(z.object({ corpusId: s.corpusId })).output(type<v.UndoneOperation | null>()),
    /** Takes back all that was done to a sentence after an operation (null: after the import), as one act; null when that is nothing. */
    backTo: oc
      .input(z.object({ sentenceId: s.sentenceId, operationId: z.int().positive().nullable() }))
      .output(type<v.AppliedOperation | null>()),
    /** Latest first; of one sentence, or of the whole corpus when `sentenceId` is null. */
    history: oc
      .input(z.object({ corpusId: s.corpusId, sentenceId: s.sentenceId.nullable(), limit: z.int().min(1).max(1000) }))
      .output(type<Operation[]>()),
    queue: oc
      .input(
        z.object({
          corpusId: s.corpusId,
          order: s.queueOrder,
          runId: s.runId.nullable(),
          /** The other run of an order by disagreement. */
          againstRunId: s.runId.nullable().default(null),
          filter: s.sentenceFilter,
          ...page,
        }),
      )
      .output(type<v.QueuePage>()),
    progress: oc.input(z.object({ corpusId: s.corpusId })).output(type<v.AnnotationProgress>()),
    /** What this person made of a run's suggestions, and how far they agree with it with and without seeing them. */
    reliance: oc.input(z.object({ corpusId: s.corpusId, runId: s.runId })).output(type<v.OverReliance>()),
    /** Lets a run read these sentences, so that `open` has its prediction. */
    predict: oc.input(z.object({ runId: s.runId, sentenceIds: z.array(s.sentenceId).min(1) })).output(type<void>()),
  },
  runs: {
    list: oc.output(type<Run[]>()),
    get: oc.input(z.object({ runId: s.runId })).output(type<v.RunDetail>()),
    estimate: oc.input(s.runRequest).output(type<v.RunEstimate>()),
    /** Queues one run per variant and seed; they are worked one after the other. */
    start: oc.input(s.runRequest).output(type<Run[]>()),
    cancel: oc.input(z.object({ runId: s.runId })).output(type<void>()),
    /** Goes on from the last checkpoint of an interrupted, cancelled or failed run. */
    resume: oc.input(z.object({ runId: s.runId })).output(type<Run>()),
    remove: oc.input(z.object({ runId: s.runId })).output(type<void>()),
    /** Reads the split with the best checkpoint (once; then from the stored predictions) and scores it. */
    evaluate: oc.input(z.object({ runId: s.runId, split: s.split })).output(type<v.Evaluation>()),
    /** Exact scores over several draws of the stochastic maps. */
    spread: oc
      .input(z.object({ runId: s.runId, split: s.split, draws: z.int().min(2).max(100) }))
      .output(type<Spread>()),
    /** Tunes a threshold per relation type on dev; whatever reads with the run uses them from then on. */
    tune: oc.input(z.object({ runId: s.runId })).output(type<Run>()),
    /** Back to the one threshold of the config. */
    untune: oc.input(z.object({ runId: s.runId })).output(type<Run>()),
  },
  comparisons: {
    table: oc
      .input(z.object({ runIds: z.array(s.runId).min(1), match: s.matchMode, split: s.split }))
      .output(type<v.ComparisonTable>()),
  },
  extraction: {
    text: oc.input(z.object({ runId: s.runId, text: z.string().min(1) })).output(type<v.ExtractedDocument>()),
    start: oc
      .input(z.object({ runId: s.runId, files: z.array(s.importFile).min(1), taskId: z.string() }))
      .output(type<v.ExtractionSummary>()),
    list: oc.output(type<v.ExtractionSummary[]>()),
    results: oc
      .input(z.object({ extractionId: z.int().positive(), ...page }))
      .output(type<{ total: number; documents: v.ExtractedDocument[] }>()),
    export: oc
      .input(z.object({ extractionId: z.int().positive(), format: z.enum(['jsonl', 'csv']) }))
      .output(type<v.ExportedCorpus>()),
    cancel: oc.input(z.object({ extractionId: z.int().positive() })).output(type<void>()),
  },
  system: {
    doctor: oc.output(type<v.DoctorReport>()),
    /** The same after measuring anew how fast each backend is here. */
    measure: oc.output(type<v.DoctorReport>()),
    settings: oc.output(type<v.Settings>()),
    updateSettings: oc
      .input(
        z
          .object({
            annotator: z.string().trim().min(1),
            hasSeenTour: z.boolean(),
            shortcuts: z.record(z.string(), z.array(z.string().min(1)).readonly()),
            hasLetterKeys: z.boolean(),
            blindShare: z.number().min(0).max(1),
            blindSeed: z.int().min(0),
          })
          .partial(),
      )
      .output(type<v.Settings>()),
    /** Tasks running now. */
    tasks: oc.output(type<Task[]>()),
    /** Every event from now on; ends when the caller stops listening. */
    events: oc.output(eventIterator(type<AppEvent>())),
  },
}
