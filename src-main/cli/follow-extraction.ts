/** Follows an extraction to its end and prints its documents, one JSON document per line. */
import { AppError } from '#main/core/errors'
import type { ExtractionSummary } from '#main/document/extracted-document'
import { countOf } from '#main/text/numbers'
import { followJob, refuseUnfinishedJob, stopJob } from './follow-job.ts'
import { openStandardOutput, ReaderLeft } from './reader-left.ts'
import type { Session } from './session.ts'

const pageSize = 500

/** Prints documents as they come, unless the extraction writes them to a file itself, and says how it ended. */
export async function followExtraction(
  session: Session,
  { extractionId, jobId, output }: ExtractionSummary,
  canGoOn: boolean,
): Promise<void> {
  const { client, progress } = session
  const out = openStandardOutput()
  let printed = 0
  async function printNew(): Promise<void> {
    for (;;) {
      const { documents } = await client.extraction.results({ extractionId, offset: printed, limit: pageSize })
      if (documents.length === 0) return
      // the notes of the first document are printed; those of the others stand in their lines
      if (printed === 0) for (const note of documents[0]?.notes ?? []) progress.line(note)
      printed += documents.length
      if (output !== null) return // its own file has them
      await out.write(documents.map((document) => `${JSON.stringify(document)}\n`).join(''))
    }
  }
  let failed: number | null = null
  async function tellFailures(): Promise<void> {
    for (;;) {
      const { documents, last } = await client.extraction.failures({ extractionId, after: failed, limit: pageSize })
      if (documents.length === 0) return
      failed = last
      for (const { document, failure } of documents)
        progress.line(failure?.startsWith(document) ? failure : `${document}: ${failure}`)
    }
  }
  async function onChange(): Promise<void> {
    if (output === null || printed === 0) await printNew()
    await tellFailures()
  }
  const job = await followJob(session, jobId ?? 0, { canGoOn, onChange }).catch(async (error: unknown) => {
    if (error instanceof ReaderLeft) await stopJob(session, jobId ?? 0, canGoOn)
    throw error
  })
  progress.clear()
  refuseUnfinishedJob(job, session)
  const summary = await client.extraction.get({ extractionId })
  refuseIncomplete(summary)
  progress.line(`Extracted ${countOf(summary.triples, 'triple')} from ${countOf(summary.documents, 'document')}.`)
}

/** @throws AppError when a document could not be read. */
function refuseIncomplete({ documents, failures, triples }: ExtractionSummary): void {
  if (failures === 0) return
  throw new AppError(
    'invalid-input',
    `Extracted ${countOf(triples, 'triple')} from ${countOf(documents - failures, 'document')}; ${countOf(failures, 'document')} could not be read: the reasons stand above and under "failure".`,
  )
}
