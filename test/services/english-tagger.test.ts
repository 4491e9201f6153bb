/** The English tagger: parts of speech of given words, also in training, in new text and where it is not installed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunRequest } from '#main/api/runs'
import { defaultLstm, defaultModel } from '#main/runs/config'
import { englishTags } from '#main/services/tagger/english-tags'
import { loadEnglishTagger } from '#main/services/tagger/english-tagger'
import { installedTagger, whyNoTagger } from '#main/services/tagger/find-tagger'
import { taggedFor } from '#main/services/tagger/tagger'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

const withTagger = { ...defaultModel, encoder: { ...defaultLstm, posDimension: 4, posFrom: 'wink' } } as const
const words = ["Alan's", 'friend', "can't", 'leave', 'the', 'state-of-the-art', 'U.S.A.', 'office', '.']

it('is named with what to do where it is not installed', () => {
  expect(whyNoTagger(() => null)).toMatch(/not installed: npm install wink-nlp wink-eng-lite-web-model\.$/)
  expect(whyNoTagger(() => 'wink-nlp 1')).toBe(null)
})

// it is an optional package
describe.runIf(installedTagger())('the English tagger', () => {
  it('gives each of the given words a part of speech, whatever words it finds itself', async () => {
    const tag = await loadEnglishTagger()
    expect(tag(words)).toEqual(['PROPN', 'NOUN', 'AUX', 'VERB', 'DET', 'NOUN', 'PROPN', 'NOUN', 'PUNCT'])
    expect(tag([])).toEqual([])
    const text = fc.array(fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }), { maxLength: 8 })
    fc.assert(
      fc.property(text, (some) => {
        const tags = tag(some)
        expect(tags).toHaveLength(some.length)
        for (const one of tags) expect([...englishTags, null]).toContain(one)
      }),
      { numRuns: 200 },
    )
  })

  it('takes the place of parts of speech of the corpus, and only where the model asks for it', async () => {
    const sentences = [{ words: ['She', 'left'], pos: ['PRP', 'VBD'] }]
    expect(await taggedFor(withTagger, sentences)).toEqual([{ words: ['She', 'left'], pos: ['PRON', 'VERB'] }])
    expect(await taggedFor(defaultModel, sentences)).toBe(sentences)
  })

  it('serves training, the editor and extraction of text that states nothing, and the run names it', async () => {
    const services = await openTestServices(temporaryFolder())
    const { runs, extraction } = services.handlers
    const request: RunRequest = {
      ...{ corpusId: await importTiny(services), variants: ['mtl'], seeds: [1], preset: 'recommended' },
      ...{ vectors: null, encoder: null, fromRunId: null, backend: 'wasm', threads: 1 },
      model: { wordDimension: 6, hidden: 6, casingDimension: 2, posFrom: 'wink' },
      training: { epochs: 1, batchSize: 3, learningRate: 0.02 },
    }
    const { notes, refusals } = await runs.estimate(request)
    expect(refusals).toEqual([])
    const [named = ''] = notes.filter((note) => note.startsWith('Parts of speech come from'))
    expect(named).toMatch(/from wink-nlp [\d.]+ with wink-eng-lite-web-model [\d.]+, in train and in new text\.$/)
    const [{ runId } = { runId: '' }] = await runs.start(request)
    const isOver = async () => !['queued', 'running'].includes((await runs.get({ runId })).run.status)
    await expect.poll(isOver, { timeout: 30_000 }).toBe(true)
    const { run } = await runs.get({ runId })
    expect(run).toMatchObject({ status: 'finished', failure: null })
    expect(run.notes).toContain(named)
    expect(run.config.model.encoder).toMatchObject({ posDimension: 10, posFrom: 'wink' })
    // a model that met words without a part of speech would say so
    expect(run.notes?.join()).not.toContain('no part of speech')
    const found = await extraction.text({ runId, text: 'Ada founded Orbix' })
    expect(found.notes ?? []).toEqual([])
  })
})
