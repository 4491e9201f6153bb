/** Where annotators disagree: labels that are given to the same thing, sentences with the most differences, and agreement by day. */
import type { AnnotatedItems, LayerDifference } from '#main/document/layer-differences'
import { distinctSpans } from '#main/document/pair-spans'
import type { AgreementReport, ConfusedLabels, CostlySentence } from './report.ts'

export interface Disagreements {
  /** Takes the comparison of two annotators. @param lastMs time of the later of both; null where it is not known. */
  addPair(
    differences: readonly LayerDifference[],
    first: AnnotatedItems,
    second: AnnotatedItems,
    lastMs: number | null,
  ): void
  /** Takes the sentence, after all of its pairs, with the number of their differences. */
  addSentence(sentence: CostlySentence): void
  found(): Pick<AgreementReport, 'confused' | 'costly' | 'days'>
}

/** Numbers of pairs of labels and of sentences that are told of. */
const mostConfused = 20
const mostCostly = 50

const shownText = 160

interface Day {
  sentences: number
  spans: number
  same: number
}

export function createDisagreements(): Disagreements {
  const confused = new Map<string, ConfusedLabels>()
  const days = new Map<string, Day>()
  let costly: CostlySentence[] = []
  return {
    addPair(differences, first, second, lastMs) {
      for (const difference of differences) addConfused(confused, difference)
      if (lastMs !== null) addDay(days, lastMs, first, second)
    },
    addSentence({ text, ...sentence }) {
      if (sentence.differences <= (costly[mostCostly - 1]?.differences ?? 0)) return
      const at = costly.findIndex(({ differences }) => differences < sentence.differences)
      costly.splice(at < 0 ? costly.length : at, 0, { ...sentence, text: shorten(text) })
      costly = costly.slice(0, mostCostly)
    },
    found: () => ({
      confused: [...confused.values()].sort((a, b) => b.count - a.count).slice(0, mostConfused),
      costly,
      days: [...days]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([day, { sentences, spans, same }]) => ({
          ...{ day, sentences },
          exact: { value: spans === 0 ? null : (2 * same) / spans, units: spans },
        })),
    }),
  }
}

function addConfused(confused: Map<string, ConfusedLabels>, difference: LayerDifference): void {
  if (difference.kind !== 'type' || !difference.here || !difference.there) return
  const [here, there] =
    difference.item === 'span'
      ? [difference.here.label, difference.there?.label ?? '']
      : [difference.here.type, difference.there?.type ?? '']
  const labels: [string, string] = here < there ? [here, there] : [there, here]
  const kind = difference.item === 'span' ? 'entity' : 'relation'
  const key = JSON.stringify([kind, labels])
  confused.set(key, { kind, labels, count: (confused.get(key)?.count ?? 0) + 1 })
}

function addDay(days: Map<string, Day>, atMs: number, first: AnnotatedItems, second: AnnotatedItems): void {
  const day = new Date(atMs).toISOString().slice(0, 10)
  const [own, others] = [distinctSpans(first.spans), distinctSpans(second.spans)]
  const { sentences, spans, same } = days.get(day) ?? { sentences: 0, spans: 0, same: 0 }
  const shared = [...own.keys()].filter((key) => others.has(key)).length
  days.set(day, { sentences: sentences + 1, spans: spans + own.size + others.size, same: same + shared })
}

function shorten(text: string): string {
  return text.length > shownText ? `${text.slice(0, shownText - 1)}…` : text
}
