/** Fields with several values make an experiment of a new run. */
import { describe, expect, it } from 'vitest'
import { settingNamed } from '#main/runs/setting-values'
import { problemsOf } from '#window/features/train/draft-problems.ts'
import { isExperiment, toPlan } from '#window/features/train/experiment-draft.ts'
import { emptyDraft, type RunDraft } from '#window/features/train/run-draft.ts'
import { each, readSpread, usualSearch } from '#window/features/train/spread-text.ts'

const draft = (part: Partial<RunDraft> = {}): RunDraft => ({ ...emptyDraft(1), name: 'sweep', ...part })
const problems = (part: Partial<RunDraft>): [string, string][] => [...problemsOf(draft(part))]

describe('the text of a field', () => {
  const read = (text: string, name: 'alpha' | 'epochs' | 'order' = 'alpha') => readSpread(text, settingNamed(name))

  it('is one value, a list without repeats, or a range', () => {
    expect([read('0.1'), read('0.1, 0.01 0.1'), read('5,10', 'epochs')]).toEqual([null, [0.1, 0.01], [5, 10]])
    expect(read('0.0001 to 0.1')).toEqual({ from: 0.0001, to: 0.1, scale: 'log' })
    expect(read('1 to 10')).toEqual({ from: 1, to: 10, scale: 'linear' })
    expect(read(each, 'order')).toEqual(['bucketed', 'shuffled', 'file'])
  })

  it('is refused where it may mean two things, or holds what is not allowed', () => {
    expect(() => read('0,05')).toThrow('write 0.05 for one number, or a space behind the comma for a list')
    expect(() => read('0.1, many')).toThrow('Alpha must be a number from 0 to 100, not "many".')
    expect(() => read('5, 2.5', 'epochs')).toThrow('not 2.5')
    expect(() => read('1 to 0.1')).toThrow('the first must be the smaller one')
  })
})

describe('a new run with several values in a field', () => {
  it('is an experiment, whose plan holds what differs from the preset', () => {
    const fields = { ...emptyDraft(1).fields, epochs: 7 }
    const asked = draft({ variants: ['pmei'], seeds: '1, 2', fields, spreads: { alpha: '0.1, 0.01' } })
    expect([isExperiment(asked), isExperiment(draft())]).toEqual([true, false])
    expect(problemsOf(asked).size).toBe(0)
    expect(toPlan(asked)).toMatchObject({
      ...{ name: 'sweep', variants: ['pmei'], seeds: [1, 2], search: null, vectors: [null] },
      settings: { epochs: [7], alpha: [0.1, 0.01] },
    })
    expect(Object.keys(toPlan(asked).settings)).toEqual(['epochs', 'alpha'])
  })

  it('draws from a range in a search, which may leave out the worse ones early', () => {
    const spreads = { learningRate: '0.0001 to 0.01' }
    expect(problems({ spreads })).toEqual([['learningRate', expect.stringContaining('list values, or search')]])
    const search = { ...usualSearch, tries: 'halving' as const, trials: 9 }
    expect(toPlan(draft({ spreads, search })).search).toEqual({
      ...{ trials: 9, seed: 1, halving: { epochs: 3, factor: 3 } },
    })
    expect(problems({ spreads, search: { ...search, trials: 0, factor: 1 } }).map(([name]) => name)).toEqual([
      ...['trials', 'halving'],
    ])
  })

  it('needs a name, one value for a retraining, and models that have the setting', () => {
    const spreads = { alpha: '0.1, 0.01' }
    expect(problems({ spreads: { alpha: 'many' } })).toEqual([
      ['alpha', 'Alpha must be a number from 0 to 100, not "many".'],
    ])
    expect(problems({ name: ' ', spreads })).toEqual([['name', expect.stringContaining('Give the experiment a name')]])
    expect(problems({ variants: ['pmei', 'rin'], spreads })).toEqual([
      ['alpha', expect.stringContaining('rin does not have')],
    ])
    expect(problems({ variants: ['rin'], spreads })).toEqual([]) // the field is not there
  })
})
