/** Extractions in tests: begun, and followed to their end. */
import { expect } from 'vitest'
import type { CallInputs } from '#main/api/handlers'
import type { ExtractedDocument, ExtractionSummary } from '#main/document/extracted-document'
import { isUnderWay } from '#main/jobs/job'
import type { Services } from '#main/services/services'
import { onDisk } from './files-on-disk.ts'

type Request = CallInputs['extraction']['start']

interface Asked extends Omit<Request, 'files' | 'output'> {
  readonly files?: readonly { readonly name: string; readonly text: string | Uint8Array }[]
  readonly output?: { readonly path: string; readonly format: 'jsonl' | 'csv' }
}

/** Begins an extraction of these texts. */
export function beginExtraction(
  { handlers }: Pick<Services, 'handlers'>,
  { files = [], output, ...request }: Asked,
): Promise<ExtractionSummary> {
  return handlers.extraction.start({
    ...request,
    files: onDisk(...files).map(({ file }) => file),
    ...(output && { output: { replace: false, ...output } }),
  } as Parameters<typeof handlers.extraction.start>[0])
}

/** Resolves when the extraction is not under way any more. */
export async function extractionOver(
  { handlers }: Pick<Services, 'handlers'>,
  extractionId: number,
): Promise<ExtractionSummary> {
  const look = async () => isUnderWay({ state: (await handlers.extraction.get({ extractionId })).status })
  await expect.poll(look, { timeout: 60_000, interval: 20 }).toBe(false)
  return handlers.extraction.get({ extractionId })
}

/** Everything that is found in these texts. */
export async function extractAll(
  services: Pick<Services, 'handlers'>,
  asked: Asked,
): Promise<ExtractionSummary & { readonly found: readonly ExtractedDocument[] }> {
  const { extractionId } = await beginExtraction(services, asked)
  const summary = await extractionOver(services, extractionId)
  const found: ExtractedDocument[] = []
  for (;;) {
    const page = { extractionId, offset: found.length, limit: 1000 }
    const { documents } = await services.handlers.extraction.results(page)
    if (documents.length === 0) return { ...summary, found }
    found.push(...documents)
  }
}
