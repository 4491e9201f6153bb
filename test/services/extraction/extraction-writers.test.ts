/** Extraction results as text. */
import { describe, expect, it } from 'vitest'
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { ExtractionFormat } from '#main/api/extraction'
import { extractionWriters } from '#main/services/extraction/extraction-writers'
import { toExtractedDocument } from '#main/services/extraction/extracted-document'
import { textToDoc } from '#main/corpora/formats/plain-text/read'
import type { PredictedSpan, Prediction } from '#main/document/prediction'

const span = (start: number, end: number) => ({ start, end, label: 'ENTITY', probability: 0.9 })

const prediction: Prediction = {
  tags: ['B', 'E', 'O', 'S', 'O'],
  spans: [span(0, 2), span(3, 4)],
  cells: [
    { subject: 1, type: 'founded', object: 3, probability: 0.8 },
    { subject: 3, type: 'founded', object: 1, probability: 0.2 },
  ],
  anchor: 'last',
  threshold: 0.5,
  early: null,
}

const document = await toExtractedDocument(textToDoc('🌱 Mara founded Orbisk .', 'a.txt'), 'run', [prediction])

describe('an extracted document', () => {
  it('gives offsets in code points of the text, and only triples at or above the threshold', () => {
    const [sentence] = document.sentences
    expect(sentence?.triples).toHaveLength(1)
    expect(sentence?.triples[0]).toMatchObject({
      subject: { text: '🌱 Mara', start: 0, end: 6, probability: 0.9 },
      relation: 'founded',
      object: { text: 'Orbisk', start: 15, end: 21 },
      probability: 0.8,
    })
  })
})

function exported(documents: readonly ExtractedDocument[], format: ExtractionFormat): string {
  const { head, pieces } = extractionWriters[format]
  return head + documents.flatMap((document) => [...pieces(document)]).join('')
}

describe('an extraction as text', () => {
  it('has one document per line as JSON lines and loses nothing', async () => {
    const text = exported([document, document], 'jsonl')
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as ExtractedDocument),
    ).toEqual([document, document])
  })

  it('has one triple per row as CSV, quotes what needs it, and disarms formulas', async () => {
    const failed = { document: 'b.txt', runId: 'run', sentences: [], failure: 'the file is binary' }
    const named = { ...document, document: '=cmd(),"x"' }
    const text = exported([named, failed], 'csv')
    const [header, row, end] = text.split('\r\n')
    expect(header).toMatch(/^document,subject,/)
    expect(row).toMatch(/^"'=cmd\(\),""x""",🌱 Mara,0,6,ENTITY,founded,Orbisk,15,21,ENTITY,0\.8,/)
    expect(end).toBe('')
  })

  it('has as CSV what stands around a triple, where its sentence is as long as a book', async () => {
    const text = `${'word '.repeat(9000)}🌱 Mara founded Orbisk ${'word '.repeat(9000)}.`
    const at = (span: PredictedSpan): PredictedSpan => ({ ...span, start: span.start + 9000, end: span.end + 9000 })
    const far: Prediction = {
      ...{ ...prediction, spans: prediction.spans.map(at), tags: [] },
      cells: prediction.cells.map((cell) => ({ ...cell, subject: cell.subject + 9000, object: cell.object + 9000 })),
    }
    const long = await toExtractedDocument(textToDoc(text, 'a.txt'), 'run', [far])
    const csv = exported([long], 'csv')
    expect(csv.split('\r\n')[1]).toMatch(/,…word (?:word ){39}🌱 Mara founded Orbisk (?:word ){39}word…,/)
    expect(csv.length).toBeLessThan(1000)
  })

  it('has the calibrated probability and the plausibility in the last columns, empty where they are not known', async () => {
    const marked = await toExtractedDocument(textToDoc('🌱 Mara founded Orbisk .', 'a.txt'), 'run', [prediction], {
      marksOf: () => ({ calibratedProbability: 0.71, plausibility: 'unseen' }),
    })
    const text = exported([document, marked], 'csv')
    const [header, bare, full] = text.split('\r\n')
    expect(header).toMatch(/,probability,sentence,calibrated_probability,plausibility,verdict$/)
    expect(bare).toMatch(/,0\.8,[^,]*,,,$/)
    expect(full).toMatch(/,0\.8,[^,]*,0\.71,unseen,$/)
  })
})
