/** A problem: what reading a file could not take as it stands, or took only after a repair. */

/** "line 12, triple_list[0]: expected three strings, found two. ..." */
export interface Problem {
  readonly file: string
  /** Line or record, from 1; null when the file as a whole is meant. */
  readonly line: number | null
  readonly message: string
  /** `rejected`: not imported; `repaired`: imported after a named repair; `note`: imported, worth knowing. */
  readonly severity: 'rejected' | 'repaired' | 'note'
}
