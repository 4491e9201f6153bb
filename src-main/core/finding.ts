/** Finding: something that is not as it should be, and what a person can do about it. */
export interface Finding {
  /** A sentence that names the file, table or run. */
  readonly what: string
  /** A sentence that says what to do. */
  readonly advice: string
}
