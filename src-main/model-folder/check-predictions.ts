/** The self-check of a model folder: sentences with the predictions that whoever opens it has to come to. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import { storedCellFloor, type Pass } from '#main/document/prediction'

/** A sentence, and what the model predicted for it when it was exported. */
export interface CheckedSentence extends SentenceWords, Pass {}

/** Largest allowed difference of a probability. Backends differ in the last bits of their numbers. */
export const tolerance = 1e-5

/** The largest difference of any probability; infinite when tags or spans are others. */
export function differenceOf(expected: Pass, found: Pass): number {
  const same = (a: readonly unknown[], b: readonly unknown[]): boolean => JSON.stringify(a) === JSON.stringify(b)
  const places = ({ spans }: Pass): unknown[] => spans.map(({ start, end, label }) => [start, end, label])
  if (!same(expected.tags, found.tags) || !same(places(expected), places(found))) return Number.POSITIVE_INFINITY
  const ofSpans = expected.spans.map(({ probability }, at) =>
    Math.abs(probability - (found.spans[at]?.probability ?? Number.POSITIVE_INFINITY)),
  )
  return Math.max(0, ...ofSpans, ...cellDifferences(expected, found))
}

/** A cell that one side lacks may lie just below the least probability that is stored. */
function cellDifferences(expected: Pass, found: Pass): number[] {
  const [ours, theirs] = [cellsOf(expected), cellsOf(found)]
  return [...new Set([...ours.keys(), ...theirs.keys()])].map((key) =>
    Math.abs((ours.get(key) ?? storedCellFloor) - (theirs.get(key) ?? storedCellFloor)),
  )
}

function cellsOf({ cells }: Pass): ReadonlyMap<string, number> {
  return new Map(cells.map(({ subject, type, object, probability }) => [`${subject} ${object} ${type}`, probability]))
}
