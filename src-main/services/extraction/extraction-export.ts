/** Extraction results as text, document by document: JSON lines keep everything, CSV has one row per triple. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { ExportPreview } from '#main/api/corpora'
import type { ExtractionFormat } from '#main/api/extraction'
import { gatherText } from '#main/core/gather-text'
import { jsonPieces } from '#main/core/json-pieces'
import type {
  ExtractedDocument,
  ExtractedSentence,
  ExtractedTriple,
  ExtractionSummary,
  Verdict,
} from '#main/document/extracted-document'
import type { ExtractionRepository } from '#main/storage/extraction-repository'
import { placeOf, type SampleRepository, type TriplePlace } from '#main/storage/sample-repository'
import { createOffsetTable } from '#main/text/code-points'
import { csvText } from '#main/text/csv'
import { formatCount } from '#main/text/numbers'
import type { OpenOutput } from '../system/downloads.ts'

interface ExtractionWriter {
  /** What stands before the first document. */
  readonly head: string
  pieces(document: ExtractedDocument): Iterable<string>
}

export const extractionWriters: Readonly<Record<ExtractionFormat, ExtractionWriter>> = {
  jsonl: {
    head: '',
    *pieces(document) {
      yield* jsonPieces(document)
      yield '\n'
    },
  },
  csv: {
    get head() {
      return csvText([header])
    },
    *pieces(document) {
      for (const row of rowsOf(document)) yield csvText([row])
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
  const { head, pieces } = extractionWriters[format]
  const output = await open('file', fileName)
  let noted = 0
  try {
    await output.sink.write(head)
    for (let offset = 0; offset < total; offset += pageSize) {
      const documents = extractions.documents(extractionId, offset, Math.min(pageSize, total - offset))
      const verdicts = verdictsOf(extractionId, offset, offset + documents.length)
      for (const [at, document] of documents.entries()) {
        if (document.notes?.length) noted++
        const judged = verdicts.size === 0 ? document : withVerdicts(document, offset + at, verdicts)
        for (const piece of gatherText(pieces(judged))) await output.sink.write(piece)
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
    `of a sentence of more than ${formatCount(longestSentence)} characters, what stands around each triple is kept`,
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

function* rowsOf({ document, sentences }: ExtractedDocument): Generator<(string | number)[]> {
  for (const sentence of sentences) {
    const textAt = sentenceTexts(sentence)
    for (const triple of sentence.triples) {
      const { subject, relation, object, probability } = triple
      const { calibratedProbability = '', plausibility = '', verdict = '' } = triple
      yield [
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
        textAt(triple),
        calibratedProbability,
        plausibility,
        verdict,
      ]
    }
  }
}

/** Characters up to which a row holds the whole sentence: each of its triples repeats it. */
const longestSentence = 10_000

/** Characters that a row holds before and behind the ends of a triple whose sentence is longer. */
const around = 200

/** The text that stands beside a triple: its sentence, or what is around it, between marks of omission. */
function sentenceTexts({ text, start }: ExtractedSentence): (triple: ExtractedTriple) => string {
  if (text.length <= longestSentence) return () => text
  const table = createOffsetTable(text)
  return ({ subject, object }) => {
    const from = Math.max(0, Math.min(subject.start, object.start) - start - around)
    const to = Math.min(table.length, Math.max(subject.end, object.end) - start + around)
    return `${from > 0 ? '…' : ''}${table.slice(from, to)}${to < table.length ? '…' : ''}`
  }
}
