/** An occurrence: a place in a corpus where the words of a span stand again. */
import type { Split } from './doc.ts'

/** A place in a corpus where the words of a span stand again. */
export interface Occurrence {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly start: number
  readonly end: number
  readonly before: string
  readonly text: string
  readonly after: string
  /** The annotation that is there already ("Orbisk is ORG"); null where there is none. */
  readonly present: string | null
}
