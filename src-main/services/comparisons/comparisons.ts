/** Comparisons: runs on one corpus side by side, with the memory floor and the oracle under them. */
import type { Handlers } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import { correctDifferences } from '#main/comparison/row-differences'
import { whyNotTested } from '#main/comparison/tested-row'
import { verdictOf } from '#main/comparison/verdict'
import { compareRuns, type ComparisonTable } from '#main/comparison/comparison-table'
import { wholeFamilies } from '#main/evaluation/whole-oracles'
import { familyName } from '#main/runs/families/families'
import type { ServiceContext } from '../context.ts'
import type { Evaluator } from '../runs/evaluator.ts'
import { createCharts } from './charts.ts'
import { createFrame } from './frame.ts'
import { createMarkGold } from './mark-gold.ts'
import { readPublished } from './published-figures.ts'
import { createSavedComparisons } from './saved-comparisons.ts'
import { createScoredRuns, type ComparedRequest } from './scored-runs.ts'
import { createSentenceDiff } from './sentence-diff.ts'
import { createTests } from './tests.ts'

export function createComparisons(
  context: ServiceContext,
  evaluator: Pick<Evaluator, 'look' | 'counted'>,
): Handlers['comparisons'] {
  const scored = createScoredRuns(context, evaluator)
  const frameOf = createFrame(context)
  const test = createTests(context.reads)

  async function tableOf({ build, ...request }: ComparedRequest & { readonly build?: string | undefined }) {
    const { corpusId, anchor, divided, compared, unscored, systems } = await scored.look(request)
    const families = new Set(compared.map(({ config }) => familyName(config.model)))
    const whole = wholeFamilies.filter((family) => families.has(family))
    const table = compareRuns(compared, await frameOf({ corpusId, anchor, whole, divided }, request), {
      ...{ names: request.names, systems },
      published: build === undefined ? undefined : { figures: await readPublished(), build },
    })
    refuseTwins(table)
    return { table, compared, unscored, systems }
  }

  return {
    ...createSavedComparisons(context.workspace.comparisons),

    published: async () => readPublished(),
    diff: createSentenceDiff(context),
    markGold: createMarkGold(context),
    ...createCharts({ runs: context.workspace.runs, reads: context.reads, look: scored.look }),

    async table(request) {
      const { table, compared, unscored } = await tableOf(request)
      const idsOf = (isMeant: (run: (typeof compared)[number]) => boolean) =>
        compared.filter(isMeant).map(({ runId }) => runId)
      return {
        ...{ ...table, unscored },
        outdated: idsOf(({ changedSentences }) => changedSentences > 0),
        uncounted: idsOf(({ hasCounts, changedSentences }) => !hasCounts && changedSentences === 0),
      }
    },

    async differences({ baselineId, ...request }) {
      const { table, ...looked } = await tableOf(request)
      const rows = scored.testedRows(looked, request)
      const [first] = rows
      const baseline = rows.find(({ ids }) => baselineId !== undefined && ids.includes(baselineId)) ?? first
      if (!baseline) return { baseline: '', rows: [], verdict: [] }
      const differences = await Promise.all(
        rows
          .filter((row) => row !== baseline)
          .map(async (row) => {
            const why = whyNotTested(row, baseline)
            return { label: row.label, why, difference: why === null ? await test(baseline, row) : null }
          }),
      )
      const corrected = correctDifferences(differences)
      return { baseline: baseline.label, rows: corrected, verdict: verdictOf(table, baseline.label, corrected) }
    },
  }
}

/** @throws AppError where two rows have the same name, so that a sentence would not say which it means. */
function refuseTwins({ rows }: ComparisonTable): void {
  const labels = rows.map(({ label }) => label)
  const twin = labels.find((label, at) => labels.indexOf(label) < at)
  if (twin !== undefined)
    throw new AppError('invalid-input', `Two rows are named "${twin}". Give one of them another name.`)
}
