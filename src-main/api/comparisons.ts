/** Comparisons of runs in the contract. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { ComparisonTable } from '#main/comparison/comparison-table'
import { matchMode, runId, split } from './shared.ts'

export const comparisons = {
  table: oc
    .input(z.object({ runIds: z.array(runId).min(1), match: matchMode, split: split }))
    .output(type<ComparisonTable>()),
}
