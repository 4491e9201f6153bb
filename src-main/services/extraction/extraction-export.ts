/** Extraction results as text, document by document: JSON lines keep everything, CSV has one row per triple. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { ExportPreview } from '#main/api/corpora'
import type { ExtractionFormat } from '#main/api/extraction'
import type { ExtractedDocument, ExtractionSummary, Verdict } from '#main/document/extracted-document'
import type { ExtractionRepository } from '#main/storage/extraction-repository'
import { placeOf, type SampleRepository, type TriplePlace } from '#main/storage/sample-repository'
import { csvText } from '#main/text/csv'
import type { OpenOutput } from '../system/downloads.ts'

interface ExtractionWriter {
  /** What stands before the first document. */
  readonly head: string
  text(document: ExtractedDocument): string
}

export const extractionWriters: Readonly<Record<ExtractionFormat, ExtractionWriter>> = {
  jsonl: { head: '', text: (document) => `${JSON.stringify(document)}\n` },
  csv: {
    get head() {
      return csvText([header])
    },
    text(document) {
      const rows = rowsOf(document)
      return rows.length === 0 ? '' : csvText(rows)
    },
  },
}

/** Documents that are read before other work gets its turn: few, since one may be a book. */
const pageSize = 2

/** Writes what was extracted so far, all of it or nothing, some documents at a time. */
export async function exportExtraction(
  extractions: Pick<ExtractionRepository, 'documents'>,
  { extractionId, documents: total, failures }: Pick<ExtractionSummary, 'extractionId' | 'documents' | 'failures'>,
  format: ExtractionFormat,
  open: OpenOutput,
  verdictsOf: SampleRepository['verdicts'] = () => new Map(),
): Promise<ExportPreview> {
  const fileName = `extraction-${extractionId}.${format}`
  const { head, text } = extractionWriters[format]
  const output = await open('file', fileName)
  let noted = 0
  try {
    await output.sink.write(head)
    for (let offset = 0; offset < total; offset += pageSize) {
      const documents = extractions.documents(extractionId, offset, Math.min(pageSize, total - offset))
      const verdicts = verdictsOf(extractionId, offset, offset + documents.length)
      for (const [at, document] of documents.entries()) {
        if (document.notes?.length) noted++
        await output.sink.write(text(verdicts.size === 0 ? document : withVerdicts(document, offset + at, verdicts)))
      }
      await yieldToEventLoop()
    }
    await output.finish()
  } catch (error) {
    await output.abandon()
    throw error
  }
  return { fileName, documents: total, losses: lossesOf(format, { failures, noted }) }
}

/** The document with what people said of its triples in check samples. */
function withVerdicts(
  document: ExtractedDocument,
  position: number,
  verdicts: ReadonlyMap<TriplePlace, Verdict>,
): ExtractedDocument {
  const sentences = document.sentences.map((sentence) => ({
    ...sentence,
    triples: sentence.triples.map((triple) => {
      const verdict = verdicts.get(placeOf(position, triple))
      return verdict ? { ...triple, verdict } : triple
    }),
  }))
  return { ...document, sentences }
}

/** What a file of this format leaves out. @param counts `noted`: number of documents with notes. */
function lossesOf(format: ExtractionFormat, counts: { readonly failures: number; readonly noted: number }): string[] {
  if (format === 'jsonl') return []
  return [
    'sentences without triples and spans that take part in none are left out',
    ...(counts.noted > 0 ? [`notes on how ${counts.noted} documents were read are left out`] : []),
    ...(counts.failures > 0 ? [`${counts.failures} documents that could not be read are left out`] : []),
  ]
}

const header = [
  'document',
  'subject',
  'subject_start',
  'subject_end',
  'subject_type',
  'relation',
  'object',
  'object_start',
  'object_end',
  'object_type',
  'probability',
  'sentence',
  'calibrated_probability',
  'plausibility',
  'verdict',
]

function rowsOf({ document, sentences }: ExtractedDocument): (string | number)[][] {
  return sentences.flatMap(({ triples, text }) =>
    triples.map(
      ({ subject, relation, object, probability, calibratedProbability = '', plausibility = '', verdict = '' }) => [
        document,
        subject.text,
        subject.start,
        subject.end,
        subject.type,
        relation,
        object.text,
        object.start,
        object.end,
        object.type,
        Number(probability.toFixed(4)),
        text,
        calibratedProbability,
        plausibility,
        verdict,
      ],
    ),
  )
}
