/** Ends of relations among the spans of a record: by characters where the file has them, else by a token. */
import type { Token } from '#main/document/doc'
import { untypedEntity } from '#main/labels/label-set'
import { placeMark } from '../../shared/mark-words.ts'
import type { Mark } from '../../shared/marks.ts'
import type { OffsetTable } from '#main/text/code-points'
import type { ToCodePoints } from '../../shared/offset-units.ts'
import { RecordError } from '../../shared/problem-log.ts'
import type { StatedEnd, StatedToken } from './record.ts'

export interface RelationEnds {
  /** Id of the span at an end. @throws RecordError naming the field. */
  of(end: StatedEnd): string
  /** Spans that had to be made, since the relation joins words that are no spans. */
  made(): readonly Mark[]
  /** Number of ends by a token that lies in several spans; the shortest that ends there was taken. */
  ambiguous(): number
}

export interface EndContext {
  readonly tokens: readonly Token[]
  readonly stated: readonly StatedToken[] | null
  readonly table: OffsetTable
  readonly toCodePoints: ToCodePoints
  readonly provenance: Mark['provenance']
}

export function createEnds(
  spans: readonly Mark[],
  { tokens, stated, table, toCodePoints, provenance }: EndContext,
): RelationEnds {
  const made = new Map<string, Mark>()
  let ambiguous = 0
  const byRange = Map.groupBy(spans, ({ start, end }) => `${start}:${end}`)
  const indexOf = new Map((stated ?? []).map(({ id }, index) => [id, index]))
  const places = spans.flatMap((span) => {
    const place = placeMark(span, tokens, table)
    return place ? [{ span, place }] : []
  })
  const byLastToken = Map.groupBy(places, ({ place }) => place.end - 1)

  const makeSpan = (start: number, end: number): string => {
    const key = `${start}:${end}`
    const mark = made.get(key) ?? { id: `made ${made.size + 1}`, start, end, label: untypedEntity, provenance }
    made.set(key, mark)
    return mark.id
  }

  const byToken = ({ token: id, field }: StatedEnd): string => {
    const index = stated ? indexOf.get(id) : id
    const token = tokens[index ?? -1]
    if (index === undefined || !token) throw new RecordError(`${field}: expected the number of a token, found ${id}`)
    const ending = byLastToken.get(index)
    const around = ending ?? places.filter(({ place }) => place.start <= index && index < place.end)
    const [best, ...further] = around.toSorted((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))
    if (further.length > 0) ambiguous++
    return best ? best.span.id : makeSpan(token.start, token.end)
  }

  return {
    of(end) {
      if (!end.span) return byToken(end)
      const [start, last] = [toCodePoints(end.span.start), toCodePoints(end.span.end)]
      if (start === null || last === null || start >= last)
        throw new RecordError(
          `${end.field}_span: expected offsets in the text, found ${end.span.start} to ${end.span.end}`,
        )
      const there = byRange.get(`${start}:${last}`) ?? []
      return (there.find(({ label }) => label === end.span?.label) ?? there[0])?.id ?? makeSpan(start, last)
    },
    made: () => [...made.values()],
    ambiguous: () => ambiguous,
  }
}
