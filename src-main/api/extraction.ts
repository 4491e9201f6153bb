/** Extraction in the contract: texts and files in, triples out. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { ExtractedDocument, ExtractionSummary } from '#main/document/extracted-document'
import { readChoice } from './corpora.ts'
import { page, runId } from './shared.ts'

export interface ExportedExtraction {
  readonly fileName: string
  readonly text: string
  /** Plain sentences, each one kind of loss; empty when nothing is lost. */
  readonly losses: readonly string[]
}

export const extractionFile = z.object({
  /** Name or path; the last part of it is shown, and as much as tells it from others. */
  name: z.string().min(1),
  text: z.string(),
  /** Names of annotation files that stand beside it: "x.ann" beside "x.txt". */
  beside: z.array(z.string()).readonly().optional(),
})
export type ExtractionFile = z.infer<typeof extractionFile>

export const extraction = {
  text: oc.input(z.object({ runId: runId, text: z.string().min(1) })).output(type<ExtractedDocument>()),
  start: oc
    .input(z.object({ runId: runId, files: z.array(extractionFile).min(1), ...readChoice, taskId: z.string() }))
    .output(type<ExtractionSummary>()),
  list: oc.output(type<ExtractionSummary[]>()),
  results: oc
    .input(z.object({ extractionId: z.int().positive(), ...page }))
    .output(type<{ total: number; documents: ExtractedDocument[] }>()),
  export: oc
    .input(z.object({ extractionId: z.int().positive(), format: z.enum(['jsonl', 'csv']) }))
    .output(type<ExportedExtraction>()),
  cancel: oc.input(z.object({ extractionId: z.int().positive() })).output(type<void>()),
}
