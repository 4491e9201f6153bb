/** Extraction results as text, document by document: JSON lines keep everything, CSV has one row per triple. */
import type { ExtractionFormat } from '#main/api/extraction'
import { jsonPieces } from '#main/core/json-pieces'
import type { ExtractedDocument, ExtractedSentence, ExtractedTriple } from '#main/document/extracted-document'
import { createOffsetTable } from '#main/text/code-points'
import { csvText } from '#main/text/csv'

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

/** Number of characters up to which a row holds the whole sentence: each of its triples repeats it. */
const longestSentence = 10_000

/** Number of characters that a row holds before and behind the ends of a triple whose sentence is longer. */
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
