/** Extraction results as a file: JSON lines keep everything, CSV has one row per triple. */
import type { ExportedExtraction } from '#main/api/extraction'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { csvText } from '#main/text/csv'

export function formatExtraction(
  documents: readonly ExtractedDocument[],
  format: 'jsonl' | 'csv',
  extractionId: number,
): ExportedExtraction {
  const fileName = `extraction-${extractionId}.${format}`
  if (format === 'jsonl')
    return { fileName, text: documents.map((document) => `${JSON.stringify(document)}\n`).join(''), losses: [] }
  const failures = documents.filter(({ failure }) => failure !== null).length
  const noted = documents.filter(({ notes }) => notes?.length).length
  const losses = [
    'sentences without triples and spans that take part in none are left out',
    ...(noted > 0 ? [`notes on how ${noted} documents were read are left out`] : []),
    ...(failures > 0 ? [`${failures} documents that could not be read are left out`] : []),
  ]
  return { fileName, text: csvText([header, ...documents.flatMap(rowsOf)]), losses }
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
]

function rowsOf({ document, sentences }: ExtractedDocument): (string | number)[][] {
  return sentences.flatMap(({ triples, text }) =>
    triples.map(({ subject, relation, object, probability }) => [
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
    ]),
  )
}
