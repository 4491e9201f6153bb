/** A problem of a file: something that was rejected, repaired or is worth knowing. */

/** A problem, such as "line 12, triple_list[0]: expected three strings, found two. ..." */
export interface Problem {
  readonly file: string
  /** Number of the line or record, from 1; null for a problem of the whole file. */
  readonly line: number | null
  readonly message: string
  /** `rejected` was not imported, `repaired` was imported after a named repair, `note` was imported and is worth knowing. */
  readonly severity: 'rejected' | 'repaired' | 'note'
  /** What it has in common with problems of other files; found in the message where it is left out. */
  readonly kind?: string
}

export const severities = ['rejected', 'repaired', 'note'] as const

/** How many problems of a kind a file has, whether or not each of them is kept. */
export interface ProblemCount {
  readonly file: string
  readonly severity: Problem['severity']
  /** What the messages have in common, without what they quote and count. */
  readonly kind: string
  readonly count: number
}
