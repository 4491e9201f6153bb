/** Reads the seed of an option. */
import { InvalidArgumentError } from 'commander'

export function readSeed(text: string): number {
  const seed = Number(text)
  if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31)
    throw new InvalidArgumentError(`Found "${text}"; a whole number from 0 on is expected.`)
  return seed
}
