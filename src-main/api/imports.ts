/** Imports in the contract: files named, read out of sight, and brought into sight as a corpus. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Problem } from '#main/core/problem'
import type { SplittingCount } from '#main/document/corpus-summary'
import type { Split } from '#main/document/doc'
import { readSettings, type ReadSetting, type ReadSettings, type SettingOffer } from '#main/document/read-settings'
import type { SentenceText } from '#main/document/sentence-row'
import { olderEncodings } from '#main/text/encoding-fault'
import { split } from './shared.ts'

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
  /** Number of the sentences whose file names their split. */
  readonly ownSplit: number
  readonly triples: number
  readonly spans: number
  readonly relationTypes: number
  /** Rules by which the documents are split into words and sentences, the most first; those whose file gives the words are there with null. */
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
  /** The file that refuses the import can be read in an older encoding. */
  readonly canReadOtherwise: boolean
  /** Losses of an export in this format; empty when nothing. */
  readonly lostOnExport: readonly string[]
  /** The first ten sentences, to look at before importing. */
  readonly preview: readonly SentenceText[]
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

/** readChoice: settings for reading files that do not say it themselves. */
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

/** Procedures of corpora that import. */
export const imports = {
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
}
