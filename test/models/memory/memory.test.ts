/** What a model remembers of train, and how that changes what it predicts. */
import { describe, expect, it } from 'vitest'
import type { Pass, PredictedCell } from '#main/document/prediction'
import { createMemory } from '#main/models/memory/memory'
import { memoryFromText, memoryToText } from '#main/models/memory/memory-file'
import { recall } from '#main/models/memory/recall'
import { remember } from '#main/models/memory/remember'
import { rememberedPass } from '#main/models/memory/remembered-pass'
import type { SentenceGold } from '#main/models/family'
import { tinyConfig } from '../../support/tiny-model.ts'

const ada = { start: 0, end: 2, label: 'person' }
const orbix = { start: 3, end: 4, label: 'company' }
const founded: SentenceGold = {
  words: ['Ada', 'Hall', 'founded', 'Orbix', '.'],
  spans: [ada, orbix],
  triples: [{ subject: ada, type: 'founded', object: orbix }],
}
const left: SentenceGold = { ...founded, words: ['Ada', 'Hall', 'left', 'Orbix', '.'], triples: [] }
const alone: SentenceGold = {
  words: ['Orbix', 'grew', '.'],
  spans: [{ start: 0, end: 1, label: 'company' }],
  triples: [],
}

describe('a memory', () => {
  it('counts the sentences that hold the words, and those that annotate them', () => {
    const { names, pairs } = remember([founded, left, alone])
    expect(names).toEqual([
      { words: ['Ada', 'Hall'], held: 2, counts: new Map([['person', 2]]) },
      { words: ['Orbix'], held: 3, counts: new Map([['company', 3]]) },
    ])
    expect(pairs).toEqual([{ subject: 0, object: 1, held: 2, counts: new Map([['founded', 1]]) }])
  })

  it('recalls a triple wherever both its names stand, and nothing where one is missing', () => {
    const memory = remember([founded, left, alone])
    expect(recall(memory, ['Was', 'Orbix', 'led', 'by', 'Ada', 'Hall', '?'])).toEqual([
      {
        ...{ type: 'founded', share: 1 / 2.5 },
        subject: { type: 'person', share: 2 / 2.5, places: [{ start: 4, end: 6 }] },
        object: { type: 'company', share: 3 / 3.5, places: [{ start: 1, end: 2 }] },
      },
    ])
    expect(recall(memory, ['Ada', 'Hall', 'slept'])).toEqual([])
  })

  it('comes back from its file as it was', () => {
    const memory = remember([founded, left, alone])
    const { names, pairs } = memoryFromText(memoryToText(memory))
    expect({ names, pairs }).toEqual({ names: memory.names, pairs: memory.pairs })
  })

  it('refuses a file that is cut off or names what it does not list', () => {
    expect(() => memoryFromText('{"names": [')).toThrow('memory.json is not valid JSON')
    const pair = { subject: 0, object: 1, held: 1, counts: new Map<string, number>() }
    expect(() => memoryFromText(memoryToText(createMemory([], [pair])))).toThrow('names that it does not list')
  })
})

describe('a pass with a memory', () => {
  const config = tinyConfig('pmei', { tags: ['O', 'B-person', 'E-person', 'S-person', 'S-company'] })
  const words = ['Yes', 'Ada', 'Hall', 'runs', 'Orbix']
  const cell = (probability: number, type = 'founded'): PredictedCell => ({ subject: 2, type, object: 4, probability })
  const nothing: Pass = { tags: words.map(() => 'O'), spans: [], cells: [] }
  const sure = remember(Array.from({ length: 9 }, () => founded))

  it('holds a triple that train states whenever it holds both names, with its names, though the model found none', () => {
    const { tags, spans, cells } = rememberedPass(nothing, words, sure, config)
    expect(cells).toEqual([cell(expect.closeTo(0.9, 1))])
    expect(spans.map(({ start, end, label }) => [start, end, label])).toEqual([
      [1, 3, 'person'],
      [4, 5, 'company'],
    ])
    expect(tags).toEqual(['O', 'B-person', 'E-person', 'O', 'S-company'])
  })

  it('makes a cell more probable the more of the sentences state it, and the more the model believes it', () => {
    const half = remember([founded, left])
    const of = (memory: typeof sure, own: number): number =>
      rememberedPass({ ...nothing, cells: [cell(own)] }, words, memory, config).cells[0]?.probability ?? 0
    const ordered = [of(half, 0.1), of(half, 0.9), of(sure, 0.1), of(sure, 0.9)]
    expect(ordered).toEqual(ordered.toSorted((a, b) => a - b))
    // seldom stated of these words: less than the model alone would have it
    expect(of(remember([founded, ...Array.from({ length: 9 }, () => left)]), 0.9)).toBeLessThan(0.5)
  })

  it('keeps the spans of the model where they overlap those of train, and what it found of other pairs', () => {
    const own = { start: 2, end: 5, label: 'person', probability: 0.7 }
    const other = { ...cell(0.99, 'located_in'), subject: 0 }
    const found = rememberedPass({ ...nothing, spans: [own], cells: [other] }, words, sure, config)
    expect(found.spans).toEqual([own])
    expect(found.cells).toContainEqual({ ...other, probability: expect.any(Number) })
  })

  it('is the pass of the model where no pair of names is remembered', () => {
    expect(rememberedPass(nothing, words, remember([alone]), config)).toBe(nothing)
    const own = { ...nothing, cells: [cell(0.8, 'led')] }
    expect(rememberedPass(own, words, remember([founded, left]), { ...config, relations: ['led'] })).toBe(own)
  })

  it('believes what train does not state the less, the more of its triples train states twice', () => {
    const other: PredictedCell = { subject: 0, type: 'located_in', object: 3, probability: 0.8 }
    const of = (sentences: readonly SentenceGold[]) =>
      rememberedPass({ ...nothing, cells: [other] }, words, remember(sentences), config).cells.find(
        ({ type }) => type === 'located_in',
      )?.probability
    const met = { ...founded, triples: [{ subject: ada, type: 'met', object: orbix }] }
    expect(remember([founded, founded, met]).repeated).toBeCloseTo(2 / 3, 9)
    expect(of([founded])).toBe(0.8)
    // odds of 4 to 1, of which a third is left
    expect(of([founded, founded, met])).toBeCloseTo(4 / 3 / (4 / 3 + 1), 9)
  })

  it('has no spans where the model learns relations alone', () => {
    const { spans, cells } = rememberedPass(nothing, words, sure, { ...config, tasks: ['relation'] })
    expect([spans.length, cells.length]).toEqual([0, 1])
  })
})
