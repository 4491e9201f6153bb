/** Confusion: which relation or entity type is predicted where gold has another one, nothing is found, or nothing is there. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { decodeTriples, type Prediction } from '#main/document/prediction'
import { orderText } from '#main/document/symmetric'
import { goldTextTriples, toTextTriple } from '#main/evaluation/match-items'
import { stringItem, type StringMode } from '#main/evaluation/match-strings'
import type { GridCell, GridChart } from './chart.ts'

/** Stands for gold where nothing was predicted, and for a prediction where gold has nothing. */
export const none = 'none'

export const confusedThings = ['relations', 'entity types'] as const
export type Confused = (typeof confusedThings)[number]

/** Counts by gold and predicted label of one run. */
export function confusionOf(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null)[],
  mode: StringMode,
): Record<Confused, GridCell[]> {
  const counts = { relations: new Map<string, number>(), 'entity types': new Map<string, number>() }
  for (const [at, sentence] of sentences.entries()) {
    const prediction = predictions[at] ?? null
    countPairs(counts.relations, relationsByPair(sentence, prediction, mode))
    countPairs(counts['entity types'], typesBySpan(sentence, prediction))
  }
  return { relations: toCells(counts.relations), 'entity types': toCells(counts['entity types']) }
}

/** Labels of gold and of the prediction for one thing: a pair of entities, or a span. */
interface Labels {
  readonly gold: Set<string>
  readonly predicted: Set<string>
}

type ByThing = Map<string, Labels>

function put(things: ByThing, thing: string, side: keyof Labels, label: string): void {
  const labels = things.get(thing) ?? { gold: new Set(), predicted: new Set() }
  labels[side].add(label)
  things.set(thing, labels)
}

function relationsByPair(sentence: LabelledSentence, prediction: Prediction | null, mode: StringMode): ByThing {
  const pairs: ByThing = new Map()
  const pairOf = (triple: Parameters<typeof stringItem>[0]): string =>
    stringItem(orderText({ ...triple, type: '' }, sentence.symmetric?.includes(triple.type) ?? false), mode).key
  for (const triple of goldTextTriples(sentence)) put(pairs, pairOf(triple), 'gold', triple.type)
  if (!prediction) return pairs
  const stated = prediction.stated?.unanchored ?? []
  const decoded = decodeTriples(prediction, mode !== 'exact').map((triple) => toTextTriple(sentence.words, triple))
  for (const triple of [...decoded, ...stated]) put(pairs, pairOf(triple), 'predicted', triple.type)
  return pairs
}

function typesBySpan({ spans }: LabelledSentence, prediction: Prediction | null): ByThing {
  const things: ByThing = new Map()
  for (const { start, end, label } of spans) put(things, `${start} ${end}`, 'gold', label)
  for (const { start, end, label } of prediction?.spans ?? []) put(things, `${start} ${end}`, 'predicted', label)
  return things
}

/** Labels that both have are right; of the others one of gold and one of the prediction are a confusion, in the order of their names. */
function countPairs(counts: Map<string, number>, things: ByThing): void {
  const add = (gold: string, predicted: string): void => {
    const key = JSON.stringify([gold, predicted])
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const { gold, predicted } of things.values()) {
    for (const label of gold) if (predicted.has(label)) add(label, label)
    const missed = [...gold].filter((label) => !predicted.has(label)).sort()
    const wrong = [...predicted].filter((label) => !gold.has(label)).sort()
    for (let at = 0; at < Math.max(missed.length, wrong.length); at++) add(missed[at] ?? none, wrong[at] ?? none)
  }
}

function toCells(counts: ReadonlyMap<string, number>): GridCell[] {
  return [...counts].map(([key, count]) => {
    const [row = '', column = ''] = JSON.parse(key) as string[] // written above
    return { row, column, count }
  })
}

/** Number of labels that are drawn. */
const drawnLabels = 20

/** @param cells of a run. The labels with the most errors are drawn, then the most frequent ones. */
export function confusionChart(
  cells: readonly GridCell[],
  of: Confused,
  { name, split, mode }: { readonly name: string; readonly split: string; readonly mode: StringMode },
): GridChart {
  const labels = [...new Set(cells.flatMap(({ row, column }) => [row, column]))].filter((label) => label !== none)
  const sumOf = (label: string, isMeant: (cell: GridCell) => boolean): number =>
    cells
      .filter((cell) => (cell.row === label || cell.column === label) && isMeant(cell))
      .reduce((sum, { count }) => sum + count, 0)
  const rank = new Map(
    labels.map((label) => [label, [sumOf(label, ({ row, column }) => row !== column), sumOf(label, () => true)]]),
  )
  const by = (label: string, at: number): number => rank.get(label)?.[at] ?? 0
  const shown = labels.toSorted((a, b) => by(b, 0) - by(a, 0) || by(b, 1) - by(a, 1)).slice(0, drawnLabels)
  const left = labels.length - shown.length
  return {
    ...{ kind: 'grid', name: `confusion-of-${of.replace(' ', '-')}`, rowLabel: 'gold', columnLabel: 'predicted' },
    title: `Confusion of ${of}, ${name} on ${split}`,
    ...{ shown: [...shown.sort((a, b) => a.localeCompare(b, 'en')), none], cells },
    notes: [
      of === 'relations'
        ? `Relation types of the same pair of entities, compared by their strings as ${mode} matching does.`
        : 'Entity types of spans with the same bounds.',
      `“${none}” as gold: it was predicted where gold has nothing. “${none}” as prediction: it was missed.`,
      ...(left > 0 ? [`${left} labels with fewer errors stand in the table alone.`] : []),
    ],
  }
}
