/**
 * Agreement of several annotators, as a fold over sentences in memory that does not grow with the corpus: where there are too many
 * sentences to keep the counts of each, they are counted, and resampled, in groups that a seed draws.
 */
import { compareLayer, type AnnotatedItems } from '#main/document/layer-differences'
import type { Layer } from '#main/document/layer'
import { drawOf } from '#main/document/seeded-draw'
import { createDisagreements } from './disagreements.ts'
import { figuresOf, type AskedFigure } from './figures.ts'
import { createPairCount, type TaggedItems } from './pair-agreement.ts'
import type { AgreementReport, Figure } from './report.ts'
import type { Resampling } from './resample.ts'
import { addTagUnits, alphaOf, labelKey, tagKey, tagsOf, wordsKey } from './tag-agreement.ts'
import { createTally, namesUnder } from './tally.ts'

/** What one layer says of a sentence. */
export interface LayerView {
  readonly items: AnnotatedItems
  /** Time of the last act that led to it, in milliseconds since 1970; null where it is not known. */
  readonly lastMs: number | null
}

export interface ComparedSentence {
  readonly sentenceId: number
  readonly text: string
  /** Number of its words. */
  readonly words: number
  /** One for each layer; null where the layer did not annotate the sentence. */
  readonly views: readonly (LayerView | null)[]
}

export interface AgreementCount {
  add(sentence: ComparedSentence): void
  /** @param of number of sentences that each layer was to annotate. */
  steps(of: readonly number[]): Generator<void, AgreementReport>
}

export interface AgreementSize {
  /** Number of sentences at most. */
  readonly sentences: number
  /** Number of entity types and relation types. */
  readonly labels: number
}

/** Counts that are kept at most: 64 MB. */
const mostCounts = 8_000_000

/** Number of units of resampling: one for each sentence, or fewer where their counts would not fit. */
export function unitsFor({ sentences, labels }: AgreementSize, layers: number): number {
  const pairs = (layers * (layers - 1)) / 2 + 1
  const countsOfUnit = pairs * (2 + labels * 20)
  return Math.max(1, Math.min(sentences, Math.max(1000, Math.floor(mostCounts / countsOfUnit))))
}

export function createAgreement(layers: readonly Layer[], size: AgreementSize, resampling: Resampling): AgreementCount {
  const units = unitsFor(size, layers.length)
  const isGrouped = units < size.sentences
  const pairs = layers.flatMap((_, first) =>
    layers.slice(first + 1).map((_, after) => ({ first, second: first + 1 + after, count: createPairCount(units) })),
  )
  const tags = createTally(units)
  const used = new Set<number>()
  const annotated = layers.map(() => 0)
  const disagreements = createDisagreements()
  let [shared, seen] = [0, 0]
  return {
    add({ sentenceId, text, words, views }) {
      for (const [at, view] of views.entries()) if (view) annotated[at] = (annotated[at] ?? 0) + 1
      const present = views.filter((view) => view !== null)
      if (present.length < 2) return
      shared++
      const unit = isGrouped ? Math.floor(drawOf(resampling.seed, sentenceId) * units) : seen++ % units
      used.add(unit)
      const tagged = views.map((view) => view && { items: view.items, tags: tagsOf(view.items.spans, words) })
      addTagUnits(
        tags,
        unit,
        tagged.flatMap((own: TaggedItems | null) => (own ? [own.tags] : [])),
      )
      let cost = 0
      for (const { first, second, count } of pairs) {
        const [a, b] = [tagged[first], tagged[second]]
        if (!a || !b) continue
        count.add(unit, a, b)
        const { differences } = compareLayer(a.items, b.items)
        disagreements.addPair(differences, a.items, b.items, lastOf(views[first], views[second]))
        cost += differences.length
      }
      disagreements.addSentence({ sentenceId, text, differences: cost })
    },
    *steps(of) {
      const compared: AgreementReport['pairs'][number][] = []
      for (const { first, second, count } of pairs)
        compared.push({ first, second, ...(yield* count.steps(resampling)) })
      const [names, byLabel] = [namesUnder(tags, tagKey), namesUnder(tags, labelKey)]
      const asked = [askAlpha(names, null), ...byLabel.map((label) => askAlpha(names, label))]
      const [alpha, ...alphas] = yield* figuresOf(
        tags,
        [...used].sort((a, b) => a - b),
        asked,
        resampling,
      )
      return {
        layers: layers.map(({ kind, name }, at) => ({ kind, name, annotated: annotated[at] ?? 0, of: of[at] ?? 0 })),
        ...{ shared, pairs: compared, alpha: alpha as Figure }, // asked for first
        alphaByLabel: byLabel.map((label, at) => ({ label, alpha: alphas[at] as Figure })), // one for each
        ...disagreements.found(),
        resampling: { seed: resampling.seed, draws: resampling.draws, groups: isGrouped ? units : null },
      }
    },
  }
}

/** The later time of two; null unless both are known. */
function lastOf(first: LayerView | null | undefined, second: LayerView | null | undefined): number | null {
  const [a, b] = [first?.lastMs ?? null, second?.lastMs ?? null]
  return a === null || b === null ? null : Math.max(a, b)
}

function askAlpha(tags: readonly string[], label: string | null): AskedFigure {
  return {
    of: (sumOf) => alphaOf(sumOf, tags, label),
    units: (sumOf) => sumOf(wordsKey, 0),
    whenNone: 'no sentence was annotated by two of them',
    whenUndefined: 'all give every word the same tag, so that there is nothing to agree on',
  }
}
