/** Corpora in the contract: what the window and the command line ask of them and are shown. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Count } from '#main/core/count'
import type { Problem } from '#main/core/problem'
import type { BinEntry } from '#main/document/bin-entry'
import type { Removal } from '#main/document/removal'
import type { CorpusSummary } from '#main/document/corpus-summary'
import type { Split } from '#main/document/doc'
import type { SettingOffer } from '#main/document/read-settings'
import type { SentencePage, SentenceText } from '#main/document/sentence-row'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { ClassCounts, TripleCounting } from '#main/evaluation/overlap-class'
import type { Scores } from '#main/evaluation/scores'
import { corpusId, page, sentenceFilter, split } from './shared.ts'

export interface ImportReport {
  readonly format: string
  /** Names that tell the files apart. */
  readonly files: readonly string[]
  readonly sentences: number
  /** Number of sentences that go into each split. */
  readonly splits: Readonly<Record<Split, number>>
  /** Of the sentences, those whose file names the split. */
  readonly ownSplit: number
  readonly triples: number
  readonly spans: number
  readonly relationTypes: number
  readonly accepted: number
  readonly repaired: number
  readonly rejected: number
  /** Number of triples with a string that stands more than once in the sentence; the import takes the first occurrence. */
  readonly ambiguousAnchors: number
  /** Number of triples whose strings do not stand in their sentence. */
  readonly unanchored: number
  readonly problems: readonly Problem[]
  /** What was repaired, each kind with its count: "2 numbers taken as text". */
  readonly repairs: readonly string[]
  /** What the files state again and was taken once: "1 repeated span". */
  readonly repeats: readonly string[]
  /** Settings that would read more of the files. */
  readonly offers: readonly SettingOffer[]
  /** Why nothing of this can be imported, in a sentence; null when it can be, and when it was. */
  readonly refusal: string | null
  /** What a re-export in this format would lose; empty when nothing. */
  readonly lostOnExport: readonly string[]
  /** The first ten sentences, to look at before importing. */
  readonly preview: readonly SentenceText[]
}

export interface SplitStatistics {
  readonly split: Split
  readonly sentences: number
  readonly tokens: number
  /** Number of tokens with a part of speech. */
  readonly tokensWithPos: number
  readonly uniqueTriples: number
  readonly relationTypes: number
  readonly spans: number
  readonly multiTokenSpans: number
  readonly classes: Readonly<Record<TripleCounting, ClassCounts>>
  /** Sentences with 1, 2, 3, 4 and 5 or more triples, and with none. */
  readonly tripleCounts: readonly Count[]
  readonly lengths: { readonly min: number; readonly median: number; readonly p95: number; readonly max: number }
  readonly ambiguousAnchors: number
  readonly unanchored: number
}

export interface CorpusStatistics {
  readonly name: string
  readonly splits: readonly SplitStatistics[]
  readonly entityTypes: readonly Count[]
  readonly relationTypes: readonly Count[]
  /** null when train or test is empty. */
  readonly memoryFloor: MemoryFloor | null
  /** Oracle recall of the label scheme on test, per match mode; null when test is empty. */
  readonly oracle: Record<MatchMode, Scores> | null
}

interface MemoryFloor {
  /** Least share of gold among the training sentences that hold both strings; it is picked on dev, or on train when dev is empty. */
  readonly fraction: number
  readonly scores: Scores
}

export interface FormatInfo {
  readonly name: string
  readonly title: string
  readonly extensions: readonly string[]
  readonly canExport: boolean
}

export interface ExportedCorpus {
  readonly fileName: string
  readonly text: string
  readonly losses: readonly string[]
}

export const importFile = z.object({
  /** Name or path; the last part of it is shown, and as much as tells it from others. */
  name: z.string().min(1),
  text: z.string(),
  /** Names of annotation files that stand beside it: "x.ann" beside "x.txt". */
  beside: z.array(z.string()).readonly().optional(),
})

/** How files are read where they do not say it themselves. */
export const readChoice = {
  /** Name of the format; found in the content when left out. */
  format: z.string().optional(),
  settings: z.object({ sentencePerLine: z.boolean().optional(), foldAccents: z.boolean().optional() }).optional(),
}

const importRequest = z.object({
  corpus: z.string().trim().min(1, 'a corpus needs a name'),
  split,
  files: z.array(importFile).min(1, 'choose at least one file').readonly(),
  ...readChoice,
  /** Import nothing when a record cannot be taken; otherwise such records are left out and named. */
  isStrict: z.boolean().optional(),
})

export const corpora = {
  list: oc.output(type<CorpusSummary[]>()),
  formats: oc.output(type<FormatInfo[]>()),
  /** A dry run: what an import would do and why it would fail; nothing is written. */
  previewImport: oc.input(importRequest).output(type<ImportReport>()),
  /** All or nothing; progress as a task event under `taskId`. */
  import: oc.input(importRequest.extend({ taskId: z.string() })).output(type<ImportReport>()),
  sentences: oc.input(z.object({ corpusId: corpusId, filter: sentenceFilter, ...page })).output(type<SentencePage>()),
  statistics: oc.input(z.object({ corpusId: corpusId })).output(type<CorpusStatistics>()),
  rename: oc.input(z.object({ corpusId: corpusId, name: z.string().trim().min(1) })).output(type<void>()),
  /** What would go into the bin. */
  removal: oc.input(z.object({ corpusId: corpusId })).output(type<Removal>()),
  /**
   * Into the bin, with the runs that learnt from it unless they are kept: those can still extract. A queued or running run
   * refuses this unless runs may be cancelled.
   */
  remove: oc
    .input(
      z.object({
        corpusId: corpusId,
        keepRuns: z.boolean().default(false),
        cancelRuns: z.boolean().default(false),
      }),
    )
    .output(type<BinEntry>()),
  export: oc
    .input(z.object({ corpusId: corpusId, format: z.string(), split: split.nullable() }))
    .output(type<ExportedCorpus>()),
}
