/** A count: how often a label, or a group of sentences, occurs. */

export interface Count {
  readonly label: string
  readonly count: number
}
