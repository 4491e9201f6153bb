/** The rules of extractions: thresholds for a precision, calibrated probabilities, allowed pairs of types, and texts unlike dev. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { createProcessHost } from '#main/compute/host'
import type { ExtractedDocument, ExtractedTriple } from '#main/document/extracted-document'
import { calibrate } from '#main/evaluation/calibration'
import { leastProbability } from '#main/evaluation/precision-thresholds'
import { openServices, type Services } from '#main/services/services'
import { beginExtraction, extractAll, extractionOver } from '../../support/extracted.ts'
import { importTiny } from '../../support/services.ts'

let services: Services
let runId = ''
let corpusId = 0
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-rules-'))
  const compute = createProcessHost()
  services = await openServices({ workspace: path.join(folder, 'w'), config: path.join(folder, 'c'), compute })
  corpusId = await importTiny(services, { train: 80, dev: 60, test: 10 })
  const events = await services.handlers.system.events()
  const [run] = await services.handlers.runs.start(
    runRequest.parse({
      ...{ corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
      model: { wordDimension: 16, hidden: 16 },
      training: { epochs: 12, batchSize: 8, learningRate: 0.02 },
    }),
  )
  for await (const event of events) if (event.type === 'run' && event.run.status === 'finished') break
  runId = run?.runId ?? ''
}, 120_000)

afterAll(async () => {
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

const triplesOf = (found: readonly ExtractedDocument[]): ExtractedTriple[] =>
  found.flatMap(({ sentences }) => sentences.flatMap(({ triples }) => triples))

const ofTest = () => ({ runId, corpus: { corpusId, split: 'test' as const } })

describe('an extraction', () => {
  it('gives each triple the probability of the model and the calibrated one, and says whether its types were seen', async () => {
    const { found, extractionId } = await extractAll(services, ofTest())
    const triples = triplesOf(found)
    expect(triples.length).toBeGreaterThan(5)
    const shown = await services.handlers.extraction.rules({ extractionId })
    const calibration = shown?.rules.calibration
    if (!calibration) throw new Error('the run is calibrated')
    for (const { relation, probability, calibratedProbability, plausibility } of triples) {
      expect(calibratedProbability).toBeCloseTo(calibrate(calibration, relation, probability), 4)
      expect(plausibility).toBe('seen')
    }
  })

  it('chooses its thresholds for a precision, keeps them with it and says what they promise', async () => {
    const { found, extractionId, precision, remarks } = await extractAll(services, { ...ofTest(), precision: 0.8 })
    const thresholds = (await services.handlers.extraction.rules({ extractionId }))?.rules.precision
    if (!thresholds) throw new Error('thresholds are kept')
    expect([precision, thresholds.wanted]).toEqual([0.8, 0.8])
    expect(remarks[0]).toMatch(
      /^Thresholds for a precision of 80\.0 %, chosen on dev\. On parts of dev that did not choose/,
    )
    for (const { relation, probability } of triplesOf(found))
      expect(probability).toBeGreaterThanOrEqual(leastProbability(thresholds, relation))
  })

  it('goes on with the thresholds that it began with, whatever the run was tuned to meanwhile', async () => {
    const file = path.join(folder, 'many.jsonl')
    const lines = Array.from({ length: 3000 }, (_, at) => `{"text": "Ilse Dorn led Orbisk ${at} in Hask ."}\n`)
    writeFileSync(file, lines.join(''))
    const begun = await services.handlers.extraction.start({ runId, files: [{ path: file, name: 'many.jsonl' }] })
    const { extractionId, jobId } = begun
    const stored = async () => (await services.handlers.extraction.get({ extractionId })).documents
    await expect.poll(stored, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0)
    await services.handlers.jobs.pause({ jobId: jobId ?? 0 })
    await extractionOver(services, extractionId)
    const before = await services.handlers.extraction.rules({ extractionId })
    await services.handlers.runs.tune({ runId })
    await services.handlers.jobs.resume({ jobId: jobId ?? 0 })
    await extractionOver(services, extractionId)
    await services.handlers.runs.untune({ runId })
    expect((await services.handlers.extraction.rules({ extractionId }))?.rules).toEqual(before?.rules)
  })
})

describe('the pairs of types that an extraction keeps', () => {
  it('are those that the label set does not forbid, where that is asked for', async () => {
    const labels = await services.handlers.labels.get({ corpusId })
    const entityTypes = [...labels.entityTypes, { name: 'PLACE' }]
    const forbidding = { relation: 'located_in', subject: 'PLACE', object: 'PLACE' }
    await services.handlers.labels.update({ corpusId, labels: { ...labels, entityTypes, signatures: [forbidding] } })
    const all = await extractAll(services, { ...ofTest(), pairRule: 'any' })
    const kept = await extractAll(services, { ...ofTest(), pairRule: 'label-set' })
    const forbidden = triplesOf(all.found).filter(({ relation }) => relation === 'located_in')
    expect(new Set(forbidden.map(({ plausibility }) => plausibility))).toEqual(new Set(['forbidden']))
    expect(triplesOf(kept.found)).toEqual(triplesOf(all.found).filter(({ relation }) => relation !== 'located_in'))
    expect(kept.remarks.join(' ')).toContain(`${forbidden.length} triple`)
    expect(kept.triples).toBe(all.triples - forbidden.length)
    await services.handlers.labels.update({ corpusId, labels: { ...labels, entityTypes } })
  })

  it('are all where the label set states none, and that is said', async () => {
    const { remarks } = await extractAll(services, { ...ofTest(), pairRule: 'label-set' })
    expect(remarks).toContain(
      'The label set of the corpus states no allowed pairs of types, so that it forbids nothing.',
    )
  })
})

describe('text unlike dev', () => {
  it('is told of in the summary, with what is usual', async () => {
    const text = Array.from({ length: 60 }, (_, at) => `Unknown words${at} stand everywhere${at} here .`).join('\n')
    const { remarks, extractionId } = await extractAll(services, { runId, files: [{ name: 'a.txt', text }] })
    expect(remarks.at(-1)).toMatch(/is unlike dev.*of the words were not in training \(on dev /)
    const { drift } = (await services.handlers.extraction.rules({ extractionId })) ?? {}
    expect(drift?.measures.find(({ name }) => name === 'unseen words')?.isUnusual).toBe(true)
  })

  it('is not told of the text of the corpus itself', async () => {
    const { remarks } = await extractAll(services, { runId, corpus: { corpusId, split: 'dev' } })
    expect(remarks.join(' ')).not.toContain('unlike dev')
  })
})

it('a text at once has the same marks, with what is known of the run', async () => {
  const { sentences } = await services.handlers.extraction.text({ runId, text: 'Ilse Dorn led Orbisk in Hask .' })
  const triples = sentences.flatMap((sentence) => sentence.triples)
  expect(triples.length).toBeGreaterThan(0)
  for (const { calibratedProbability, plausibility } of triples) {
    expect(calibratedProbability).toBeGreaterThan(0)
    expect(plausibility).toBe('seen')
  }
})

it('a precision that no threshold reaches on dev is refused, and no other taken for it', async () => {
  const { handlers } = services
  const { rows } = await handlers.corpora.sentences({ corpusId, filter: { splits: ['dev'] }, offset: 0, limit: 100 })
  for (const { sentenceId } of rows) {
    const { annotation } = await handlers.annotations.open({ sentenceId, runId: null })
    const changes = annotation.relations.map((before) => ({ kind: 'relation' as const, before, after: null }))
    await handlers.annotations.apply({ sentenceId, description: 'none of them', changes })
  }
  const { extractionId } = await beginExtraction(services, { ...ofTest(), precision: 0.9 })
  const { status, failure, documents } = await extractionOver(services, extractionId)
  expect([status, documents]).toEqual(['failed', 0])
  expect(failure).toMatch(
    /does not reach a precision of 90\.0 % on dev at any threshold\. No threshold reaches 90\.0 % for .*at most 0\.0 % of \d+ triples.* left out\. Ask for less/,
  )
})
