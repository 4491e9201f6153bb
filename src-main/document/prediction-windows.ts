/** Windows of words that a long sentence is predicted in, and the prediction of the sentence from theirs. */
import { storedCellsPerWord, type Pass, type PredictedCell, type PredictedSpan, type Prediction } from './prediction.ts'
import { createTripleJoin, distinctSpans } from './whole-join.ts'

/** A half-open range of words. */
export interface WordWindow {
  readonly start: number
  readonly end: number
}

/** Windows of at most `size` words, each beginning `overlap` words before the end of the former; the last ends with the sentence. */
export function cutWindows(words: number, size: number, overlap: number): WordWindow[] {
  const windows: WordWindow[] = []
  for (let start = 0; ; start += size - overlap) {
    windows.push({ start, end: Math.min(words, start + size) })
    if (start + size >= words) return windows
  }
}

/**
 * Number of cells that a sentence keeps, the most probable: as many as one of 16,384 words. A model that has learnt little would
 * fill any memory with those of a book without full stops.
 */
export const mostCellsInWindows = 16_384 * storedCellsPerWord

/** Joins the predictions of a sentence's windows, which come in order, so that no more than one of them is held beside what they add up to. */
export interface WindowJoin {
  add(prediction: Prediction): void
  /** The prediction of the sentence, once every window was added. */
  end(): Prediction
}

/**
 * What two windows found counts once, and where they differ, the window counts in whose middle it stands: there the model saw most
 * around it.
 */
export function joinWindows(windows: readonly WordWindow[]): WindowJoin {
  const joined = createPassJoin(windows)
  const early = createPassJoin(windows)
  let first: Prediction | null = null
  let hasEarly = true
  return {
    add(prediction) {
      first ??= prediction
      hasEarly &&= prediction.early !== null
      joined.add(prediction)
      if (prediction.early) early.add(prediction.early)
    },
    end() {
      if (!first) throw new Error('Every window needs a prediction')
      return {
        ...joined.end(),
        ...{ anchor: first.anchor, threshold: first.threshold },
        ...(first.thresholds ? { thresholds: first.thresholds } : {}),
        early: hasEarly ? early.end() : null,
      }
    },
  }
}

function createPassJoin(windows: readonly WordWindow[]): { add(pass: Pass): void; end(): Pass } {
  const length = windows.at(-1)?.end ?? 0
  const tags: string[] = []
  const spans: { readonly span: PredictedSpan; readonly depth: number }[] = []
  const most = Math.min(storedCellsPerWord * length, mostCellsInWindows)
  const cells = createCellJoin(most)
  const triples = createTripleJoin()
  let findsWhole = false
  let at = 0
  return {
    add(pass) {
      const { start, end } = windows[at] ?? { start: 0, end: 0 }
      /** Number of words to the nearer cut: an end of the sentence is none. */
      const depthOf = (from: number, to: number): number =>
        Math.min(start === 0 ? Infinity : from - start, end === length ? Infinity : end - to)
      // words of an overlap have the tag of the window in whose half of it they stand
      const former = windows[at - 1]
      const own = former ? Math.floor((former.end + start) / 2) : 0
      tags.length = own
      for (const tag of pass.tags.slice(own - start)) tags.push(tag)
      for (const span of pass.spans) {
        const moved = { ...span, start: span.start + start, end: span.end + start }
        spans.push({ span: moved, depth: depthOf(moved.start, moved.end) })
      }
      findsWhole ||= pass.triples !== undefined
      for (const triple of pass.triples ?? []) triples.add(triple, start, depthOf)
      cells.settleBefore(start)
      for (const cell of pass.cells) {
        const moved = { ...cell, subject: cell.subject + start, object: cell.object + start }
        cells.add(moved, depthOf(firstWordOf(moved), Math.max(moved.subject, moved.object) + 1))
      }
      at++
    },
    end() {
      if (at !== windows.length) throw new Error('Every window needs a prediction')
      if (findsWhole) return { tags, spans: distinctSpans(spans), cells: cells.end(), triples: triples.end(most) }
      return { tags, spans: withoutOverlaps(spans, length), cells: cells.end() }
    },
  }
}

const firstWordOf = ({ subject, object }: PredictedCell): number => Math.min(subject, object)

/** Cells of windows, of which the `most` probable are kept; no more than twice as many are held. */
function createCellJoin(most: number) {
  let kept: PredictedCell[] = []
  /** Cells that the next window may find as well. */
  let open = new Map<string, { readonly cell: PredictedCell; readonly depth: number }>()
  const settleBefore = (word: number): void => {
    const still: typeof open = new Map()
    for (const [key, found] of open)
      if (firstWordOf(found.cell) < word) kept.push(found.cell)
      else still.set(key, found)
    open = still
    if (kept.length > 2 * most) kept = mostProbable(kept, most)
  }
  return {
    settleBefore,
    add(cell: PredictedCell, depth: number): void {
      const key = `${cell.subject} ${cell.object} ${cell.type}`
      const rival = open.get(key)
      if (!rival || depth > rival.depth) open.set(key, { cell, depth })
    },
    /** Cells by falling probability. */
    end(): PredictedCell[] {
      settleBefore(Infinity)
      return mostProbable(kept, most).sort((a, b) => b.probability - a.probability)
    },
  }
}

/** The most probable cells in the order in which they stand; of equal ones, the first. */
function mostProbable(cells: readonly PredictedCell[], most: number): PredictedCell[] {
  if (cells.length <= most) return [...cells]
  const least = Float64Array.from(cells, ({ probability }) => probability).sort()[cells.length - most] ?? 0
  let equal = most - cells.reduce((sum, { probability }) => sum + Number(probability > least), 0)
  return cells.filter(({ probability }) => probability > least || (probability === least && equal-- > 0))
}

/** The spans without those that share a word with one that stands deeper in its window, in the order of the text. */
function withoutOverlaps(
  spans: readonly { readonly span: PredictedSpan; readonly depth: number }[],
  length: number,
): PredictedSpan[] {
  const isTaken = new Uint8Array(length)
  const kept: PredictedSpan[] = []
  for (const { span } of spans.toSorted((a, b) => b.depth - a.depth || a.span.start - b.span.start)) {
    if (isTaken.subarray(span.start, span.end).includes(1)) continue
    isTaken.fill(1, span.start, span.end)
    kept.push(span)
  }
  return kept.sort((a, b) => a.start - b.start)
}
