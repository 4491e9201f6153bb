/** Extraction results as files. */
import { describe, expect, it } from 'vitest'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { exportExtraction } from '#main/services/extraction/extraction-export'
import { toExtractedDocument } from '#main/services/extraction/extracted-document'
import { openMemorySink } from '#main/files/memory-sink'
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

async function exported(documents: readonly ExtractedDocument[], format: 'jsonl' | 'csv') {
  const sink = openMemorySink('found')
  const stored = { documents: (_: number, offset: number, limit: number) => documents.slice(offset, offset + limit) }
  const summary = { extractionId: 1, documents: documents.length, failures: documents.filter(isFailed).length }
  const { losses } = await exportExtraction(stored, summary, format, async () => sink)
  return { text: sink.files().found ?? '', losses }
}

const isFailed = ({ failure }: ExtractedDocument): boolean => failure !== null

describe('an exported extraction', () => {
  it('has one document per line as JSON lines and loses nothing', async () => {
    const { text, losses } = await exported([document, document], 'jsonl')
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as ExtractedDocument),
    ).toEqual([document, document])
    expect(losses).toEqual([])
  })

  it('has one triple per row as CSV, quotes what needs it, disarms formulas and says what is lost', async () => {
    const failed = { document: 'b.txt', runId: 'run', sentences: [], failure: 'the file is binary' }
    const named = { ...document, document: '=cmd(),"x"' }
    const { text, losses } = await exported([named, failed], 'csv')
    const [header, row, end] = text.split('\r\n')
    expect(header).toMatch(/^document,subject,/)
    expect(row).toMatch(/^"'=cmd\(\),""x""",🌱 Mara,0,6,ENTITY,founded,Orbisk,15,21,ENTITY,0\.8,/)
    expect(end).toBe('')
    expect(losses.join()).toContain('1 documents that could not be read')
  })

  it('has as CSV what stands around a triple, where its sentence is as long as a book', async () => {
    const text = `${'word '.repeat(9000)}🌱 Mara founded Orbisk ${'word '.repeat(9000)}.`
    const at = (span: PredictedSpan): PredictedSpan => ({ ...span, start: span.start + 9000, end: span.end + 9000 })
    const far: Prediction = {
      ...{ ...prediction, spans: prediction.spans.map(at), tags: [] },
      cells: prediction.cells.map((cell) => ({ ...cell, subject: cell.subject + 9000, object: cell.object + 9000 })),
    }
    const long = await toExtractedDocument(textToDoc(text, 'a.txt'), 'run', [far])
    const { text: csv, losses } = await exported([long], 'csv')
    expect(csv.split('\r\n')[1]).toMatch(/,…word (?:word ){39}🌱 Mara founded Orbisk (?:word ){39}word…,/)
    expect(csv.length).toBeLessThan(1000)
    expect(losses.join()).toContain('what stands around each triple')
  })

  it('has the calibrated probability and the plausibility in the last columns, empty where they are not known', async () => {
    const marked = await toExtractedDocument(textToDoc('🌱 Mara founded Orbisk .', 'a.txt'), 'run', [prediction], {
      marksOf: () => ({ calibratedProbability: 0.71, plausibility: 'unseen' }),
    })
    const { text } = await exported([document, marked], 'csv')
    const [header, bare, full] = text.split('\r\n')
    expect(header).toMatch(/,probability,sentence,calibrated_probability,plausibility,verdict$/)
    expect(bare).toMatch(/,0\.8,[^,]*,,,$/)
    expect(full).toMatch(/,0\.8,[^,]*,0\.71,unseen,$/)
  })

  it('is read page by page and written whole', async () => {
    const many = Array.from({ length: 450 }, (_, at) => ({ ...document, document: `${at}.txt` }))
    const { text } = await exported(many, 'jsonl')
    expect(text.match(/"document":"\d+\.txt"/g)).toEqual(many.map(({ document: name }) => `"document":"${name}"`))
  })
})
