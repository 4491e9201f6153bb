/** RecordPlaces: where the sentences of records stand in an import, kept for the few records that a problem names. */
import type { Problem } from '#main/core/problem'
import type { Split } from '#main/document/doc'
import type { PlacedProblem } from '#main/storage/problem-rows'

interface PassedRecord {
  readonly file: string
  readonly record: number
  readonly isWanted: boolean
}

export interface RecordPlaces {
  /** Counts the sentences of a doc, the next of its split; the place is kept for those of its records that are wanted. */
  pass(records: readonly PassedRecord[], split: Split, sentences: number): void
  /** Place of the first sentence of the record that a problem names; null where there is none. */
  placeOf(problem: Problem): PlacedProblem['place']
}

export function createRecordPlaces(): RecordPlaces {
  const next = { train: 1, dev: 1, test: 1 }
  const places = new Map<string, PlacedProblem['place']>()
  return {
    pass(records, split, sentences) {
      for (const { file, record, isWanted } of records) {
        const key = `${record} ${file}`
        if (isWanted && sentences > 0 && !places.has(key)) places.set(key, { split, position: next[split] })
      }
      next[split] += sentences
    },
    placeOf: ({ file, line, severity }) => (severity === 'rejected' ? null : (places.get(`${line} ${file}`) ?? null)),
  }
}
