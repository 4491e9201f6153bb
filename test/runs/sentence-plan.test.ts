/** How a sentence is predicted follows from the memory that its table would take. */
import { expect, it } from 'vitest'
import { defaultModel, type ModelConfig } from '#main/runs/config'
import { planSentence, tableBytes, windowsOfWords } from '#main/runs/sentence-plan'
import { variants } from '#main/runs/variants'

const sizes = (relations: number, tasks: ModelConfig['tasks'] = ['entity', 'relation']): ModelConfig => ({
  ...variants.pmei,
  ...defaultModel,
  ...{ tasks, tags: ['O'] },
  relations: Array.from({ length: relations }, (_, at) => `r${at}`),
})

const kindsOf = (relations: number, ...words: number[]) =>
  words.map((count) => planSentence(count, sizes(relations)).kind)

it('is whole, then tiled, then in windows, the sooner the more relation types there are', () => {
  expect(kindsOf(24, 40, 200, 3000, 5000)).toEqual(['whole', 'tiled', 'tiled', 'windows'])
  expect(kindsOf(171, 40, 200, 1200, 3000)).toEqual(['whole', 'tiled', 'tiled', 'windows'])
})

it('grows with the square of the words where there are relations, and with the words alone where there are none', () => {
  const entities = sizes(171, ['entity'])
  expect(tableBytes(4000, sizes(171)) / tableBytes(2000, sizes(171))).toBeGreaterThan(3.5)
  expect(tableBytes(4000, entities)).toBe(2 * tableBytes(2000, entities))
  expect(planSentence(10_000, entities).kind).toBe('tiled')
})

it('cuts windows that are allowed themselves, whatever the number of relation types', () => {
  for (const relations of [1, 24, 171, 5000, 100_000]) {
    const plan = planSentence(10_000_000, sizes(relations))
    if (plan.kind !== 'windows') throw new Error('it is not cut')
    expect(planSentence(plan.size, sizes(relations)).kind).not.toBe('windows')
    expect(plan.overlap).toBe(plan.size / 4)
  }
})

it('is told to other programs as the number of words from which on there are windows, and these', () => {
  for (const relations of [1, 24, 171, 100_000]) {
    const { mostWords, ...window } = windowsOfWords(sizes(relations))
    expect(planSentence(mostWords, sizes(relations)).kind).not.toBe('windows')
    expect(planSentence(mostWords + 1, sizes(relations))).toEqual({ kind: 'windows', ...window })
  }
})
