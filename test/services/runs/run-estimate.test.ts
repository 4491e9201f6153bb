/** What is said of a run before it starts. */
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runRequest } from '#main/api/runs'
import { readRunData } from '#main/services/runs/run-data'
import { createCorpusFacts, factsOf } from '#main/services/runs/corpus-facts'
import { createReads } from '#main/services/reads/reads'
import { estimateRun } from '#main/services/runs/run-estimate'
import { estimateMemoryMb } from '#main/services/runs/memory-estimate'
import {
  defaultModel,
  defaultTraining,
  type BertEncoder,
  type BertSizes,
  type ModelConfig,
  type RunConfig,
} from '#main/runs/config'
import { variants } from '#main/runs/variants'
import { openWorkspace } from '#main/storage/workspace'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

describe('the estimate of a run', () => {
  it('warns, and does not refuse, when memory will hardly do or spans end within words', async () => {
    const folder = path.join(temporaryFolder(), 'workspace')
    const services = await openTestServices(folder)
    const corpusId = await importTiny(services)
    await services.close()
    const workspace = openWorkspace(folder)
    try {
      const request = runRequest.parse({ corpusId, variants: ['pmei'], seeds: [1] })
      const estimate = async (freeMb: number) =>
        estimateRun(workspace, await factsOf(await readRunData(workspace, corpusId)), request, {
          ...{
            freeMb,
            sources: { vectors: null, encoder: null, from: null, trainSentences: 12, hasPos: true },
            remarks: [],
          },
          ...{ vectors: null, vectorFailure: null, encoderFailure: null },
        })
      const { memoryMb, refusals, notes } = await estimate(100)
      expect(refusals).toEqual([])
      expect(notes).toContain(
        `About ${memoryMb} MB of memory are needed and 100 MB are free: close other programs or take fewer units.`,
      )
      expect((await estimate(memoryMb)).notes.join()).not.toContain('are needed')
      expect(notes.join()).not.toContain('within a word')
      const [sentence] = workspace.annotations.queueRows(corpusId, { splits: ['train'] })
      const [before] = workspace.annotations.annotation(sentence?.sentenceId ?? 0).spans
      if (!sentence || !before) throw new Error('the tiny corpus has no span')
      const { tokens } = workspace.corpora.sentence(sentence.sentenceId)
      const chars = { start: (tokens[before.start]?.start ?? 0) + 1, end: tokens[before.end - 1]?.end ?? 0 }
      const changes = [{ kind: 'span' as const, before, after: { ...before, chars } }]
      workspace.annotations.apply(sentence.sentenceId, 'Ada', 'cut', changes, 1)
      const reads = createReads(workspace)
      onTestFinished(() => reads.close())
      const kept = createCorpusFacts({ workspace, reads })
      expect(await kept.of(corpusId)).toEqual(await factsOf(await readRunData(workspace, corpusId)))
      const vocabulary = await kept.vocabulary(corpusId)
      expect(vocabulary.inTrain.reduce((sum, times) => sum + Math.sign(times), 0)).toBe(
        (await kept.of(corpusId)).differentWords,
      )
      expect((await estimate(memoryMb)).notes).toContain(
        '1 gold spans of train begin or end within a word: training and scores take their whole words.',
      )
    } finally {
      workspace.close()
    }
  })

  const base: BertSizes = {
    ...{ vocabulary: 30522, width: 768, layers: 12, heads: 12, inner: 3072, positions: 512, types: 2, epsilon: 1e-12 },
  }
  const source = { folder: '', sha256: '' }
  const bert = (isFrozen: boolean): BertEncoder => ({ kind: 'bert', sizes: base, isFrozen, source })

  // measured on Linux; what a program with a large corpus takes beside it is in the estimate
  it.each([
    ['an LSTM on one thread', defaultModel.encoder, 1, 50, 331],
    ['an LSTM on two threads', defaultModel.encoder, 2, 50, 495],
    ['a frozen BERT-base on one thread', bert(true), 1, 6, 2964],
    ['a frozen BERT-base on two threads', bert(true), 2, 6, 5464],
    ['a fine-tuned BERT-base on one thread', bert(false), 1, 6, 7490],
    ['a fine-tuned BERT-base on two threads', bert(false), 2, 6, 11826],
  ] as const)('is near the measured peak of %s', (_, encoder, threads, batchSize, measuredMb) => {
    const labels = { tags: ['O', 'B', 'I', 'E', 'S'], relations: Array.from({ length: 171 }, (_, at) => `r${at}`) }
    const model: ModelConfig = { ...variants.pmei, ...defaultModel, encoder, ...labels, untypedLabel: '' }
    const config: RunConfig = {
      ...{ variant: 'pmei', preset: 'recommended', model, training: { ...defaultTraining, batchSize } },
      ...{ vectors: null, backend: 'wasm', threads },
    }
    const found = estimateMemoryMb(model, config, { vocabularySize: 5000, longest: 24, words: 1000 })
    expect(found / measuredMb).toBeGreaterThan(0.75)
    expect(found / measuredMb).toBeLessThan(1.75)
  })

  // peaks of whole runs on WebNLG*, several epochs with dev in between
  it.each([
    ['10 units and its 135,000 words', 10, 135_000, 819],
    ['10 units and 13,000 words', 10, 13_000, 632],
    ['100 units and its 135,000 words', 100, 135_000, 924],
    ['100 units and 13,000 words', 100, 13_000, 761],
  ])('is near the measured peak of an LSTM of %s', (_, hidden, words, measuredMb) => {
    const labels = { tags: ['O', 'B', 'I', 'E', 'S'], relations: Array.from({ length: 171 }, (_, at) => `r${at}`) }
    const encoder = { ...defaultModel.encoder, hidden }
    const model: ModelConfig = { ...variants.pmei, ...defaultModel, encoder, ...labels, untypedLabel: '' }
    const config: RunConfig = {
      ...{ variant: 'pmei', preset: 'recommended', model, training: defaultTraining },
      ...{ vectors: null, backend: 'wasm', threads: 2 },
    }
    const found = estimateMemoryMb(model, config, { vocabularySize: 5000, longest: 60, words })
    expect(found / measuredMb).toBeGreaterThan(0.75)
    expect(found / measuredMb).toBeLessThan(1.25)
  })

  // measured with random weights, a BERT on one thread by default
  it.each([
    ['an LSTM on one thread', defaultModel.encoder, { threads: 1, batchSize: 50, types: 171, longest: 600 }, 751],
    ['an LSTM on two threads', defaultModel.encoder, { threads: 2, batchSize: 50, types: 171, longest: 600 }, 850],
    ['a fine-tuned BERT, 256 wide', trained(256), { threads: 0, batchSize: 2, types: 20, longest: 1000 }, 874],
    ['a fine-tuned BERT, 512 wide', trained(512), { threads: 0, batchSize: 6, types: 20, longest: 1000 }, 1881],
  ] as const)('is near the measured peak of %s with long sentences', (_, encoder, asked, measuredMb) => {
    const found = estimateOf(encoder, asked)
    expect(found / measuredMb).toBeGreaterThan(0.75)
    expect(found / measuredMb).toBeLessThan(1.75)
  })

  it('knows that a long sentence of a BERT is computed layer by layer', () => {
    const of = (longest: number) => estimateOf(bert(false), { threads: 1, batchSize: 6, types: 20, longest })
    // a batch of them would be 16 GB
    expect(of(1000) - of(24)).toBeLessThan(700)
    expect(of(1000)).toBeGreaterThan(of(24))
  })

  /** Four layers. */
  function trained(width: number): BertEncoder {
    const sizes = { ...base, width, layers: 4, heads: width / 64, inner: 4 * width }
    return { kind: 'bert', sizes, isFrozen: false, source }
  }

  function estimateOf(
    encoder: ModelConfig['encoder'],
    asked: { threads: number; batchSize: number; types: number; longest: number },
  ): number {
    const { threads, batchSize, types, longest } = asked
    const labels = { tags: ['O', 'B', 'I', 'E', 'S'], relations: Array.from({ length: types }, (_, at) => `r${at}`) }
    const model: ModelConfig = { ...variants.pmei, ...defaultModel, encoder, ...labels, untypedLabel: '' }
    const config: RunConfig = {
      ...{ variant: 'pmei', preset: 'recommended', model, training: { ...defaultTraining, batchSize } },
      ...{ vectors: null, backend: 'wasm', threads },
    }
    return estimateMemoryMb(model, config, { vocabularySize: 5000, longest, words: 10_000 })
  }
})
