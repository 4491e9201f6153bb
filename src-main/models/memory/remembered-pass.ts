/**
 * A pass with what train remembers. Where both names of a sentence stand together in a training sentence that states a relation
 * of them, the cell of that relation gets its probability from both: how often train states it of these words, and what
 * the model finds here. Other cells become less probable, the more of the triples of train are repeated in it. A model of a few hundred sentences has learnt few of the triples that a look-up simply knows.
 */
import {
  anchorOf,
  storedCellFloor,
  storedCellsPerWord,
  type Pass,
  type PredictedCell,
  type PredictedSpan,
} from '#main/document/prediction'
import { overlaps } from '#main/document/span'
import { untypedEntity } from '#main/labels/label-set'
import type { ModelConfig } from '#main/runs/config'
import { prefixAt } from '#main/tagging/span-codec'
import { tagName } from '#main/tagging/tag-scheme'
import type { Memory } from './memory.ts'
import { recall, type Place, type RecalledName, type RecalledTriple } from './recall.ts'

type Labels = Pick<ModelConfig, 'tags' | 'relations' | 'anchor' | 'tasks' | 'untypedLabel'>

/**
 * Weights of the log-odds of a remembered cell: those of the model, those of the share of training sentences, and what is added.
 * Fitted once, by logistic regression on a dev split (docs/results/small-data.md).
 */
export const memoryWeights = { model: 0.22, share: 1, bias: 0.7 } as const

const logOdds = (probability: number): number => Math.log(probability / (1 - probability))

/** Log-odds of a cell that a pass does not keep. */
const leastOdds = logOdds(storedCellFloor)

export function rememberedPass(pass: Pass, words: readonly string[], memory: Memory, labels: Labels): Pass {
  const known = recall(memory, words).filter(({ type }) => labels.relations.includes(type))
  if (known.length === 0 && memory.repeated === 0) return pass
  const own = new Map(pass.cells.map((cell) => [keyOf(cell), cell]))
  const cells = new Map(pass.cells.map((cell) => [keyOf(cell), unremembered(cell, memory)]))
  const likely: [Place, RecalledName][] = []
  for (const triple of known) {
    const { cell, subject, object } = remembered(triple, own, labels)
    cells.set(keyOf(cell), cell)
    if (cell.probability >= 0.5) likely.push([subject, triple.subject], [object, triple.object])
  }
  const kept = [...cells.values()]
    .filter(({ probability }) => probability >= storedCellFloor)
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, storedCellsPerWord * words.length)
  return { ...pass, ...(labels.tasks.includes('entity') ? withNames(pass, likely, labels) : {}), cells: kept }
}

const keyOf = ({ subject, type, object }: Omit<PredictedCell, 'probability'>): string => `${subject} ${object} ${type}`

/** The largest share of repeated triples that counts. */
const mostRepeated = 0.95

/** A cell that train does not state: where train states most triples of a corpus, what it does not state is seldom one. */
function unremembered(cell: PredictedCell, { repeated }: Memory): PredictedCell {
  return { ...cell, probability: shareOf(oddsOf(cell) + Math.log(1 - Math.min(mostRepeated, repeated))) }
}

const shareOf = (odds: number): number => 1 / (1 + Math.exp(-odds))

/** Log-odds of a cell; a sure one has no infinite ones. */
const oddsOf = ({ probability }: Pick<PredictedCell, 'probability'>): number => logOdds(Math.min(probability, 1 - 1e-6))

/** The cell of a remembered triple, between those of its places that the model finds most likely, else the closest. */
function remembered(
  { subject, type, object, share }: RecalledTriple,
  cells: ReadonlyMap<string, PredictedCell>,
  { anchor }: Labels,
): { readonly cell: PredictedCell; readonly subject: Place; readonly object: Place } {
  const choices = subject.places.flatMap((from) =>
    object.places.map((to) => {
      const place = { subject: anchorOf(from, anchor), type, object: anchorOf(to, anchor) }
      return { from, to, place, probability: cells.get(keyOf(place))?.probability ?? 0 }
    }),
  )
  const [best] = choices.toSorted(
    (a, b) =>
      b.probability - a.probability || Math.abs(a.from.start - a.to.start) - Math.abs(b.from.start - b.to.start),
  )
  if (!best) throw new Error('A remembered triple stands nowhere in its sentence')
  const found = best.probability >= storedCellFloor ? oddsOf(best) : leastOdds
  const odds = memoryWeights.model * found + memoryWeights.share * logOdds(share) + memoryWeights.bias
  return { cell: { ...best.place, probability: shareOf(odds) }, subject: best.from, object: best.to }
}

/** Tags and spans with the names of likely triples, where no span of the model stands in their way. */
function withNames(
  pass: Pass,
  likely: readonly (readonly [Place, RecalledName])[],
  { tags: known, untypedLabel }: Labels,
): Pick<Pass, 'tags' | 'spans'> {
  const isTyped = known.some((tag) => tag.includes('-'))
  const tags = [...pass.tags]
  const spans: PredictedSpan[] = [...pass.spans]
  for (const [place, { type, share }] of likely) {
    const label = isTyped ? type : (untypedLabel ?? untypedEntity)
    if (spans.some((span) => overlaps(span, place)) || !known.includes(tagName('S', isTyped ? type : ''))) continue
    spans.push({ ...place, label, probability: share })
    for (let word = place.start; word < place.end; word++)
      tags[word] = tagName(prefixAt(place, word), isTyped ? type : '')
  }
  return { tags, spans: spans.toSorted((a, b) => a.start - b.start) }
}
