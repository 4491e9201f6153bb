/** The bench itself, on a workload of a second: who takes part, that they take turns, and what is asked of it. */
import { describe, expect, it } from 'vitest'
import { listOurs, listPeers, type Contestant } from './contestants.ts'
import { measureCorpora } from './corpora.ts'
import { generateCorpus } from './generated-corpus.ts'
import { runWorkload } from './interleave.ts'
import { readOptions } from './options.ts'
import { findPython } from './peer.ts'
import { generateSentences, modelOf, workloads, type Workload } from './workload.ts'

const tiny: Workload = {
  ...{ name: 'tiny', length: 5, relations: 3, wordDimension: 8, hidden: 8, batchSize: 4, vocabulary: 20 },
}
const wasm: Contestant = {
  ...{ name: 'wasm', threads: 1, isCard: false, process: { backend: 'wasm', environment: {} } },
}
const absent: Contestant = {
  name: 'PyTorch decomposed',
  threads: 1,
  isCard: false,
  process: { python: '/no/such/python', formulation: 'decomposed', device: 'cpu' },
}

describe('contestants', () => {
  it('take turns in every round, in processes of their own, and one that fails stops nobody', async () => {
    const told: string[] = []
    const results = await runWorkload(tiny, [wasm, absent], { rounds: 2, tell: (line) => told.push(line) })
    const [first, second] = results
    expect(first?.failure).toBeNull()
    expect(second?.failure).toContain('/no/such/python')
    expect(first?.device).toContain('WebAssembly')
    expect(first?.steps).toHaveLength(2)
    expect(first?.steps.flat().every((ms) => ms > 0)).toBe(true)
    expect(first?.sentencesPerSecond).toHaveLength(2)
    expect(first?.peakMb).toBeGreaterThan(20)
    expect(told).toContain('tiny, step, round 2 of 2: wasm, 1 thread')
  })

  it('are the backends found, the builds of our kernels with every number of threads, and both formulations', () => {
    const found = (name: 'wasm' | 'wasm-wide' | 'webgpu' | 'tensorflow', isAvailable: boolean) => ({
      ...{ name, isAvailable, isExperimental: false, reason: '' },
    })
    const probed = [
      ...[found('webgpu', true), found('wasm-wide', true), found('wasm', true), found('tensorflow', false)],
    ]
    const show = ({ name, threads }: Contestant): string => `${name} ${threads ?? '-'}`
    expect(listOurs(probed, { backends: null, threads: [1, 2] }).map(show)).toEqual([
      ...['webgpu -', 'wasm-wide 1', 'wasm-wide 2', 'wasm 1', 'wasm 2', 'wasm-simd 1', 'wasm-simd 2'],
    ])
    expect(listOurs(probed, { backends: ['wasm-simd'], threads: [1] }).map(show)).toEqual(['wasm-simd 1'])
    const python = { python: 'python3', version: '2.13', hasCuda: true }
    expect(listPeers(python, [1]).map(show)).toEqual([
      ...['PyTorch decomposed 1', 'PyTorch decomposed -', 'PyTorch concatenated 1', 'PyTorch concatenated -'],
    ])
  })

  it('without PyTorch it is said what is missing and how to get it', async () => {
    const answer = await findPython('/no/such/python')
    expect('missing' in answer && answer.missing).toMatch(/column is missing.*pip install torch/)
  })
})

describe('workloads', () => {
  it('are the same for the same seed, and every relation stands in its sentence', () => {
    const sentences = generateSentences(workloads.s2, 3, 7)
    expect(sentences).toEqual(generateSentences(workloads.s2, 3, 7))
    expect(sentences).not.toEqual(generateSentences(workloads.s2, 3, 8))
    for (const { words, triples } of sentences) {
      expect(words).toHaveLength(40)
      expect(triples).toHaveLength(19)
      for (const { subject, type, object } of triples) {
        expect(Math.max(subject.end, object.end)).toBeLessThanOrEqual(40)
        expect(modelOf(workloads.s2).relations).toContain(type)
      }
    }
  })

  it('as a file have words of their own sentence in every triple', () => {
    const records = JSON.parse(generateCorpus(tiny, 4, 1)) as {
      text: string
      triple_list: [string, string, string][]
    }[]
    expect(records).toHaveLength(4)
    for (const { text, triple_list: triples } of records)
      for (const [subject, , object] of triples)
        expect(text.split(' ')).toEqual(expect.arrayContaining([subject, object]))
  })
})

describe('options', () => {
  it('without any ask for both workloads, one thread and all of them', () => {
    const options = readOptions([])
    expect(options).toMatchObject({ mode: 'table', rounds: 7, backends: null, format: 'text' })
    expect(options.mode === 'table' && options.workloads.map(({ name }) => name)).toEqual(['S1', 'S2'])
    expect(options.mode === 'table' && options.threads[0]).toBe(1)
  })

  it('choose rows, threads, rounds and a form', () => {
    const words = ['--only', 's2', '--backends', 'wasm,plain', '--threads', '2,1,2', '--rounds', '3', '--json']
    expect(readOptions(words)).toEqual({
      ...{ mode: 'table', workloads: [workloads.s2], backends: ['wasm', 'plain'], threads: [1, 2], rounds: 3 },
      ...{ python: null, format: 'json' },
    })
    expect(readOptions(['--window'])).toEqual({ mode: 'window' })
    expect(readOptions(['--epoch', 'webnlg'])).toEqual({ mode: 'epoch', folder: 'webnlg' })
  })

  it('that cannot be used are named', () => {
    expect(() => readOptions(['--only', 's9'])).toThrow('--only is s9: expected s1 or s2.')
    expect(() => readOptions(['--threads', '1,x'])).toThrow('--threads is x: expected whole numbers from 1.')
    expect(() => readOptions(['--rounds', '0'])).toThrow('--rounds is 0')
    expect(() => readOptions(['--fast'])).toThrow('--fast')
  })
})

describe('the corpora bench', () => {
  it('imports a generated corpus beside a script, and gets an answer to every question', async () => {
    const options = readOptions(['corpora', '--sentences', '300'])
    expect(options).toEqual({ mode: 'corpora', sentences: 300, workspace: null })
    const text = await measureCorpora({ sentences: 300, workspace: null }, () => undefined)
    expect(text).toContain('300 sentences. CPU of the program / CPU of the script:')
    expect(text).toMatch(/^page: first .* 300$/m)
    expect(text).toMatch(/^export as jsonl .* 300$/m)
    expect(() => readOptions(['corpus'])).toThrow('"corpus" is nothing that can be measured')
  }, 60_000)
})
