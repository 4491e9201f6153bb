/** Extraction results as text, document by document: JSON lines keep everything, CSV has one row per triple. */
import type { ExtractionFormat } from '#main/api/extraction'
import { jsonPieces } from '#main/core/json-pieces'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { excerptsOf, type Excerpt } from '#main/document/sentence-excerpt'
import { csvText } from '#main/text/csv'

interface ExtractionWriter {
  /** Text before the first document. */
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
    const excerptOf = excerptsOf(sentence)
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
        textBeside(excerptOf(subject, object)),
        calibratedProbability,
        plausibility,
        verdict,
      ]
    }
  }
}

/** The text that stands beside a triple, between marks of omission where it is not its whole sentence. */
function textBeside({ text, isCutBefore, isCutBehind }: Excerpt): string {
  return `${isCutBefore ? '…' : ''}${text}${isCutBehind ? '…' : ''}`
}
