/** A sentence that is predicted in windows: what stands within a window is found once, with the right places. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pass, PredictedSpan, Prediction } from '#main/document/prediction'
import { cutWindows, joinWindows, type WordWindow } from '#main/document/prediction-windows'

/** What a model finds of a sentence that sees all of it: names of at most `overlap` words, relations no further apart. */
const arbitraryWhole = fc
  .record({
    words: fc.integer({ min: 1, max: 120 }),
    overlap: fc.integer({ min: 1, max: 6 }),
    half: fc.integer({ min: 1, max: 9 }),
  })
  .chain(({ words, overlap, half }) =>
    fc.record({
      words: fc.constant(words),
      overlap: fc.constant(overlap),
      size: fc.constant(2 * overlap + half),
      lengths: fc.array(fc.integer({ min: 1, max: overlap }), { minLength: 1, maxLength: words }),
      pairs: fc.uniqueArray(
        fc.tuple(fc.nat(words - 1), fc.integer({ min: 1 - overlap, max: overlap - 1 }), fc.nat(2)),
        {
          selector: String,
        },
      ),
    }),
  )
  .map(({ words, overlap, size, lengths, pairs }) => {
    const spans: PredictedSpan[] = []
    for (let start = 0, at = 0; start < words; at++) {
      const end = Math.min(words, start + (lengths[at % lengths.length] ?? 1))
      if (at % 2 === 0) spans.push({ start, end, label: 'X', probability: 0.9 })
      start = end
    }
    const cells = pairs
      .filter(([subject, away]) => subject + away >= 0 && subject + away < words)
      .map(([subject, away, type], at) => ({
        subject,
        object: subject + away,
        type: `r${type}`,
        probability: 1 / (at + 2),
      }))
    const whole: Pass = { tags: Array.from({ length: words }, (_, at) => `t${at}`), spans, cells }
    return { size, overlap, words, whole }
  })

/** What a model finds in a window: whatever stands in it as a whole. */
function within({ tags, spans, cells }: Pass, { start, end }: WordWindow): Pass {
  const holds = (from: number, to: number): boolean => from >= start && to <= end
  return {
    tags: tags.slice(start, end),
    spans: spans
      .filter((span) => holds(span.start, span.end))
      .map((span) => ({ ...span, start: span.start - start, end: span.end - start })),
    cells: cells
      .filter(({ subject, object }) => holds(Math.min(subject, object), Math.max(subject, object) + 1))
      .map((cell) => ({ ...cell, subject: cell.subject - start, object: cell.object - start })),
  }
}

function joined(windows: readonly WordWindow[], predictions: readonly Prediction[]): Prediction {
  const join = joinWindows(windows)
  for (const prediction of predictions) join.add(prediction)
  return join.end()
}

const reading = { anchor: 'last', threshold: 0.5 } as const

describe('windows', () => {
  it('cover all words in order, and each but the first begins so many words before the end of the former', () =>
    fc.assert(
      fc.property(fc.nat(2000), fc.integer({ min: 2, max: 300 }), fc.nat(), (words, size, some) => {
        const overlap = some % size
        const windows = cutWindows(words, size, overlap)
        expect(windows[0]?.start).toBe(0)
        expect(windows.at(-1)?.end).toBe(words)
        windows.slice(1).forEach(({ start }, at) => expect(start).toBe((windows[at]?.end ?? 0) - overlap))
        for (const { start, end } of windows) expect(end - start).toBeLessThanOrEqual(size)
      }),
    ))

  it('find what a model that sees the whole sentence finds, once', () =>
    fc.assert(
      fc.property(arbitraryWhole, ({ words, size, overlap, whole }) => {
        const windows = cutWindows(words, size, overlap)
        const predictions = windows.map((window): Prediction => {
          const pass = within(whole, window)
          return { ...pass, ...reading, early: pass }
        })
        expect(joined(windows, predictions)).toEqual({ ...whole, ...reading, early: whole })
      }),
    ))

  it('that differ are settled by the one in whose middle a name or a relation stands', () => {
    const windows = cutWindows(12, 8, 4)
    const span = (start: number, end: number, probability: number): PredictedSpan => ({
      start,
      end,
      label: 'X',
      probability,
    })
    const pass = (spans: PredictedSpan[], probability: number, subject: number): Pass => ({
      ...{ tags: Array<string>(8).fill('O'), spans },
      cells: [{ subject, object: subject, type: 'r', probability }],
    })
    // words 6 to 8 end the first window, and stand in the middle of the second
    const first = { ...pass([span(1, 2, 0.3), span(6, 8, 0.9)], 0.9, 7), ...reading, early: null }
    const second = { ...pass([span(2, 5, 0.4)], 0.2, 3), ...reading, early: null }
    const { spans, cells } = joined(windows, [first, second])
    expect(spans).toEqual([span(1, 2, 0.3), span(6, 9, 0.4)])
    expect(cells).toEqual([{ subject: 7, object: 7, type: 'r', probability: 0.2 }])
  })

  it('keep overlapping spans and whole triples of a model that finds such, each once', () => {
    const windows = cutWindows(12, 8, 4)
    const [outer, inner] = [
      { start: 4, end: 7, label: 'X' },
      { start: 5, end: 7, label: 'Y' },
    ]
    const movedBy = (words: number): Pass => {
      const [subject, object] = [outer, inner].map((span) => ({
        ...span,
        ...{ start: span.start - words, end: span.end - words },
      })) as [typeof outer, typeof outer]
      const spans = [subject, object].map((span) => ({ ...span, probability: 0.9 }))
      return {
        ...{ tags: Array<string>(8).fill('O'), spans, cells: [] },
        triples: [{ subject, type: 'r', object, probability: 0.8 }],
      }
    }
    const found = joined(
      windows,
      [0, 4].map((words) => ({ ...movedBy(words), ...reading, early: null })),
    )
    expect(found.spans.map(({ start, end }) => [start, end])).toEqual([
      [4, 7],
      [5, 7],
    ])
    expect(found.triples).toEqual([{ subject: outer, type: 'r', object: inner, probability: 0.8 }])
  })
})
