/** Check samples in the contract: drawn from an extraction, judged triple by triple, reported. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { verdicts } from '#main/document/extracted-document'
import type { CheckReport } from '#main/evaluation/check-report'
import type { CheckItem, CheckSample } from '#main/evaluation/check-sample'
import { page } from './shared.ts'

const extractionId = z.int().positive()
const sampleId = z.int().positive()

/** A sample takes a person's time: a thousand triples are days of it. */
export const largestSample = 5000

export interface ShownReport extends CheckReport {
  readonly sample: CheckSample
  /** Result of the sample in a sentence or two. */
  readonly summary: string
}

export const samples = {
  /** Draws triples by chance; `byRelation` gives each relation type the same share. */
  draw: oc
    .input(
      z.object({
        extractionId,
        size: z.int().min(1).max(largestSample),
        seed: z
          .int()
          .min(0)
          .max(2 ** 31),
        byRelation: z.boolean().default(false),
      }),
    )
    .output(type<CheckSample>()),
  list: oc.input(z.object({ extractionId })).output(type<CheckSample[]>()),
  /** The triples in the order of the draw, without probabilities: who judges must not know them. */
  items: oc
    .input(z.object({ sampleId, ...page }))
    .output(type<{ readonly sample: CheckSample; readonly items: readonly CheckItem[] }>()),
  /** Says what a triple is; null takes the word back. */
  judge: oc
    .input(z.object({ sampleId, position: z.int().min(0), verdict: z.enum(verdicts).nullable() }))
    .output(type<CheckSample>()),
  report: oc.input(z.object({ sampleId })).output(type<ShownReport>()),
  remove: oc.input(z.object({ sampleId })).output(type<void>()),
}
