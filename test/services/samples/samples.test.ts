/** Check samples of extractions: drawn, judged blind, reported, kept and exported with the results. */
import { describe, expect, it } from 'vitest'
import type { ExtractedDocument, ExtractedTriple } from '#main/document/extracted-document'
import { exportExtraction } from '#main/services/extraction/extraction-export'
import { createJobs } from '#main/services/jobs/jobs'
import { createSampleKind } from '#main/services/samples/sample-kind'
import { createSamples } from '#main/services/samples/samples'
import { openMemorySink } from '#main/files/memory-sink'
import { recordedContext } from '../../support/recorded-context.ts'
import { temporaryWorkspace } from '../../support/temporary-workspace.ts'

const span = (text: string, start: number) => ({ text, start, end: start + text.length, type: 'X', probability: 0.9 })

function documentOf(name: string, relations: readonly string[]): ExtractedDocument {
  const triples = relations.map((relation, at): ExtractedTriple => ({
    ...{ subject: span('Mara', 0), relation, object: span('Orbisk', 9 + at) },
    ...{ probability: 0.8, calibratedProbability: 0.7 },
  }))
  const sentence = { start: 0, end: 40, text: 'Mara led Orbisk and what not, for years.', spans: [], triples }
  return { document: name, runId: 'r', sentences: [sentence], failure: null }
}

/** An extraction of forty documents with three triples each. */
function open() {
  const workspace = temporaryWorkspace()
  const context = recordedContext(workspace)
  const made = { runId: 'r', runName: 'mtl', title: 'a', output: null, createdMs: 1, precision: 0.9 }
  const extractionId = workspace.extractions.create(made)
  const documents = Array.from({ length: 40 }, (_, at) =>
    documentOf(`${at}.txt`, ['led', 'led', at < 2 ? 'rare' : 'in']),
  )
  workspace.extractions.addDocuments(
    extractionId,
    documents.map((document, at) => ({ document, digest: new Uint8Array([at]) })),
  )
  const sampling = createSampleKind(context)
  const samples = createSamples(context, sampling, createJobs(context, [sampling.kind]))
  const draw = (part: Partial<Parameters<typeof samples.draw>[0]> = {}) =>
    samples.draw({ extractionId, size: 12, seed: 5, byRelation: false, ...part })
  const { reads } = context
  return { workspace, reads, samples, extractionId, draw, finish: () => workspace.extractions.markInterrupted() }
}

describe('a check sample', () => {
  it('is not drawn while the extraction goes on', async () => {
    const { draw } = open()
    await expect(draw()).rejects.toThrow('still goes on')
  })

  it('is judged without anything that says how sure the model was, and goes on where one stopped', async () => {
    const { draw, samples, finish } = open()
    finish()
    const { sampleId, size, judged } = await draw()
    expect([size, judged]).toEqual([12, 0])
    const { items } = await samples.items({ sampleId, offset: 0, limit: 100 })
    expect(items).toHaveLength(12)
    expect(JSON.stringify(items)).not.toMatch(/robability|0\.[789]/)
    await samples.judge({ sampleId, position: 0, verdict: 'right' })
    await samples.judge({ sampleId, position: 1, verdict: 'wrong' })
    await samples.judge({ sampleId, position: 2, verdict: 'wrong' })
    expect((await samples.judge({ sampleId, position: 2, verdict: null })).judged).toBe(2)
    expect((await samples.items({ sampleId, offset: 0, limit: 3 })).items.map(({ verdict }) => verdict)).toEqual([
      ...['right', 'wrong'],
      null,
    ])
    await expect(samples.judge({ sampleId, position: 12, verdict: 'right' })).rejects.toThrow('no triple 13: it has 12')
    const { all, summary, sample } = await samples.report({ sampleId })
    expect(all).toMatchObject({ right: 1, wrong: 1, open: 10, precision: 0.5, promised: expect.closeTo(0.7, 12) })
    expect(summary).toContain('Asked for: 90.0 %')
    expect(sample.population).toEqual({ led: 80, in: 38, rare: 2 })
  })

  it('by relation type needs a triple of each', async () => {
    const { draw, samples, finish } = open()
    finish()
    await expect(draw({ byRelation: true, size: 2 })).rejects.toThrow('has 3 relation types')
    const { sampleId } = await draw({ byRelation: true })
    const { items } = await samples.items({ sampleId, offset: 0, limit: 100 })
    const counts = Map.groupBy(items, ({ relation }) => relation)
    expect([counts.get('rare')?.length, counts.get('led')?.length, counts.get('in')?.length]).toEqual([2, 5, 5])
  })

  it('is exported with the results: each judged triple says what it was found to be', async () => {
    const { workspace, reads, draw, samples, finish, extractionId } = open()
    finish()
    const { sampleId } = await draw()
    for (let position = 0; position < 12; position++)
      await samples.judge({ sampleId, position, verdict: position < 9 ? 'right' : 'unsure' })
    const sink = openMemorySink('found')
    const summary = workspace.extractions.find(extractionId)
    if (!summary) throw new Error('it is there')
    await exportExtraction(reads, summary, async () => sink, new AbortController().signal)
    const text = sink.files().found ?? ''
    expect(text.trimEnd().split('\n')).toHaveLength(summary.documents)
    expect(text.match(/"verdict":"right"/g)).toHaveLength(9)
    expect(text.match(/"verdict":"unsure"/g)).toHaveLength(3)
  })

  it('is one of several, which are listed, and can be removed', async () => {
    const { draw, samples, finish, extractionId } = open()
    finish()
    const first = await draw()
    const second = await draw({ seed: 6 })
    expect(await samples.list({ extractionId })).toEqual([second, first])
    await samples.remove({ sampleId: first.sampleId })
    expect(await samples.list({ extractionId })).toEqual([second])
    await expect(samples.report({ sampleId: first.sampleId })).rejects.toThrow('There is no sample')
  })
})
