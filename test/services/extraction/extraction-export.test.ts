/** Extraction results as files. */
import { describe, expect, it } from 'vitest'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { formatExtraction } from '#main/services/extraction/extraction-export'
import { toExtractedDocument } from '#main/services/extraction/extracted-document'
import { textToDoc } from '#main/corpora/formats/plain-text/read'
import type { Prediction } from '#main/document/prediction'

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

describe('formatExtraction', () => {
  it('writes one document per line as JSON lines and loses nothing', () => {
    const { text, losses } = formatExtraction([document, document], 'jsonl', 1)
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as ExtractedDocument),
    ).toEqual([document, document])
    expect(losses).toEqual([])
  })

  it('writes one triple per row as CSV, quotes what needs it, disarms formulas and says what is lost', () => {
    const failed = { document: 'b.txt', runId: 'run', sentences: [], failure: 'the file is binary' }
    const named = { ...document, document: '=cmd(),"x"' }
    const { text, losses } = formatExtraction([named, failed], 'csv', 1)
    const [header, row, end] = text.split('\r\n')
    expect(header).toMatch(/^document,subject,/)
    expect(row).toMatch(/^"'=cmd\(\),""x""",🌱 Mara,0,6,ENTITY,founded,Orbisk,15,21,ENTITY,0\.8,/)
    expect(end).toBe('')
    expect(losses.join()).toContain('1 documents that could not be read')
  })
})
