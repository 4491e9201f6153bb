/** Charts of a comparison: what is computed from the stored predictions of its rows. */
import type { Handlers } from '#main/api/handlers'
import { stringModeFor } from '#main/comparison/charts/probability-charts'
import { groupSystems, labelGroups } from '#main/comparison/run-groups'
import { AppError } from '#main/core/errors'
import type { RunRepository } from '#main/storage/run-repository'
import type { Reads } from '../reads/reads.ts'
import type { ChartRow } from './chart-steps.ts'
import { givenThresholds, type Member } from './member-predictions.ts'
import type { ComparedRequest, ScoredRuns } from './scored-runs.ts'

type ChartCalls = Pick<
  Handlers['comparisons'],
  'scores' | 'breakdowns' | 'probabilities' | 'confusion' | 'goldVersions'
>

interface Parts {
  readonly runs: Pick<RunRepository, 'find'>
  readonly reads: Pick<Reads, 'ask'>
  readonly look: ScoredRuns['look']
}

export function createCharts({ runs, reads, look }: Parts): ChartCalls {
  const memberOf = (runId: string, thresholds: ComparedRequest['thresholds']): Member => ({
    runId,
    ...(thresholds === 'given' && { thresholds: givenThresholds(runs.find(runId)) }),
  })

  /** The rows of the table: runs that are scored, and where they are asked for, other systems. */
  async function rowsOf(request: ComparedRequest, hasSystems: boolean) {
    const { compared, systems, corpusId, divided } = await look(request)
    const rows: ChartRow[] = labelGroups(compared, request.names).map(({ label, runs: own }) => ({
      label,
      members: own.map(({ runId }) => memberOf(runId, request.thresholds)),
    }))
    const others = groupSystems(systems, request.names).map(({ label, members }) => ({
      label,
      members: members.map(({ systemId }) => ({ systemId })),
    }))
    return { corpusId, divided, split: request.split, rows: hasSystems ? [...rows, ...others] : rows }
  }

  return {
    scores: async (request) =>
      (await look(request)).compared.map(({ runId, evaluation: { triples, earlyTriples } }) => ({
        ...{ runId, triples, earlyTriples },
      })),

    breakdowns: async (request, signal) =>
      reads.ask('breakdowns', { ...(await rowsOf(request, true)), match: request.match }, { signal }),

    goldVersions: async (request, signal) =>
      reads.ask('goldVersions', { ...(await rowsOf(request, true)), match: request.match }, { signal }),

    probabilities: async (request, signal) =>
      // another system states triples, not how probable they are
      reads.ask('probabilities', { ...(await rowsOf(request, false)), mode: stringModeFor(request.match) }, { signal }),

    async confusion({ memberId, ...request }, signal) {
      const { corpusId, divided, split } = await rowsOf(request, true)
      const isRun = request.runIds.includes(memberId)
      if (!isRun && !request.systemIds?.includes(memberId))
        throw new AppError('invalid-input', `"${memberId}" is not among what is compared. Choose one of it.`)
      const member = isRun ? memberOf(memberId, request.thresholds) : { systemId: memberId }
      return reads.ask(
        'confusion',
        { corpusId, divided, split, member, mode: stringModeFor(request.match) },
        { signal },
      )
    },
  }
}
