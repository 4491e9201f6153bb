/** Prediction: a model's output for one sentence, complete enough to score it in every match mode. */
import type { TextTriple } from './labelled-sentence.ts'
import type { SymmetricTypes, Triple, TripleSpan } from './relation.ts'
import { orderTriples } from './symmetric.ts'

/** Which word of a span stands for it in the token-pair table. */
export type Anchor = 'last' | 'first'

export interface PredictedSpan extends TripleSpan {
  readonly probability: number
}

/** One cell of the token-pair table: the span anchored at word `subject` relates to the one anchored at `object`. */
export interface PredictedCell {
  readonly subject: number
  readonly type: string
  readonly object: number
  readonly probability: number
}

/** Tags and cells of one pass. Token indices are relative to the sentence. */
export interface Pass {
  /** One tag per word: `O`, `B`, `B-PER`, ... */
  readonly tags: readonly string[]
  readonly spans: readonly PredictedSpan[]
  /** Cells at or above `storedCellFloor`, most probable first, at most `storedCellsPerWord` per word. */
  readonly cells: readonly PredictedCell[]
  /**
   * Triples whose spans a model finds whole, from `storedCellFloor` on, most probable first. Absent where triples are decoded from
   * cells; where they are there, cells are only what they look like from their anchors.
   */
  readonly triples?: readonly PredictedTriple[]
  /** Triples as another system states them; a model's are decoded from its cells. */
  readonly stated?: StatedTriples
}

/** Triples of a system that says which, whatever their probability. */
export interface StatedTriples {
  readonly triples: readonly Triple[]
  /** Those whose strings do not stand in the sentence; they count as predicted all the same. */
  readonly unanchored: readonly TextTriple[]
}

/** The rule by which cells become triples. */
export interface Reading {
  readonly anchor: Anchor
  /** Least probability at which a cell is a triple. */
  readonly threshold: number
  /** Thresholds of single relation types, where they were tuned. */
  readonly thresholds?: Readonly<Record<string, number>>
  /** Relation types without a direction: of both directions of a triple the more probable one counts. */
  readonly symmetric?: SymmetricTypes
}

/** The same prediction, read as the types of a corpus have it. */
export function withSymmetric<P extends Reading>(prediction: P, symmetric: SymmetricTypes | undefined): P {
  return symmetric && symmetric.length > 0 ? { ...prediction, symmetric } : prediction
}

/** A triple counts from the threshold of its relation type on. */
export interface Thresholds {
  /** Threshold of the relation types that have none of their own. */
  readonly usual: number
  readonly byRelation: Readonly<Record<string, number>>
}

/** The same prediction with other thresholds. */
export function withThresholds(prediction: Prediction, { usual, byRelation }: Thresholds): Prediction {
  return { ...prediction, threshold: usual, thresholds: byRelation }
}

export interface Prediction extends Pass, Reading {
  /** The output of the early pass; absent in models without one. */
  readonly early: Pass | null
}

/** Least probability of a stored cell. Cells below it are neither triples nor near misses worth showing. */
export const storedCellFloor = 0.05

/**
 * The most probable cells of a sentence that are kept, per word of it. No text states that many relations, but a model
 * that has learnt little finds half of all cells likely, and listing a hundred million of them would fill any memory.
 */
export const storedCellsPerWord = 16

export interface PredictedTriple extends Triple {
  readonly probability: number
}

/**
 * The triples of a prediction. A cell whose word anchors no span is dropped, or kept as a one-word span
 * without label when `keepUnanchored` (partial matching).
 */
export function decodeTriples(pass: Pass & Reading, keepUnanchored = false): PredictedTriple[] {
  return orderTriples(
    foundTriples(pass, keepUnanchored),
    pass.symmetric,
    (one, other) => one.probability > other.probability,
  )
}

function foundTriples(pass: Pass & Reading, keepUnanchored: boolean): PredictedTriple[] {
  const { spans, cells, anchor, stated, triples } = pass
  if (stated) return stated.triples.map((triple) => ({ ...triple, probability: 1 }))
  if (triples) return triples.filter(({ type, probability }) => probability >= thresholdOf(pass, type))
  const byAnchor = new Map(
    spans.map(({ start, end, label }) => [anchorOf({ start, end }, anchor), { start, end, label }]),
  )
  const spanAt = (word: number): TripleSpan | undefined =>
    byAnchor.get(word) ?? (keepUnanchored ? { start: word, end: word + 1, label: '' } : undefined)
  return cells.flatMap(({ subject, type, object, probability }) => {
    const s = spanAt(subject)
    const o = spanAt(object)
    return probability >= thresholdOf(pass, type) && s && o ? [{ subject: s, type, object: o, probability }] : []
  })
}

/** The probability that a pass gives a triple of spans; null when its cell is not stored. */
export function cellProbability(
  { cells }: Pick<Pass, 'cells'>,
  anchor: Anchor,
  { subject, type, object }: { readonly subject: Ends; readonly type: string; readonly object: Ends },
): number | null {
  const [from, to] = [anchorOf(subject, anchor), anchorOf(object, anchor)]
  return cells.find((cell) => cell.subject === from && cell.object === to && cell.type === type)?.probability ?? null
}

type Ends = Pick<TripleSpan, 'start' | 'end'>

/** Least probability at which a cell of this relation type is a triple. */
export function thresholdOf({ threshold, thresholds }: Omit<Reading, 'anchor'>, type: string): number {
  return thresholds?.[type] ?? threshold
}

/** The word that stands for a span in the token-pair table. */
export function anchorOf(span: Ends, anchor: Anchor): number {
  return anchor === 'last' ? span.end - 1 : span.start
}
