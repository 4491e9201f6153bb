/** The sentences of a report: those that a person chose, or else some that each row fixes and breaks against the baseline. */
import type { Comparison } from '#main/api/comparisons'
import type { Client } from '#main/api/router'
import type { ComparisonView } from '#main/comparison/saved-comparison'
import type { ReportDiff } from './report.ts'

/** Number of sentences of each kind for each row where nobody chose any. */
const usualCount = 3

export async function collectDiffs(
  client: Client,
  { pins, match, split }: ComparisonView,
  { rows }: Comparison,
  baseline: string,
): Promise<ReportDiff[]> {
  const members = rows.flatMap(({ each }) => each)
  const nameOf = (id: string): string | undefined => members.find(({ runId }) => runId === id)?.name
  const ask = async (
    firstId: string,
    secondId: string,
    filter: Parameters<Client['comparisons']['diff']>[0]['filter'],
  ) => {
    const { sentences } = await client.comparisons.diff({
      ...{ firstId, secondId, match, split, filter, offset: 0 },
      limit: filter.sentenceIds?.length ?? usualCount,
    })
    return { first: nameOf(firstId) ?? firstId, second: nameOf(secondId) ?? secondId, sentences }
  }
  const shown = pins.filter(({ firstId, secondId }) => nameOf(firstId) !== undefined && nameOf(secondId) !== undefined)
  if (shown.length > 0) {
    const pairs = Map.groupBy(shown, ({ firstId, secondId }) => JSON.stringify([firstId, secondId]))
    const found: ReportDiff[] = []
    for (const own of pairs.values()) {
      const [{ firstId, secondId } = { firstId: '', secondId: '' }] = own
      found.push(await ask(firstId, secondId, { sentenceIds: own.map(({ sentenceId }) => sentenceId) }))
    }
    return found
  }
  const first = rows.find(({ label }) => label === baseline)?.each[0]
  const found: ReportDiff[] = []
  for (const { label, each } of rows) {
    const [second] = each
    if (!first || !second || label === baseline) continue
    const fixed = await ask(first.runId, second.runId, { kind: 'fixed' })
    const broken = await ask(first.runId, second.runId, { kind: 'broken' })
    const sentences = [...fixed.sentences, ...broken.sentences]
    if (sentences.length > 0) found.push({ ...fixed, sentences })
  }
  return found
}
