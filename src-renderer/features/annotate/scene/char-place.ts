/** From a point of the window to the place between two characters of a word that is nearest to it. */
import { graphemeBorders } from '#main/document/char-bounds'
import { createOffsetTable } from '#main/text/code-points'

export interface CharPlace {
  readonly token: number
  /** Code points from the beginning of the word. */
  readonly offset: number
}

/** Asks the painted text itself, so that ligatures, joined letters and both directions are right; null without the word. */
export function charNear(surface: HTMLElement, token: number, clientX: number): CharPlace | null {
  const text = surface.querySelector(`[data-row="words"][data-token="${token}"]`)?.firstChild
  if (!(text instanceof Text)) return null
  const table = createOffsetTable(text.data)
  const caret = document.createRange()
  const distanceTo = (offset: number): number => {
    caret.setStart(text, table.unitOf(offset))
    caret.collapse(true)
    return Math.abs(caret.getBoundingClientRect().x - clientX)
  }
  const [first = 0, ...others] = graphemeBorders(text.data)
  let nearest = { offset: first, distance: distanceTo(first) }
  for (const offset of others) {
    const distance = distanceTo(offset)
    if (distance < nearest.distance) nearest = { offset, distance }
  }
  return { token, offset: nearest.offset }
}
