/** Problems that imports of a corpus met: what was left out, repaired, or is worth knowing. */
import type { Problem } from '#main/core/problem'
import type { Split } from './doc.ts'

export interface ProblemFilter {
  readonly severity?: Problem['severity'] | undefined
  readonly file?: string | undefined
  readonly kind?: string | undefined
}

/** A problem with the first sentence of its record; null where the record was left out or the sentence has gone. */
export interface ImportProblem extends Problem {
  readonly problemId: number
  readonly sentence: { readonly sentenceId: number; readonly split: Split; readonly position: number } | null
}

export interface ProblemPage {
  /** Number of problems that pass the filter. */
  readonly total: number
  /** Number of those that are kept one by one; the rest is only counted. */
  readonly kept: number
  /** All problems of the corpus by severity, whatever the filter. */
  readonly severities: Readonly<Record<Problem['severity'], number>>
  /** The first files and kinds by the number of their problems, each among those that pass the other parts of the filter. */
  readonly files: readonly { readonly label: string; readonly count: number }[]
  readonly kinds: readonly { readonly label: string; readonly severity: Problem['severity']; readonly count: number }[]
  readonly rows: readonly ImportProblem[]
}
