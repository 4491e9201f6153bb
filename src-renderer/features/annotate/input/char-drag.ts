/** Alt with the mouse: a drag over characters selects a part of words, or moves the nearer bound of the chosen span. */
import type { ShallowRef } from 'vue'
import { charsOf, fitChars, type WordPlaces } from '#main/document/char-bounds'
import { setChars, type CharContext } from '#main/document/edit-chars'
import type { Chars, SpanRange } from '#main/document/span'
import { chosenSpan } from '#window/features/annotate/editor/acts.ts'
import type { CharPlace } from '#window/features/annotate/scene/char-place.ts'
import { draggedChars, moveNearer } from './drag.ts'
import type { useAnnotateEditor } from '#window/features/annotate/editor/editor.ts'
import type { Drag } from './drag-acts.ts'
import type { Grip, Spot } from './pointer.ts'
import { letGo, selectChars } from './selection.ts'

type Editor = Pick<ReturnType<typeof useAnnotateEditor>, 'selection' | 'desk' | 'picking' | 'act' | 'say'>

export function useCharDrag({ selection, desk, picking, act, say }: Editor, preview: ShallowRef<SpanRange | null>) {
  const context = (): CharContext => ({ ...desk.value.context, tokens: desk.value.context.tokens ?? [] })
  const placeOf = ({ token, offset }: CharPlace, { tokens }: WordPlaces) => (tokens[token]?.start ?? 0) + offset
  const chosen = () => {
    const span = chosenSpan(desk.value)
    return span && { span, chars: charsOf(span, context().tokens) }
  }
  /** Was a bound of the chosen span taken hold of? */
  let movesBound = false

  const rangeTo = ({ char: from }: Grip, { char: to }: Spot): SpanRange | null => {
    if (!from || !to) return null
    const places = context()
    const held = movesBound ? (chosen()?.chars ?? null) : null
    return fitChars(draggedChars(placeOf(from, places), placeOf(to, places), held), places)
  }

  const drag: Drag = {
    start({ char }) {
      const held = chosen()?.chars
      const from = char && placeOf(char, context())
      movesBound = held !== undefined && from !== undefined && held.start <= from && from <= held.end
      return char !== undefined
    },
    move(grip, spot) {
      const range = rangeTo(grip, spot)
      if (movesBound) preview.value = range
      else if (range) selection.value = selectChars(range, desk.value)
    },
    drop(grip, spot) {
      const range = rangeTo(grip, spot)
      preview.value = null
      if (!range) say('There are no characters to select')
      else if (movesBound) moveTo(charsOf(range, context().tokens))
      else {
        selection.value = selectChars(range, desk.value)
        picking.open(spot)
      }
    },
    cancel() {
      preview.value = null
      if (movesBound) say('The span stays as it is')
      else selection.value = letGo(selection.value)
    },
  }

  /** A click with Alt: the nearer bound of the chosen span moves there. False when no span is chosen. */
  function click({ char }: Grip): boolean {
    const held = chosen()
    if (!held || !char) return false
    const at = placeOf(char, context())
    moveTo(moveNearer(held.chars, at, at))
    return true
  }

  function moveTo(chars: Chars): void {
    const span = chosenSpan(desk.value)
    if (span) act(setChars(desk.value.annotation, span.id, chars, context()))
  }

  return { drag, click }
}
