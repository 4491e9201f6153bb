/** Spans over rows: the parts of words that each covers, and the numbers that tell stacked spans apart. */
import type { TextRange } from '#main/text/range'
import type { DocSpan } from '../../shared/doc-marks.ts'
import { firstThat } from '../../shared/mark-words.ts'

/** A word or a part of one; offsets in code points. */
export interface Segment extends TextRange {
  /** Index of the word. */
  readonly token: number
}

export function segmentKey({ token, start, end }: Segment): string {
  return `${token}:${start}:${end}`
}

/** A span without characters stands at the first word that does not end before it; one of white space alone nowhere. */
export function segmentsOf({ start, end }: TextRange, tokens: readonly TextRange[]): Segment[] {
  if (start === end) {
    const token = firstThat(tokens, (one) => one.end >= start)
    return token < tokens.length ? [{ token, start, end }] : []
  }
  const segments: Segment[] = []
  for (let token = firstThat(tokens, (one) => one.end > start); token < tokens.length; token++) {
    const word = tokens[token]
    if (!word || word.start >= end) break
    segments.push({ token, start: Math.max(start, word.start), end: Math.min(end, word.end) })
  }
  return segments
}

export interface SpanRows {
  readonly segments: readonly Segment[]
  /** 0 for a span that is alone on its one row. */
  readonly number: number
}

/** Rows and number of each span. Numbers of the file stay; a span of several rows, or on a row with others, needs one. */
export function layOut(spans: readonly DocSpan[], tokens: readonly TextRange[], highest: number): SpanRows[] {
  const rows = spans.map((span) => segmentsOf(span, tokens))
  const onRow = new Map<string, number>()
  for (const key of rows.flat().map(segmentKey)) onRow.set(key, (onRow.get(key) ?? 0) + 1)
  let next = highest + 1
  return rows.map((segments, index) => {
    const stated = Number(/^#(\d{1,9})$/.exec(spans[index]?.span.id ?? '')?.[1] ?? 0)
    const needsNumber = segments.length > 1 || segments.some((segment) => (onRow.get(segmentKey(segment)) ?? 0) > 1)
    return { segments, number: stated > 0 ? stated : needsNumber ? next++ : 0 }
  })
}
