/** The mouse in the editor: what a press takes hold of, and whether a click or a drag comes of it. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { charNear, type CharPlace } from '#window/features/annotate/scene/char-place.ts'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'

/**
 * Grip of the sentence that the mouse can take hold of. A further kind of drag is one more name here, and one more row in `gestures.ts`.
 * Bounds are those of the chosen span, subject and object those of the chosen relation.
 */
const gripKinds = ['words', 'chars', 'tag', 'span', 'relation', 'start', 'end', 'subject', 'object'] as const
export type GripKind = (typeof gripKinds)[number]

export interface Grip {
  readonly kind: GripKind
  /** The word pressed on, or the nearest. */
  readonly token: number
  readonly isExtending: boolean
  /** Of characters, which Alt takes hold of: where. */
  readonly char?: CharPlace
}

/** Place of the pointer. */
export interface Spot extends ScenePoint {
  /** The word, or the word of the tag, under it. */
  readonly token: number | null
  readonly nearest: number
  /** While characters are held: the nearest place between two. */
  readonly char?: CharPlace
}

export type Gesture =
  | { readonly step: 'click'; readonly grip: Grip; readonly spot: Spot; readonly count: number }
  | { readonly step: 'start' | 'move' | 'drop' | 'cancel'; readonly grip: Grip; readonly spot: Spot }

export interface PointerPlaces {
  /** Is this word inside a span, so that a drag from it draws a relation? */
  readonly isInSpan: (token: number) => boolean
  readonly nearest: (point: ScenePoint) => number
  /** An open list is closed by a click beside it, which then means nothing else. */
  readonly isListOpen: () => boolean
  readonly onGesture: (gesture: Gesture) => void
}

interface Press {
  readonly grip: Grip
  readonly start: Spot
  readonly closesList: boolean
  spot: Spot
  isDragging: boolean
}

/** Words are left before a drag begins, so that an unsteady click stays one; grips are small, and move at once. */
function hasBegun({ kind, token }: Grip, start: Spot, now: Spot): boolean {
  const distance = Math.hypot(now.x - start.x, now.y - start.y)
  if (kind === 'tag') return false
  if (kind === 'words') return now.nearest !== token
  return kind === 'span' ? (now.token ?? token) !== token || (now.token === null && distance > 8) : distance > 3
}

export function usePointerGestures(surface: () => HTMLElement | null, places: PointerPlaces) {
  /** Place of the pointer during a drag. */
  const dragged = shallowRef<Spot | null>(null)
  /** The word under the pointer. */
  const hovered = ref<number | null>(null)
  let press: Press | null = null
  /** A drag ends with a click, which means nothing. */
  let ignoresClick = false

  function onPointerDown(event: PointerEvent): void {
    ignoresClick = false
    const grip = event.button === 0 ? gripOf(event) : null
    if (!grip) return
    const spot = spotOf(event)
    press = { grip, start: spot, spot, closesList: places.isListOpen(), isDragging: false }
    surface()?.setPointerCapture(event.pointerId)
  }

  function onPointerMove(event: PointerEvent): void {
    if (!press) {
      look(event)
      return
    }
    const spot = spotOf(event)
    hovered.value = spot.token
    press.spot = spot
    if (!press.isDragging) {
      if (!hasBegun(press.grip, press.start, spot)) return
      press.isDragging = true
      window.addEventListener('keydown', onKey, true)
      places.onGesture({ step: 'start', grip: press.grip, spot })
    }
    dragged.value = spot
    places.onGesture({ step: 'move', grip: press.grip, spot })
  }

  function onPointerUp(event: PointerEvent): void {
    if (!press?.isDragging) return
    const { grip } = press
    end()
    places.onGesture({ step: 'drop', grip, spot: spotOf(event) })
  }

  function onClick(event: MouseEvent): void {
    const done = press
    press = null
    const grip = done?.grip ?? gripOf(event)
    const count = Math.max(1, event.detail)
    if (ignoresClick || !grip || (done?.closesList && count === 1)) return
    places.onGesture({ step: 'click', grip, spot: spotOf(event), count })
  }

  function onPointerLeave(): void {
    hovered.value = null
  }

  /** Wherever the focus is: Escape lets go of what is held. */
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    cancel()
  }

  function cancel(): void {
    const held = press
    end()
    if (held?.isDragging) places.onGesture({ step: 'cancel', grip: held.grip, spot: held.spot })
  }

  function end(): void {
    ignoresClick = press?.isDragging ?? false
    press = null
    dragged.value = null
    window.removeEventListener('keydown', onKey, true)
  }
  onScopeDispose(end)

  function gripOf(event: MouseEvent): Grip | null {
    const element = event.target instanceof Element ? event.target : null
    const held = element?.closest<HTMLElement>('[data-grip]')?.dataset.grip
    const kind = gripKinds.find((name) => name === held)
    const { token, nearest, char } = spotOf(event)
    if (char && token !== null) return { kind: 'chars', token, isExtending: false, char }
    if (kind) return { kind, token: token ?? nearest, isExtending: event.shiftKey }
    const cell = element?.closest<HTMLElement>('[data-token]')
    if (!cell) return null
    const pressed = Number(cell.dataset.token)
    const isSpan = !event.shiftKey && places.isInSpan(pressed)
    const under = cell.dataset.row === 'tags' ? 'tag' : isSpan ? 'span' : 'words'
    return { kind: under, token: pressed, isExtending: event.shiftKey }
  }

  /** The way from a word to the buttons at its mark leads over nothing: the word counts until there is another. */
  function look({ target }: Event): void {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-token]') : null
    if (cell) hovered.value = Number(cell.dataset.token)
  }

  function spotOf(event: MouseEvent): Spot {
    const { clientX, clientY } = event
    const element = surface()
    const box = element?.getBoundingClientRect()
    if (!element || !box) return { x: 0, y: 0, token: null, nearest: 0 }
    const x = element.dir === 'rtl' ? box.right - clientX : clientX - box.left
    const point = { x, y: clientY - box.top }
    const cell = document
      .elementsFromPoint(clientX, clientY)
      .find((found): found is HTMLElement => found instanceof HTMLElement && found.dataset.token !== undefined)
    const token = cell && element.contains(cell) ? Number(cell.dataset.token) : null
    const nearest = places.nearest(point)
    const holdsChars = press ? press.grip.kind === 'chars' : event.altKey
    const char = holdsChars ? charNear(element, token ?? nearest, event.clientX) : null
    return { ...point, token, nearest, ...(char && { char }) }
  }

  return { dragged, hovered, spotOf, onPointerDown, onPointerMove, onPointerUp, onPointerLeave, onClick, cancel }
}
