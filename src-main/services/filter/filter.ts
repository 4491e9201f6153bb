/** The filter: documents in, answers out in the same order, while more come in; memory does not grow with their number. */
import type { Reader } from '../extraction/read-docs.ts'
import { answersTo, type Answer, type Asked } from './answers.ts'
import { asTheyCome } from './as-they-come.ts'

export interface FilterWork {
  readonly reader: Reader
  readonly asked: AsyncIterable<Asked>
  /** Resolves when more can be written. */
  readonly write: (answers: readonly Answer[]) => Promise<void>
  readonly signal: AbortSignal
}

export interface Filtered {
  readonly documents: number
  readonly sentences: number
  readonly triples: number
  readonly failures: number
}

/**
 * Sentences that wait to be predicted together. The first are few, so that the first answers come soon; later ones are enough for sixteen
 * threads.
 */
const [firstGroup, largestGroup] = [64, 4096]
const mostOf = (group: number): number => Math.min(largestGroup, firstGroup * 2 ** Math.min(group, 30))

/** @throws what the signal is aborted with; what `write` or a document's input throws. */
export async function runFilter({ reader, asked, write, signal }: FilterWork): Promise<Filtered> {
  const counts = { documents: 0, sentences: 0, triples: 0, failures: 0 }
  const sizeOf = ({ doc }: Asked): number => doc?.sentences.length ?? 0
  const add = (answers: readonly Answer[]): void => {
    counts.documents += answers.length
    for (const { document } of answers) {
      counts.sentences += document.sentences.length
      for (const { triples } of document.sentences) counts.triples += triples.length
      if (document.failure !== null) counts.failures++
    }
  }
  let last: Promise<void> = Promise.resolve()
  let written: Promise<void> = Promise.resolve()
  try {
    for await (const group of asTheyCome(asked, sizeOf, mostOf)) {
      signal.throwIfAborted()
      const answers = answersTo(reader, group, signal)
      // while one group is written, the next is predicted, and a third is gathered
      const before = last
      last = written = Promise.all([answers, before]).then(async ([found]) => {
        add(found)
        await write(found)
      })
      written.catch(() => undefined) // awaited with the next group, or at the end
      await before
    }
    await written
  } catch (error) {
    await Promise.allSettled([last, written])
    throw error
  }
  return counts
}
