/** Reads option values; what cannot be read is misuse, told with what was expected. */
import { InvalidArgumentError } from 'commander'

export function toInteger(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const limits = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  return (text) => {
    const value = toFigure(text)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`expected a whole number ${limits}.`)
    return value
  }
}

export interface Limits {
  readonly atLeast?: number
  readonly above?: number
  readonly atMost?: number
  readonly below?: number
}

export function toNumber(limits: Limits): (text: string) => number {
  const { atLeast = -Infinity, above = -Infinity, atMost = Infinity, below = Infinity } = limits
  const names = { atLeast: 'at least', above: 'above', atMost: 'at most', below: 'below' }
  const told = Object.entries(limits).map(([limit, value]) => `${names[limit as keyof Limits]} ${value}`) // its own keys
  return (text) => {
    const value = toFigure(text)
    if (Number.isFinite(value) && value >= atLeast && value > above && value <= atMost && value < below) return value
    throw new InvalidArgumentError(`expected a number ${told.join(' and ')}.`)
  }
}

/** "1,2,3". */
export function toSeeds(text: string): number[] {
  const seeds = text.split(',').map(toFigure)
  if (seeds.some((seed) => !Number.isSafeInteger(seed) || seed < 0))
    throw new InvalidArgumentError('expected whole numbers separated by commas, such as 1,2,3.')
  return seeds
}

/** What is empty is no number, though JavaScript reads it as 0. */
const toFigure = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
