/** Agreement of two annotators: counted sentence by sentence, then computed for every label and relation type. */
import type { AnnotatedItems } from '#main/document/layer-differences'
import { figuresOf, type AskedFigure } from './figures.ts'
import type { Figure, PairAgreement, SpanFigures } from './report.ts'
import type { Resampling } from './resample.ts'
import { addRelations, addSpans, f1Of, relationKey, spanKey } from './span-agreement.ts'
import { addTagPair, kappaOf, tagKey, wordsKey } from './tag-agreement.ts'
import { createTally, namesUnder, type SumOf } from './tally.ts'

export interface PairCount {
  add(unit: number, first: TaggedItems, second: TaggedItems): void
  steps(resampling: Resampling): Generator<void, Omit<PairAgreement, 'first' | 'second'>>
}

/** TaggedItems: what one annotator says of a sentence, with the BIOES tags of it. */
export interface TaggedItems {
  readonly items: AnnotatedItems
  readonly tags: readonly string[]
}

/** @param units number of units of resampling. */
export function createPairCount(units: number): PairCount {
  const tally = createTally(units)
  const used = new Set<number>()
  let sentences = 0
  return {
    add(unit, first, second) {
      sentences++
      used.add(unit)
      addSpans(tally, unit, first.items.spans, second.items.spans)
      addRelations(tally, unit, first.items, second.items)
      addTagPair(tally, unit, first.tags, second.tags)
    },
    *steps(resampling) {
      const [labels = [], types = [], tags = []] = [spanKey, relationKey, tagKey].map((keyOf) =>
        namesUnder(tally, keyOf),
      )
      const asked = [
        ...askSpans(labels, tags, null),
        askRelations(types),
        ...labels.flatMap((label) => askSpans([label], tags, label)),
        ...types.map((type) => askRelations([type])),
      ]
      const units = [...used].sort((a, b) => a - b)
      const figures = (yield* figuresOf(tally, units, asked, resampling)).values()
      const next = (): Figure => figures.next().value as Figure // there is one for each that was asked for
      const nextSpans = (): SpanFigures => ({ exact: next(), overlapping: next(), kappa: next() })
      return {
        ...{ sentences, spans: nextSpans(), relations: next() },
        labels: labels.map((label) => ({ label, ...nextSpans() })).sort((a, b) => b.exact.units - a.exact.units),
        relationTypes: types
          .map((type) => ({ type, relations: next() }))
          .sort((a, b) => b.relations.units - a.relations.units),
      }
    },
  }
}

/** @param label null for all labels together. */
function askSpans(labels: readonly string[], tags: readonly string[], label: string | null): AskedFigure[] {
  const keys = labels.map(spanKey)
  const [units, whenNone] = [countBoth(keys), 'neither has such a span']
  const f1 = (place: number): AskedFigure => ({
    of: (sumOf) => f1Of(sumOf, keys, place),
    ...{ units, whenNone, whenUndefined: whenNone },
  })
  return [
    f1(2),
    f1(3),
    {
      of: (sumOf) => kappaOf(sumOf, tags, label),
      units: (sumOf) => sumOf(wordsKey, 0),
      whenNone: 'there are no words',
      whenUndefined: 'both give every word the same tag, so that agreement by chance is certain',
    },
  ]
}

function askRelations(types: readonly string[]): AskedFigure {
  const keys = types.map(relationKey)
  const whenNone = 'no such relation stands between two spans that both have'
  return { of: (sumOf) => f1Of(sumOf, keys, 2), units: countBoth(keys), whenNone, whenUndefined: whenNone }
}

const countBoth =
  (keys: readonly string[]) =>
  (sumOf: SumOf): number =>
    keys.reduce((sum, key) => sum + sumOf(key, 0) + sumOf(key, 1), 0)
