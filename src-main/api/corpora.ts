/** Corpora in the contract: what the window and the command line ask of them and are shown. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { severities, type Problem } from '#main/core/problem'
import type { BinEntry } from '#main/document/bin-entry'
import type { Removal } from '#main/document/removal'
import type { CorpusSummary, SplittingCount } from '#main/document/corpus-summary'
import type { Split } from '#main/document/doc'
import type { ProblemPage } from '#main/document/import-problem'
import type { LeakReport } from '#main/document/leak-report'
import {
  readSettings,
  type ReadSetting,
  type ReadSettings,
  type SettingName,
  type SettingOffer,
} from '#main/document/read-settings'
import type { ShownFilter } from '#main/document/saved-filter'
import type { SentencePage, SentenceText } from '#main/document/sentence-row'
import type { SplitAct, SplitPreview } from '#main/document/split-act'
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import { olderEncodings } from '#main/text/encoding-fault'
import { corpusId, page, sentenceFilter, sentenceSelection, split } from './shared.ts'

/** One file of an import. */
export interface ImportedFile {
  /** Name that tells it from the others. */
  readonly name: string
  /** Name of the format it was read with. */
  readonly format: string
  /** Evidence for the format, as words that follow "it has"; null when a person named it. */
  readonly evidence: string | null
  /** Split of those of its sentences that name none themselves. */
  readonly split: Split
  /** Number of sentences of its documents; those that it adds a layer to count in the other file. */
  readonly sentences: number
  /** Name under which its annotations are kept where several files hold the same documents; null otherwise. */
  readonly annotator: string | null
  /** Name of the file to whose documents it adds a layer; null where it does not. */
  readonly layerOf: string | null
}

export interface ImportReport {
  /** Id under which the import is published or discarded; null when there is nothing to publish, and after it was published. */
  readonly importId: number | null
  /** Names of the formats. */
  readonly format: string
  readonly files: readonly ImportedFile[]
  readonly sentences: number
  /** Number of sentences that go into each split. */
  readonly splits: Readonly<Record<Split, number>>
  /** Of the sentences, those whose file names the split. */
  readonly ownSplit: number
  readonly triples: number
  readonly spans: number
  readonly relationTypes: number
  /** How the documents are split into words and sentences, the most first; those whose file gives the words are there with null. */
  readonly splittings: readonly SplittingCount[]
  /** Layers of the same sentences by others than the main annotator: "ada (annotator): 12 sentences". */
  readonly layers: readonly string[]
  readonly accepted: number
  readonly repaired: number
  readonly rejected: number
  /** Number of triples with a string that stands more than once in the sentence; the import takes the first occurrence. */
  readonly ambiguousAnchors: number
  /** Number of triples whose strings do not stand in their sentence. */
  readonly unanchored: number
  readonly problems: readonly Problem[]
  /** Repairs, each kind with its count: "2 numbers taken as text". */
  readonly repairs: readonly string[]
  /** Things that the files state again and that were taken once: "1 repeated span". */
  readonly repeats: readonly string[]
  /** Settings that would read more of the files. */
  readonly offers: readonly SettingOffer[]
  /** Reason why nothing of this can be imported, in a sentence; null when it can be, and when it was. */
  readonly refusal: string | null
  /** Whether the file that refuses the import can be read in an older encoding. */
  readonly canReadOtherwise: boolean
  /** Losses of an export in this format; empty when nothing. */
  readonly lostOnExport: readonly string[]
  /** The first ten sentences, to look at before importing. */
  readonly preview: readonly SentenceText[]
}

export interface ShownStatistics extends CorpusStatistics {
  /** Time of the computation, in milliseconds since 1970. */
  readonly computedMs: number
  /** Whether the corpus has changed since they were computed. */
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
  /** Whether the format writes several files, which are the content of a folder. */
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

/** Reference to a file at a path of this machine or among the uploads of the window, with the name that a person knows it by. */
export const fileReference = z.union([
  z.strictObject({
    path: z.string().min(1),
    name: z.string().min(1).optional(),
    /** Process that still writes the file, which is read as it grows. */
    writerId: z.int().positive().optional(),
  }),
  z.strictObject({ uploadId: z.string().min(1), name: z.string().min(1) }),
])
export type FileReference = z.infer<typeof fileReference>

const readSettingSchemas = Object.fromEntries(
  Object.entries(readSettings as Readonly<Record<string, ReadSetting>>).map(([name, setting]) => [
    name,
    schemaOfSetting(setting).optional(),
  ]),
)

function schemaOfSetting(setting: ReadSetting) {
  if (setting.kind === 'switch') return z.boolean()
  return setting.kind === 'choice' ? z.enum(Object.keys(setting.choices)) : z.string().min(1)
}

/** How files are read where they do not say it themselves. */
export const readChoice = {
  /** Name of the format; found in the content when left out. */
  format: z.string().optional(),
  settings: z
    .strictObject(readSettingSchemas)
    .transform((settings) => settings as ReadSettings)
    .optional(), // a schema for each setting
  /** Encoding of files that are not UTF-8. */
  encoding: z.enum(olderEncodings).optional(),
}

const problemFilter = z.object({
  severity: z.enum(severities).optional(),
  file: z.string().optional(),
  kind: z.string().optional(),
})

const filterId = z.int().positive()
const filterName = z.string().trim().min(1, 'a saved filter needs a name').max(120)

const corpusName = z.string().trim().min(1, 'a corpus needs a name')

const importRequest = z.object({
  corpus: corpusName,
  /** Split of the sentences for which neither they nor their file name one. */
  split,
  files: z
    .array(z.object({ file: fileReference, split: split.optional() }))
    .min(1, 'choose at least one file')
    .readonly(),
  ...readChoice,
  /** Import nothing when a record cannot be taken; otherwise such records are left out and named. */
  isStrict: z.boolean().optional(),
  /** Id of the task that shows the progress and can be cancelled. */
  taskId: z.string(),
})

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
  /** Reads the files and stores them out of sight: what an import would do and why it would fail. Nobody sees anything of it. */
  previewImport: oc.input(importRequest).output(type<ImportReport>()),
  /** Brings a previewed import into sight, all of it; into another corpus than it was previewed for when one is named. */
  publishImport: oc
    .input(z.object({ importId: z.number().int(), corpus: corpusName.optional() }))
    .output(type<ImportReport>()),
  /** Forgets a previewed import; one that is gone already is no failure. */
  discardImport: oc.input(z.object({ importId: z.number().int() })).output(type<void>()),
  /** Preview and publishing in one; all or nothing. */
  import: oc.input(importRequest).output(type<ImportReport>()),
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
  /** What a seeded split would make of the corpus. */
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
  /** What imports of the corpus left out, repaired or noted, in the order of the files; a page of it. */
  problems: oc.input(z.object({ corpusId: corpusId, filter: problemFilter, ...page })).output(type<ProblemPage>()),
  /** What stands twice in the corpus, and what of dev and test stands in train. */
  leaks: oc.input(z.object({ corpusId: corpusId })).output(type<LeakReport>()),
  /** Computed as a task that can be cancelled, and kept; answers at once while the corpus stays as it is, or with older ones where `orKept` asks for them. */
  statistics: oc
    .input(z.object({ corpusId: corpusId, orKept: z.boolean().optional() }))
    .output(type<ShownStatistics>()),
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
  /** What an export would lose. */
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
