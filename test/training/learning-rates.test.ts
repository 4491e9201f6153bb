import { expect, it } from 'vitest'
import { ratesAt } from '#main/training/learning-rates'

const schedule = { learningRate: 0.1, headLearningRate: 0, wordRate: 1, warmUp: 0, decay: 'none' } as const
const rates = (changed: Partial<Parameters<typeof ratesAt>[2]>, updates = 10): number[] =>
  Array.from({ length: updates }, (_, done) => ratesAt(done + 1, updates, { ...schedule, ...changed })('final.x'))

it('is the same at every update where nothing else is asked for, and of every weight', () => {
  expect(new Set(rates({}))).toEqual(new Set([0.1]))
  const rateOf = ratesAt(3, 10, schedule)
  expect(['bert.a', 'embedding.word', 'encoder.forward.kernel', 'final.a'].map(rateOf)).toEqual([0.1, 0.1, 0.1, 0.1])
})

it('rises in the warm-up and falls to nearly nothing at the last update', () => {
  const linear = rates({ warmUp: 0.2, decay: 'linear' })
  expect(linear.map((rate) => Number(rate.toFixed(4)))).toEqual([
    ...[0.05, 0.1],
    ...[0.1, 0.0875, 0.075, 0.0625, 0.05, 0.0375, 0.025, 0.0125],
  ])
  const cosine = rates({ decay: 'cosine' })
  expect([cosine[0], cosine[5]].map((rate) => rate?.toFixed(4))).toEqual(['0.1000', '0.0500'])
  expect(cosine.every((rate) => rate > 0)).toBe(true)
})

it('is another of word vectors and behind the encoder where that is asked for, on the same schedule', () => {
  const rateOf = ratesAt(1, 10, { ...schedule, headLearningRate: 0.4, warmUp: 0.2 })
  const words = ratesAt(5, 10, { ...schedule, wordRate: 3 })
  expect(['embedding.word', 'embedding.casing', 'final.a'].map(words)).toEqual([3 * 0.1, 0.1, 0.1])
  expect([rateOf('bert.encoder.layer.0.output.dense.weight'), rateOf('entity.mean.update.kernel')]).toEqual([0.05, 0.2])
})

it('does not rise again where a run goes on past what was planned', () => {
  const last = ratesAt(10, 10, { ...schedule, decay: 'cosine' })('final.x')
  expect(ratesAt(14, 10, { ...schedule, decay: 'cosine' })('final.x')).toBe(last)
  // a run of a single update has no warm-up to fall from
  for (const update of [1, 2])
    expect(ratesAt(update, 1, { ...schedule, warmUp: 0.9, decay: 'linear' })('final.x')).toBe(0.1)
})
