/** The acts on bounds within words. The span keeps its identity, its relations and its remark. */
import type { Annotation } from './annotation.ts'
import { fitChars, stepChars, type WordPlaces } from './char-bounds.ts'
import { changeSpan, quote, spanOf, type Edit, type EditContext } from './edit.ts'
import { withRange, type Chars, type SpanRange } from './span.ts'

/** An edit context that also knows the places of the words. */
export type CharContext = EditContext & WordPlaces

/** Moves one bound by a grapheme. */
export function moveCharBounds(
  annotation: Annotation,
  spanId: string,
  side: 'start' | 'end',
  by: 1 | -1,
  context: CharContext,
): Edit {
  const before = spanOf(annotation, spanId)
  const range = stepChars(before, side, by, context)
  if (range) return setRange(annotation, spanId, range, context)
  const isGrowing = (by === 1) === (side === 'end')
  const description = isGrowing
    ? 'The span already ends where the sentence does'
    : 'A span needs at least one character'
  return { changes: [], description }
}

/** Sets the characters that a span consists of. */
export function setChars(annotation: Annotation, spanId: string, chars: Chars, context: CharContext): Edit {
  const range = fitChars(chars, context)
  if (!range) return { changes: [], description: 'A span needs at least one character of a word' }
  return setRange(annotation, spanId, range, context)
}

function setRange(annotation: Annotation, spanId: string, range: SpanRange, context: CharContext): Edit {
  const before = spanOf(annotation, spanId)
  const after = withRange(before, range)
  return changeSpan(annotation, before, after, `${quote(before, context)} is now ${quote(after, context)}`, context)
}
