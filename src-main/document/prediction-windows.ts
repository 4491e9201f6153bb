/** Windows of words that a long sentence is predicted in, and the prediction of the sentence from theirs. */
import { storedCellsPerWord, type Pass, type PredictedCell, type PredictedSpan, type Prediction } from './prediction.ts'

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

/**
 * One prediction from those of the windows of a sentence, in order. What two windows found counts once, and where they differ, the
 * window counts in whose middle it stands: there the model saw most around it.
 */
export function joinWindows(windows: readonly WordWindow[], predictions: readonly Prediction[]): Prediction {
  const [first] = predictions
  if (!first || predictions.length !== windows.length) throw new Error('Every window needs a prediction')
  const early = predictions.flatMap((prediction) => prediction.early ?? [])
  return {
    ...joinPasses(windows, predictions),
    ...{ anchor: first.anchor, threshold: first.threshold },
    ...(first.thresholds ? { thresholds: first.thresholds } : {}),
    early: early.length === windows.length ? joinPasses(windows, early) : null,
  }
}

function joinPasses(windows: readonly WordWindow[], passes: readonly Pass[]): Pass {
  const length = windows.at(-1)?.end ?? 0
  /** Number of words to the nearer cut: an end of the sentence is none. */
  const depthIn =
    ({ start, end }: WordWindow) =>
    (from: number, to: number): number =>
      Math.min(start === 0 ? Infinity : from - start, end === length ? Infinity : end - to)
  const tags: string[] = []
  const spans: { readonly span: PredictedSpan; readonly depth: number }[] = []
  const cells = new Map<string, { readonly cell: PredictedCell; readonly depth: number }>()
  passes.forEach((pass, at) => {
    const window = windows[at] ?? { start: 0, end: 0 }
    const { start } = window
    const depthOf = depthIn(window)
    // words of an overlap have the tag of the window in whose half of it they stand
    const former = windows[at - 1]
    const own = former ? Math.floor((former.end + start) / 2) : 0
    tags.length = own
    for (const tag of pass.tags.slice(own - start)) tags.push(tag)
    for (const span of pass.spans) {
      const moved = { ...span, start: span.start + start, end: span.end + start }
      spans.push({ span: moved, depth: depthOf(moved.start, moved.end) })
    }
    for (const cell of pass.cells) {
      const moved = { ...cell, subject: cell.subject + start, object: cell.object + start }
      const depth = depthOf(Math.min(moved.subject, moved.object), Math.max(moved.subject, moved.object) + 1)
      const key = `${moved.subject} ${moved.object} ${moved.type}`
      const rival = cells.get(key)
      if (!rival || depth > rival.depth) cells.set(key, { cell: moved, depth })
    }
  })
  const most = Math.min(storedCellsPerWord * length, mostCellsInWindows)
  const kept = [...cells.values()].map(({ cell }) => cell).sort((a, b) => b.probability - a.probability)
  return { tags, spans: withoutOverlaps(spans, length), cells: kept.slice(0, most) }
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
