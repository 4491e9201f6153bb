/** Verdict: what a comparison allows to conclude, and what it does not, in plain sentences under its table. */
import { enumerate } from '#main/text/enumeration'
import { countOf } from '#main/text/numbers'
import type { ComparisonRow, ComparisonTable } from './comparison-table.ts'
import { usualTest } from './compare-systems.ts'
import { findingOf, type CorrectedDifference, type RowDifference } from './row-differences.ts'

export function verdictOf(table: ComparisonTable, baseline: string, rows: readonly RowDifference[]): string[] {
  return [
    ...differenceSentences(table, baseline, rows),
    ...floorSentences(table),
    ...runSentences(table),
    ...rows.flatMap(({ label, why }) => (why === null ? [] : [`${label} is not compared with ${baseline}: ${why}`])),
  ]
}

type Tested = RowDifference & { readonly difference: CorrectedDifference }

function differenceSentences(
  { corpusName, split, match, sentences }: ComparisonTable,
  baseline: string,
  rows: readonly RowDifference[],
): string[] {
  const tested = rows.filter((row): row is Tested => row.difference !== null)
  if (tested.length === 0) return []
  const found = Map.groupBy(tested, ({ difference }) => findingOf(difference))
  const unclear = found.get('not told apart') ?? []
  return [
    ...(found.get('different') ?? []).map(
      ({ label, difference }) =>
        `${label} scores ${difference.difference > 0 ? 'higher' : 'lower'} than ${baseline}: ${describe(difference)}.`,
    ),
    ...(unclear.length > 0
      ? [
          `On ${countOf(sentences, 'sentence')} ${cannot(unclear.length)} be told apart from ${baseline}, which does not show that they are equal: ${enumerate(unclear.map(({ label, difference }) => `${label} (${describe(difference)})`))}.`,
        ]
      : []),
    ...(found.get('disputed') ?? []).map(
      ({ label, difference }) =>
        `The interval and the corrected p of ${label} against ${baseline} disagree (${describe(difference)}): do not count it as a difference.`,
    ),
    `These are differences of F1 in points on ${corpusName}, ${split}, in ${match} match mode, with 95 % intervals of a paired bootstrap (${countOf(usualTest.resamples, 'resample')}) and two-sided p of approximate randomisation (${countOf(usualTest.shuffles, 'shuffle')}), corrected by Holm over ${countOf(tested.length, 'comparison')}. They speak of this corpus and of the settings that were trained.`,
  ]
}

const cannot = (rows: number): string => (rows === 1 ? 'this row cannot' : 'these rows cannot')

/** "+1.9 points, 95 % interval 0.4 to 3.3, corrected p 0.012". */
function describe({ difference, low, high, correctedP }: CorrectedDifference): string {
  return `${formatDifference(difference)} points, 95 % interval ${formatPoints(low)} to ${formatPoints(high)}, corrected p ${formatP(correctedP)}`
}

function floorSentences({ rows }: ComparisonTable): string[] {
  const floor = rows.find(({ kind }) => kind === 'floor')
  if (!floor) return []
  const below = scoredRows(rows).filter(({ f1 }) => f1.mean < floor.f1.mean)
  if (below.length === 0) return []
  const named = enumerate(below.map(({ label, f1 }) => `${label} (${formatPoints(f1.mean)})`))
  const lie = below.length === 1 ? 'lies' : 'lie'
  return [
    `${named} ${lie} below the memory floor of ${formatPoints(floor.f1.mean)}: remembering the training triples scores more, so ${below.length === 1 ? 'its difference to others says' : 'differences between them say'} little of what a model learns.`,
  ]
}

/** What the numbers of runs do not allow to say. */
function runSentences({ rows }: ComparisonTable): string[] {
  const scored = scoredRows(rows)
  const numbers = scored.map(({ each }) => each.length)
  const [fewest, most] = [Math.min(...numbers), Math.max(...numbers)]
  if (scored.length < 2) return []
  const single = scored.filter(({ each }) => each.length === 1).map(({ label }) => label)
  return [
    ...(fewest < most
      ? [
          `The rows have unequal numbers of runs (${enumerate(scored.map(({ label, each }) => `${label} ${each.length}`))}): the mean of fewer runs is less certain. Train the missing seeds before you rank them.`,
        ]
      : []),
    ...(single.length > 0
      ? [
          `${enumerate(single)} ${single.length === 1 ? 'has' : 'have'} one run and no deviation: what is said of ${single.length === 1 ? 'it' : 'them'} holds for other sentences, not for other seeds.`,
        ]
      : []),
    ...(most > 1 && fewest < 5
      ? [
          'With fewer than five runs a row the intervals are too narrow, since few runs show little of what seeds do; p allows for that.',
        ]
      : []),
  ]
}

const scoredRows = (rows: readonly ComparisonRow[]): ComparisonRow[] => rows.filter(({ each }) => each.length > 0)

/** Points of F1 with their sign: "+1.9", "−0.3". */
export function formatDifference(share: number, decimals = 1): string {
  const shown = formatPoints(share, decimals)
  return share > 0 && Number.parseFloat(shown) > 0 ? `+${shown}` : shown
}

/** Points of 100 with a real minus sign; a rounded zero has none. */
export function formatPoints(share: number, decimals = 1): string {
  const shown = (100 * share).toFixed(decimals)
  return Number.parseFloat(shown) === 0 ? shown.replace('-', '') : shown.replace('-', '−')
}

/** "0.012", "0.53", "< 0.001". */
export function formatP(p: number): string {
  if (p < 0.001) return '< 0.001'
  return p < 0.1 ? p.toFixed(3) : p.toFixed(2)
}
