/** Extraction in the contract: texts and files in, triples out. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { ExtractedDocument, ExtractionSummary } from '#main/document/extracted-document'
import { importFile, readChoice, type ExportedCorpus } from './corpora.ts'
import { page, runId } from './shared.ts'

export const extraction = {
  text: oc.input(z.object({ runId: runId, text: z.string().min(1) })).output(type<ExtractedDocument>()),
  start: oc
    .input(z.object({ runId: runId, files: z.array(importFile).min(1), ...readChoice, taskId: z.string() }))
    .output(type<ExtractionSummary>()),
  list: oc.output(type<ExtractionSummary[]>()),
  results: oc
    .input(z.object({ extractionId: z.int().positive(), ...page }))
    .output(type<{ total: number; documents: ExtractedDocument[] }>()),
  export: oc
    .input(z.object({ extractionId: z.int().positive(), format: z.enum(['jsonl', 'csv']) }))
    .output(type<ExportedCorpus>()),
  cancel: oc.input(z.object({ extractionId: z.int().positive() })).output(type<void>()),
}
