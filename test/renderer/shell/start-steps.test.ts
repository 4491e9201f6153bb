/** The first steps: ticked by what a workspace holds. */
import { describe, expect, it } from 'vitest'
import { startSteps } from '#window/shell/start-steps.ts'

function corpus(name: string, reviewed: number) {
  const counts = { sentences: 30, reviewed: 0, spans: 0, triples: 0 }
  return { name, splits: { train: { ...counts, reviewed }, dev: counts, test: counts } }
}

const doneOf = (...args: Parameters<typeof startSteps>) => startSteps(...args).map(({ isDone }) => isDone)

describe('the first steps', () => {
  it('count nothing of the sample that comes with the program', () => {
    expect(doneOf([corpus('Sample', 30)], [])).toEqual([false, false, false, false])
  })

  it('count the sentences of one corpus and the trained runs of one corpus', () => {
    const run = { corpusId: 1, bestEpoch: 2 }
    const corpora = [corpus('mine', 12), corpus('other', 9)]
    expect(startSteps(corpora, [run]).map(({ progress }) => progress)).toEqual(['', '12 of 20', '', '1 of 2 runs'])
    expect(doneOf(corpora, [run, { corpusId: 2, bestEpoch: 1 }])).toEqual([true, false, true, false])
    expect(doneOf([corpus('mine', 20)], [run, { ...run, bestEpoch: null }, run])).toEqual([true, true, true, true])
  })
})
