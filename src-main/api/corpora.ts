/** Corpora in the contract: what the window and the command line ask of them and are shown. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { severities } from '#main/core/problem'
import type { BinEntry } from '#main/document/bin-entry'
import type { Removal } from '#main/document/removal'
import type { CorpusSummary } from '#main/document/corpus-summary'
import type { ProblemPage } from '#main/document/import-problem'
import type { LeakReport } from '#main/document/leak-report'
import type { SettingName } from '#main/document/read-settings'
import type { ShownFilter } from '#main/document/saved-filter'
import type { SentencePage } from '#main/document/sentence-row'
import type { SplitAct, SplitPreview } from '#main/document/split-act'
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import { imports } from './imports.ts'
import { corpusId, page, sentenceFilter, sentenceSelection, split } from './shared.ts'

export interface ShownStatistics extends CorpusStatistics {
  /** Time of the computation, in milliseconds since 1970. */
  readonly computedMs: number
  /** True where the corpus has changed since they were computed. */
  readonly isStale: boolean
}

export interface FormatInfo {
  readonly name: string
  readonly title: string
  readonly extensions: readonly string[]
  /** Parts of a corpus that survive a round trip, in plain words. */
  readonly keeps: readonly string[]
  readonly settings: readonly SettingName[]
  readonly canImport: boolean
  readonly canExport: boolean
  /** True for a format that writes several files, which are the content of a folder. */
  readonly writesFolder: boolean
}

export interface ExportPreview {
  /** Name of the file or folder to write. */
  readonly fileName: string
  readonly documents: number
  /** Plain sentences, each one kind of loss with its count; empty when nothing is lost. */
  readonly losses: readonly string[]
}

/** An export that waits to be fetched. */
export interface Download extends ExportPreview {
  readonly downloadId: string
}

export interface DownloadPiece {
  readonly base64: string
  /** Number of bytes of the piece. */
  readonly bytes: number
  readonly isLast: boolean
}

const problemFilter = z.object({
  severity: z.enum(severities).optional(),
  file: z.string().optional(),
  kind: z.string().optional(),
})

const filterId = z.int().positive()
const filterName = z.string().trim().min(1, 'a saved filter needs a name').max(120)

const exportChoice = z.object({ corpusId: corpusId, format: z.string(), split: split.nullable() })

/** Part of a corpus that goes to a split, whatever the parts add up to. */
const share = z.number().min(0).max(1_000_000)

const seededSplit = z.object({
  corpusId: corpusId,
  shares: z
    .strictObject({ train: share, dev: share, test: share })
    .refine(({ train, dev, test }) => train + dev + test > 0, 'give at least one split a share'),
  seed: z.int().min(0),
  /** Does each split get its share of every relation type? */
  stratify: z.boolean().default(true),
  taskId: z.string(),
})

export const corpora = {
  list: oc.output(type<CorpusSummary[]>()),
  formats: oc.output(type<FormatInfo[]>()),
  ...imports,
  sentences: oc.input(z.object({ corpusId: corpusId, filter: sentenceFilter, ...page })).output(type<SentencePage>()),
  /** Ids of the sentences of a filter at places of its list. */
  sentenceIds: oc
    .input(
      z.object({
        ...{ corpusId: corpusId, filter: sentenceFilter },
        ...{ offset: z.int().min(0), limit: z.int().min(1).max(100_000) },
      }),
    )
    .output(type<number[]>()),
  /** The filters that were saved for a corpus, in the order of their names. */
  savedFilters: oc.input(z.object({ corpusId: corpusId })).output(type<ShownFilter[]>()),
  /** Saves a filter under a name that the corpus has no filter of yet. */
  saveFilter: oc
    .input(z.object({ corpusId: corpusId, name: filterName, filter: sentenceFilter }))
    .output(type<ShownFilter>()),
  /** Gives a saved filter another name or another filter. */
  changeFilter: oc
    .input(z.object({ filterId, name: filterName.optional(), filter: sentenceFilter.optional() }))
    .output(type<ShownFilter>()),
  /** Answers with the removed filter, which can be brought back until the workspace is closed. */
  removeFilter: oc.input(z.object({ filterId })).output(type<ShownFilter>()),
  restoreFilter: oc.input(z.object({ filterId })).output(type<ShownFilter>()),
  /** Moves the documents of the selected sentences to a split, as one act; null when all are there already. */
  assignSplit: oc
    .input(z.object({ corpusId: corpusId, selection: sentenceSelection, split, taskId: z.string() }))
    .output(type<SplitAct | null>()),
  /** Counts the sentences of the splits that a seeded split would make of the corpus. */
  previewSplit: oc.input(seededSplit).output(type<SplitPreview>()),
  /** Splits the corpus by shares and a seed, whole documents at a time, as one act; null when all is as it would be. */
  split: oc.input(seededSplit).output(type<SplitAct | null>()),
  /** Takes the latest change of splits back, which must be `actId` where that is given; null when there is none. */
  undoSplit: oc
    .input(z.object({ corpusId: corpusId, actId: z.int().positive().optional(), taskId: z.string() }))
    .output(type<SplitAct | null>()),
  /**
   * Does again the change of splits that was taken back last, which must be `actId` where that is given; null when there is none,
   * or when sentences were moved anew since.
   */
  redoSplit: oc
    .input(z.object({ corpusId: corpusId, actId: z.int().positive().optional(), taskId: z.string() }))
    .output(type<SplitAct | null>()),
  /** A page of the problems that imports of the corpus left out, repaired or noted, in the order of the files. */
  problems: oc.input(z.object({ corpusId: corpusId, filter: problemFilter, ...page })).output(type<ProblemPage>()),
  /** Finds what stands twice in the corpus, and what of dev and test stands in train. */
  leaks: oc.input(z.object({ corpusId: corpusId })).output(type<LeakReport>()),
  /** Computed as a task that can be cancelled, and kept; answers at once while the corpus stays as it is, or with older ones where `orKept` asks for them. */
  statistics: oc
    .input(z.object({ corpusId: corpusId, orKept: z.boolean().optional() }))
    .output(type<ShownStatistics>()),
  rename: oc.input(z.object({ corpusId: corpusId, name: z.string().trim().min(1) })).output(type<void>()),
  /** Facts about what would go into the bin. */
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
  /** Counts what an export would lose. */
  previewExport: oc.input(exportChoice.extend({ taskId: z.string() })).output(type<ExportPreview>()),
  /** Writes the file or folder at the path, all of it or nothing. */
  export: oc
    .input(exportChoice.extend({ path: z.string().min(1), replace: z.boolean().default(false), taskId: z.string() }))
    .output(type<ExportPreview>()),
  /** Writes into a temporary file that the caller fetches piece by piece: for windows that cannot name a path. */
  prepareDownload: oc.input(exportChoice.extend({ taskId: z.string() })).output(type<Download>()),
  readDownload: oc
    .input(z.object({ downloadId: z.string(), offset: z.number().int().nonnegative() }))
    .output(type<DownloadPiece>()),
}
