/** Results of extractions: rows come with the documents, are corrected in Annotate, compared and exported. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProcessHost } from '#main/compute/host'
import type { ExtractedRow } from '#main/document/extracted-row'
import { suggestionsOf } from '#main/document/suggestions'
import { openServices, type Services } from '#main/services/services'
import { extractAll } from '../../support/extracted.ts'
import { importTiny } from '../../support/services.ts'
import { trainTiny, untilItFinds } from '../../support/trained.ts'

let services: Services
let runId = ''
let folder = ''
let extractionId = 0

const files = [
  { name: 'a.txt', text: 'Ada Lund led Orbisk in Hask . Tam Okwe founded Fernhall .\nAda Lund led Orbisk in Hask .' },
]
const byOrder = { by: 'order', isDescending: false } as const

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-results-'))
  const compute = createProcessHost()
  const places = { workspace: path.join(folder, 'workspace'), config: path.join(folder, 'config') }
  services = await openServices({ ...places, compute })
  runId = await trainTiny(services, await importTiny(services, { train: 60, dev: 12, test: 6 }), untilItFinds)
}, 60_000)

afterAll(async () => {
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

async function rows(filter = {}): Promise<readonly ExtractedRow[]> {
  const request = { of: 'triples', extractionId, filter, sorting: byOrder, after: null, limit: 1000 } as const
  return (await services.handlers.results.triples(request)).rows
}

/** Resolves when the extraction, which the first test begins, is done and is rows. */
async function listed(): Promise<void> {
  if (extractionId === 0) ({ extractionId } = await extractAll(services, { runId, files }))
  await expect.poll(async () => (await services.handlers.results.facts({ extractionId })).listed).toBe(1)
}

describe('results', () => {
  it('are rows soon after the documents are stored', async () => {
    await listed()
    const { documents } = await services.handlers.extraction.results({ extractionId, offset: 0, limit: 10 })
    const expected = documents.flatMap(({ sentences }) => sentences.flatMap(({ triples }) => triples))
    expect(expected.length).toBeGreaterThan(0)
    expect((await rows()).map(({ probability }) => probability)).toEqual(expected.map(({ probability }) => probability))
  })

  it('are corrected in the corpus "From extraction": once for a sentence, with what was found as suggestions, never as gold', async () => {
    await listed()
    const [row] = await rows()
    const first = await services.handlers.results.correct({ tripleId: row?.tripleId ?? 0 })
    expect(first.isNew).toBe(true)
    const same = (await rows()).filter(({ sentence }) => sentence === row?.sentence)
    expect(new Set(same.map(({ sentenceStart }) => sentenceStart)).size).toBeGreaterThan(1)
    for (const { tripleId } of same)
      expect(await services.handlers.results.correct({ tripleId })).toEqual({ ...first, isNew: false })
    const corpus = (await services.handlers.corpora.list()).find(({ name }) => name === 'From extraction')
    expect(corpus?.splits.train.sentences).toBe(1)

    const view = await services.handlers.annotations.open({ sentenceId: first.sentenceId, runId })
    expect(view).toMatchObject({ text: row?.sentence, annotation: { spans: [], relations: [] } })
    expect(view.origin).toMatchObject({ extractionId, document: 'a.txt', start: row?.sentenceStart, runId })
    const suggested = suggestionsOf(view.annotation, view.prediction).filter(({ kind }) => kind === 'relation')
    const inSentence = same.filter(({ sentenceStart }) => sentenceStart === row?.sentenceStart)
    expect(suggested.map(({ probability }) => probability).toSorted()).toEqual(
      inSentence.map(({ probability }) => probability).toSorted(),
    )
    const types = new Set(view.labels.relationTypes.map(({ name }) => name))
    for (const { relation } of inSentence) expect(types.has(relation)).toBe(true)
  })

  it('that are not there cannot be corrected', async () => {
    await expect(services.handlers.results.correct({ tripleId: 9_999_999 })).rejects.toThrow(
      'There is no triple 9999999. Choose one from the results of an extraction.',
    )
  })

  it('are exported as they are filtered, and not over a file that is there', async () => {
    await listed()
    const [row] = await rows()
    const filter = { relation: row?.relation }
    const file = path.join(folder, 'out.tsv')
    const request = { extractionId, format: 'tsv', filter, byteOrderMark: false, rawCells: false, path: file } as const
    const exported = await services.handlers.results.export({ ...request, replace: false, taskId: 'x' })
    const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n')
    const expected = await rows(filter)
    expect(exported).toMatchObject({ fileName: `extraction-${extractionId}-filtered.tsv`, triples: expected.length })
    expect(lines).toHaveLength(expected.length + 1)
    await expect(services.handlers.results.export({ ...request, replace: false, taskId: 'x' })).rejects.toThrow(
      /already/,
    )
  })

  it('are compared with those of another extraction of the same input, and not with themselves', async () => {
    await listed()
    const other = await extractAll(services, { runId, files })
    const against = { extractionId: other.extractionId }
    const compared = await services.handlers.results.compare({ extractionId, against })
    expect(compared).toMatchObject({ onlyHere: 0, onlyThere: 0, changed: 0, both: (await rows()).length })
    await expect(services.handlers.results.compare({ extractionId, against: { extractionId } })).rejects.toThrow(
      'This is one and the same extraction. Choose another one to compare it with.',
    )
  })
})
