/** Exports what was extracted as JSON lines, a document each, all of them or nothing. */
import type { ExtractionSummary } from '#main/document/extracted-document'
import type { ServiceContext } from '../context.ts'
import type { OpenOutput } from '../system/downloads.ts'

/** Documents that are asked for at a time; there come fewer where they are large. */
const pageSize = 500

/** @returns the name of the file. */
export async function exportExtraction(
  reads: Pick<ServiceContext['reads'], 'ask'>,
  { extractionId, documents: total }: Pick<ExtractionSummary, 'extractionId' | 'documents'>,
  open: OpenOutput,
  signal: AbortSignal,
): Promise<string> {
  const fileName = `extraction-${extractionId}.jsonl`
  const output = await open('file', fileName)
  try {
    for (let offset = 0; offset < total;) {
      const limit = Math.min(pageSize, total - offset)
      const lines = await reads.ask('extractedLines', { extractionId, offset, limit }, { signal })
      for (const line of lines) await output.sink.write(`${line}\n`)
      if (lines.length === 0) break
      offset += lines.length
    }
    await output.finish()
  } catch (error) {
    await output.abandon()
    throw error
  }
  return fileName
}
