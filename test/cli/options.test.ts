/** Options of the command line: what they refuse they refuse by their name and with their limits, and no other way than the API. */
import { Command, CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { addTrain } from '#main/cli/commands/train'
import { toInteger, toNumber, toSeeds } from '#main/cli/options'

/** What `train` makes of its options, or its complaint; nothing is trained. */
function parsed(...args: string[]): Record<string, unknown> | string {
  const train = addTrain(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  try {
    return train
      .action(() => undefined)
      .parse(['A', '--variant', 'mtl', ...args], { from: 'user' })
      .opts()
  } catch (error) {
    if (error instanceof CommanderError) return error.message
    throw error
  }
}

const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: number): boolean =>
  schema.safeParse(value).success

const { model, training, threads } = runRequest.shape
const settings = {
  hidden: [model.unwrap().shape.hidden, [0, 1, 2048, 2049, 100_000]],
  casing: [model.unwrap().shape.casingDimension, [-1, 0, 256, 257]],
  pos: [model.unwrap().shape.posDimension, [-1, 0, 256, 257]],
  epochs: [training.unwrap().shape.epochs, [0, 1, 10_000, 10_001, 1e9]],
  patience: [training.unwrap().shape.patience, [0, 1, 1e6]],
  batch: [training.unwrap().shape.batchSize, [0, 1, 4096, 4097]],
  dropout: [training.unwrap().shape.dropout, [-0.1, 0, 0.95, 0.96]],
  'word-dropout': [training.unwrap().shape.wordDropout, [-0.1, 0, 0.95, 0.96]],
  'learning-rate': [training.unwrap().shape.learningRate, [0, 1e-9, 1, 1.01]],
  alpha: [training.unwrap().shape.alpha, [-1, 0, 1e-3, 50]],
  beta: [training.unwrap().shape.betaEntity, [-1, 0, 1e-6, 50]],
  threshold: [training.unwrap().shape.threshold, [0, 0.01, 0.99, 1]],
  threads: [threads, [-1, 0, 256, 257, 1000]],
} as const

describe('the options of train', () => {
  it.each(Object.entries(settings))('take of --%s what the API takes, and refuse the rest by name', (name, row) => {
    const [schema, values] = row
    for (const value of values) {
      const outcome = parsed(`--${name}`, String(value))
      expect([value, typeof outcome !== 'string']).toEqual([value, takes(schema, value)])
      if (typeof outcome === 'string') expect(outcome).toMatch(new RegExp(`--${name} <.*expected a .*number .*\\d`))
    }
  })

  it("take variants and seeds as they are named: that each is run once is the API's to see to", () => {
    expect(parsed('--variant', 'mtl, pmei', '--seeds', '2,1')).toMatchObject({
      variant: ['mtl', 'pmei'],
      seeds: [2, 1],
    })
  })
})

it('say what they expected, and read no figure out of nothing', () => {
  expect(() => toInteger(1, 10)('11')).toThrow('expected a whole number from 1 to 10.')
  expect(() => toInteger(0)('')).toThrow('expected a whole number of at least 0.')
  expect(() => toNumber({ above: 0, atMost: 1 })('0')).toThrow('expected a number above 0 and at most 1.')
  expect(() => toNumber({ atLeast: 0 })('Infinity')).toThrow('expected a number at least 0.')
  expect(() => toSeeds('1,,2')).toThrow('separated by commas')
  expect(() => toSeeds('1e20')).toThrow('separated by commas')
})
