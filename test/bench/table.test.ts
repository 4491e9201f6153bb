/** The bench's table: medians, ratios between rounds, and whom a row is compared with. */
import { describe, expect, it } from 'vitest'
import type { Contestant } from './contestants.ts'
import { median, quantile, ratioOf } from './figures.ts'
import type { Result } from './interleave.ts'
import { makeTable, tableToMarkdown, tableToText } from './table.ts'
import { workloads } from './workload.ts'

function ours(name: 'wasm' | 'plain' | 'webgpu', threads: number | null): Contestant {
  return { name, threads, isCard: name === 'webgpu', process: { backend: name, environment: {} } }
}

function peer(formulation: 'decomposed' | 'concatenated', threads: number | null): Contestant {
  const device = threads === null ? 'cuda' : 'cpu'
  return {
    ...{ name: `PyTorch ${formulation}`, threads, isCard: threads === null },
    process: { python: 'python3', formulation, device },
  }
}

/** Three rounds of two steps, one of which was disturbed. */
function result(contestant: Contestant, stepMs: number, sentencesPerSecond: number): Result {
  return {
    ...{ contestant, device: 'somewhere', failure: null, peakMb: 512.4 },
    steps: [
      [stepMs, stepMs],
      [stepMs * 9, stepMs * 9],
      [stepMs, stepMs - 1],
    ],
    sentencesPerSecond: [sentencesPerSecond, sentencesPerSecond / 9, sentencesPerSecond],
  }
}

const tableOf = (...results: Result[]) => makeTable([{ workload: workloads.s1, results }])

describe('figures', () => {
  it('median and quantiles lie between the values', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([1, 2])).toBe(1.5)
    expect(quantile([0, 10, 20, 30, 40], 0.95)).toBeCloseTo(38)
    expect(median([])).toBeNaN()
  })

  it('a ratio is taken within rounds, so that a busy round drops out', () => {
    expect(ratioOf([10, 1000, 10], [5, 500, 5])).toBe(2)
    expect(ratioOf([10], [])).toBeNaN()
  })
})

describe('the table', () => {
  it('compares with the peer of as many threads, and a card with a card', () => {
    const { head, rows } = tableOf(
      result(ours('webgpu', null), 20, 9000),
      result(ours('wasm', 1), 300, 300),
      result(ours('wasm', 2), 150, 600),
      ...[result(peer('decomposed', 1), 600, 150), result(peer('decomposed', 2), 300, 300)],
      ...[result(peer('concatenated', 2), 600, 150), result(peer('decomposed', null), 10, 9000)],
    )
    expect(head.slice(-3)).toEqual(['step / decomposed', 'step / concatenated', 'read / decomposed'])
    expect(rows.slice(0, 3)).toEqual([
      ['S1', 'webgpu', 'card', '20', '19', '9000', '512', '2.00', '-', '1.00'],
      ['S1', 'wasm', '1', '300', '299', '300', '512', '0.50', '-', '2.00'],
      ['S1', 'wasm', '2', '150', '149', '600', '512', '0.50', '0.25', '2.00'],
    ])
  })

  it('without a peer compares with plain on one thread', () => {
    const { head, rows } = tableOf(result(ours('wasm', 2), 100, 400), result(ours('plain', 1), 1000, 100))
    expect(head.slice(-2)).toEqual(['step / plain', 'read / plain'])
    expect(rows.map((row) => row.slice(-2))).toEqual([
      ['0.10', '4.00'],
      ['1.00', '1.00'],
    ])
  })

  it('keeps the row of a contestant that stopped, and says why', () => {
    const stopped: Result = {
      ...{ contestant: ours('webgpu', null), device: null, failure: 'the device was lost', peakMb: null },
      ...{ steps: [], sentencesPerSecond: [] },
    }
    const { rows, notes } = tableOf(stopped)
    expect(rows).toEqual([['S1', 'webgpu', 'card', '-', '-', '-', '-', '-', '-']])
    expect(notes).toEqual(['webgpu, card stopped in S1: the device was lost'])
  })

  it('says once where each row was computed', () => {
    const results = [result(ours('wasm', 1), 100, 400), result(ours('plain', 1), 1000, 100)]
    const { notes } = makeTable([
      { workload: workloads.s1, results },
      { workload: workloads.s2, results },
    ])
    expect(notes).toEqual(['wasm, 1 thread: somewhere', 'plain, 1 thread: somewhere'])
  })

  it('has columns of one width as text, and is a table as Markdown', () => {
    const table = tableOf(result(ours('wasm', 2), 100, 400), result(ours('plain', 1), 1000, 100))
    const lines = tableToText(table).trimEnd().split('\n')
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1)
    const [head, rule] = tableToMarkdown(table).split('\n')
    expect(head).toMatch(/^\| workload \| backend \|.* read \/ plain \|$/)
    expect(rule).toBe('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
  })
})
