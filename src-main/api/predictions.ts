/** Predictions of other systems in the contract: scored on a split of a corpus as runs are. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import { fileReference, readChoice } from './imports.ts'
import { corpusId, split } from './shared.ts'

export interface SystemSummary {
  readonly systemId: string
  readonly corpusId: number
  readonly corpusName: string
  readonly split: Split
  readonly name: string
  /** Seed of the run of the system; null where its runs are not told apart. */
  readonly seed: number | null
  readonly fileName: string
  /** Remarks on the predictions, as sentences. */
  readonly notes: readonly string[]
  readonly createdMs: number
  readonly evaluation: Evaluation
}

const systemId = z.string().min(1)

export const predictions = {
  list: oc.output(type<SystemSummary[]>()),
  get: oc.input(z.object({ systemId })).output(type<SystemSummary>()),
  /** Reads a file in any format of a corpus, scores it in every match mode, and keeps it under the name of its system. */
  score: oc
    .input(
      z.object({
        ...{ corpusId: corpusId, split: split, file: fileReference, ...readChoice },
        name: z.string().trim().min(1, 'a system needs a name').max(120),
        seed: z.int().min(0).optional(),
      }),
    )
    .output(type<SystemSummary>()),
  remove: oc.input(z.object({ systemId })).output(type<void>()),
}
