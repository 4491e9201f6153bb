/** ProblemLog: gathers what a parser could not take, record by record, and counts the records. */
import type { Problem } from '#main/core/problem'
import type { ParseCounts } from '../format.ts'

/** Thrown while one record is read; the record is rejected with this message and reading goes on. */
export class RecordError extends Error {
  override name = 'RecordError'
}

export interface ProblemLog {
  readonly problems: readonly Problem[]
  counts(ambiguousAnchors: number, unanchored: number): ParseCounts
  note(line: number | null, message: string): void
  /** Names a repair; the record then counts as repaired. */
  repair(line: number | null, message: string): void
  /** The file as a whole cannot be read. */
  rejectFile(message: string): void
  /** The record `read` makes of line or record `line`; null when it had to be rejected. */
  record<Value>(line: number, read: () => Value): Value | null
}

export function createProblemLog(file: string): ProblemLog {
  const problems: Problem[] = []
  const tally = { accepted: 0, repaired: 0, rejected: 0 }
  const add = (severity: Problem['severity'], line: number | null, message: string) =>
    problems.push({ file, line, message, severity })
  return {
    problems,
    counts: (ambiguousAnchors, unanchored) => ({ ...tally, ambiguousAnchors, unanchored }),
    note: (line, message) => void add('note', line, message),
    repair: (line, message) => void add('repaired', line, message),
    rejectFile(message) {
      add('rejected', null, message)
      tally.rejected++
    },
    record(line, read) {
      const known = problems.length
      try {
        const value = read()
        const isRepaired = problems.slice(known).some(({ severity }) => severity === 'repaired')
        tally[isRepaired ? 'repaired' : 'accepted']++
        return value
      } catch (error) {
        if (!(error instanceof RecordError)) throw error
        problems.length = known
        add('rejected', line, error.message)
        tally.rejected++
        return null
      }
    },
  }
}
