/** Extraction in the contract: texts, files and corpora in, triples out. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { ExtractedDocument, ExtractionSummary } from '#main/document/extracted-document'
import type { Drift } from '#main/evaluation/drift'
import type { ExtractionRules } from '#main/evaluation/extraction-rules'
import { pairRules } from '#main/labels/plausibility'
import { fileReference, readChoice } from './imports.ts'
import { corpusId, page, runId, split } from './shared.ts'

/** Formats that results are written in. */
export const extractionFormats = ['jsonl', 'csv'] as const
export type ExtractionFormat = (typeof extractionFormats)[number]

export interface ShownRules {
  readonly rules: ExtractionRules
  /** Null before the end, and for fewer sentences than can be told apart. */
  readonly drift: Drift | null
}

const format = z.enum(extractionFormats)

const extractionRequest = z.object({
  runId,
  /** Files, folders, patterns, archives. */
  files: z.array(fileReference).readonly().default([]),
  /** A corpus in place of files. */
  corpus: z.object({ corpusId, split: split.nullable() }).optional(),
  /** A file of this machine that the results are written to as well. */
  output: z.object({ path: z.string().min(1), format, replace: z.boolean().default(false) }).optional(),
  /** Precision on dev that thresholds are chosen for; left out, those of the run hold. */
  precision: z.number().gt(0).lt(1).optional(),
  /** Which pairs of types the ends of a triple may have. */
  pairRule: z.enum(pairRules).optional(),
  /** This share of the files alone, by their names. */
  shard: z.object({ number: z.int().positive(), of: z.int().positive() }).optional(),
  ...readChoice,
})
export type ExtractionRequest = z.infer<typeof extractionRequest>

export const extraction = {
  text: oc.input(z.object({ runId: runId, text: z.string().min(1) })).output(type<ExtractedDocument>()),
  /** Begins a job that extracts; it answers at once. */
  start: oc
    .input(
      extractionRequest.refine(({ files, corpus }) => files.length > 0 !== (corpus !== undefined), {
        message: 'choose files or a corpus',
      }),
    )
    .output(type<ExtractionSummary>()),
  /** The rules by which an extraction chose its triples, and how far its texts are from dev; null for one of an older version, or before it began. */
  rules: oc.input(z.object({ extractionId: z.int().positive() })).output(type<ShownRules | null>()),
  list: oc.output(type<ExtractionSummary[]>()),
  get: oc.input(z.object({ extractionId: z.int().positive() })).output(type<ExtractionSummary>()),
  /** A page of documents in their order, shorter than asked for where these are large; only behind the last one it is empty. */
  results: oc
    .input(z.object({ extractionId: z.int().positive(), ...page }))
    .output(type<{ total: number; documents: ExtractedDocument[] }>()),
  /** Notes on how the first document was read, which say how all were. */
  notes: oc.input(z.object({ extractionId: z.int().positive() })).output(type<readonly string[]>()),
  /** The documents that could not be read, behind the one that the last answer ended with. */
  failures: oc
    .input(z.object({ extractionId: z.int().positive(), after: z.int().min(0).nullable(), limit: page.limit }))
    .output(type<{ total: number; documents: ExtractedDocument[]; last: number | null }>()),
}
