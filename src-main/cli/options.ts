/** Reads option values; what cannot be read is misuse, told with what was expected. */
import { InvalidArgumentError } from 'commander'

export function toInteger(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`expected a whole number of at least ${least}.`)
    return value
  }
}

export function toShare(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value < 1))
    throw new InvalidArgumentError('expected a number from 0 to below 1.')
  return value
}

/** "1,2,3". */
export function toSeeds(text: string): number[] {
  const seeds = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (seeds.some((seed) => !Number.isInteger(seed) || seed < 0))
    throw new InvalidArgumentError('expected whole numbers separated by commas, such as 1,2,3.')
  return [...new Set(seeds)]
}
