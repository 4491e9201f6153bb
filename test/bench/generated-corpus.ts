/** A generated corpus as a triple file: sentences of a workload's shape, with as many relations as a person writes down. */
import { createRandom } from '#main/models/shared/random'
import type { Workload } from './workload.ts'

const triplesPerSentence = 3

/** The same for the same seed. */
export function generateCorpus({ length, relations, vocabulary }: Workload, count: number, seed: number): string {
  const random = createRandom(seed, length, relations)
  const records = Array.from({ length: count }, () => {
    const words = Array.from({ length }, () => `word${random.integer(vocabulary)}`)
    const pick = (): string => words[random.integer(length)] ?? ''
    return {
      text: words.join(' '),
      triple_list: Array.from({ length: triplesPerSentence }, () => [
        pick(),
        `relation${random.integer(relations)}`,
        pick(),
      ]),
    }
  })
  return JSON.stringify(records)
}
