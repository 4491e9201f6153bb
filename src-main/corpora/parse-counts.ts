/** ParseCounts: what became of the records of a file. */

/** Records are the format's own unit: an array element, a line, a file. */
export interface ParseCounts {
  /** Records taken as they stand. */
  readonly accepted: number
  /** Records taken after a repair that `problems` names. */
  readonly repaired: number
  readonly rejected: number
  /** Number of triples of which a string stands more than once in its sentence. */
  readonly ambiguousAnchors: number
  /** Number of triples of which a string does not stand in its sentence. */
  readonly unanchored: number
}
