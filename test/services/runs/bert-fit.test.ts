/** A BERT that WebAssembly has no room to train is refused before a run is made, with what to do instead. */
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runRequest, type RunRequest } from '#main/api/runs'
import type { BertSizes } from '#main/runs/config'
import { whyTooLarge } from '#main/services/runs/bert-fit'
import { createBackendLadder } from '#main/machine/backend-ladder'
import { createProcessHost } from '#main/compute/host'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'
import { writeZeroBert } from '../../support/zero-bert.ts'

const wasmAlone = new URL('../../support/wasm-alone-entry.ts', import.meta.url)
const twoCards = new URL('../../support/two-cards-entry.ts', import.meta.url)

/** As many pieces as a multilingual BERT has, and more, on one layer: 0.5 GB. */
const manyPieces: BertSizes = {
  ...{ vocabulary: 150_000, width: 768, layers: 1, heads: 12, inner: 3072, positions: 512, types: 2, epsilon: 1e-12 },
}

function request(corpusId: number, folder: string, change: object = {}): RunRequest {
  return runRequest.parse({
    ...{ corpusId, variants: ['pmei'], seeds: [1], encoder: { folder, isFrozen: false }, backend: 'wasm' },
    ...change,
  })
}

const refusal =
  'Training a BERT of 0.5 GB takes about 5.4 GB, and WebAssembly has no more than 4.2: freeze it, take a smaller one, ' +
  'or choose the backend tensorflow or webgpu where the machine has it.'

describe('a BERT that WebAssembly has no room to train', () => {
  it('is refused in the estimate and at the start, and no run is made', async () => {
    const workspace = temporaryFolder()
    const { handlers, ...services } = await openTestServices(workspace, wasmAlone)
    const corpusId = await importTiny({ handlers, ...services }, { train: 6 })
    const folder = writeZeroBert(path.join(workspace, 'bert'), manyPieces)
    for (const backend of ['wasm', 'auto'])
      expect((await handlers.runs.estimate(request(corpusId, folder, { backend }))).refusals).toEqual([refusal])
    await expect(handlers.runs.start(request(corpusId, folder))).rejects.toThrow(refusal)
    expect(await handlers.runs.list()).toEqual([])
  })

  it('is accepted frozen, or where something else computes', async () => {
    const workspace = temporaryFolder()
    const { handlers, ...services } = await openTestServices(workspace, twoCards)
    const corpusId = await importTiny({ handlers, ...services }, { train: 6 })
    const folder = writeZeroBert(path.join(workspace, 'bert'), manyPieces)
    const frozen = { encoder: { folder, isFrozen: true } }
    for (const change of [frozen, { backend: 'tensorflow' }, { backend: 'auto' }])
      expect((await handlers.runs.estimate(request(corpusId, folder, change))).refusals).toEqual([])
  })
})

describe('the limit', () => {
  // each but BERT-large was trained for a few updates with random weights
  it.each([
    ['1024 wide, 12 layers', 1024, 12, 30_522, true],
    ['1024 wide, 14 layers', 1024, 14, 30_522, false],
    ['BERT-large', 1024, 24, 30_522, false],
    ['BERT-base', 768, 12, 30_522, true],
    ['BERT-base with 70,000 pieces', 768, 12, 70_000, true],
    ['BERT-base with 85,000 pieces', 768, 12, 85_000, false],
    ['BERT-base with 100,000 pieces', 768, 12, 100_000, false],
    ['the multilingual BERT-base', 768, 12, 119_547, false],
  ])('is where memory ran out: %s', async (_, width, layers, vocabulary, fits) => {
    const compute = createProcessHost()
    onTestFinished(() => compute.close())
    const ladder = createBackendLadder({ compute, file: path.join(temporaryFolder(), 'machine.json'), now: () => 0 })
    const sizes = { ...manyPieces, vocabulary, width, layers, heads: width / 64, inner: 4 * width }
    const encoder = { kind: 'bert', sizes, source: { folder: '', sha256: '' } } as const
    expect((await whyTooLarge({ ...encoder, isFrozen: false }, 'wasm', ladder)) === null).toBe(fits)
    expect(await whyTooLarge({ ...encoder, isFrozen: true }, 'wasm', ladder)).toBe(null)
  })
})
