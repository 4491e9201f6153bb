/** SentenceOrigin: where a sentence came from that was taken out of the results of an extraction. */
export interface SentenceOrigin {
  readonly extractionId: number
  /** Title of the source: a file, "3 files", a corpus. */
  readonly title: string
  readonly document: string
  /** Offsets of the sentence in the document, in code points. */
  readonly start: number
  readonly end: number
  readonly runId: string
  readonly runName: string
}
