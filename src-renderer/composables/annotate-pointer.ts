/** The mouse in the editor: a click places the caret, a drag over words stretches, a drag from span to span connects. */
import { ref } from 'vue'

export interface PointerGestures {
  /** Is this word inside a span, so that a drag from it draws a relation? */
  readonly isInSpan: (token: number) => boolean
  readonly onPlace: (token: number, row: 'words' | 'tags', isExtending: boolean) => void
  readonly onStretch: (from: number, to: number, isDone: boolean) => void
  /** A drag that began in a span ended on this word. */
  readonly onConnect: (from: number, to: number) => void
}

interface Drag {
  readonly from: number
  readonly row: 'words' | 'tags'
  readonly isConnecting: boolean
  readonly isExtending: boolean
  to: number
}

/** The line that follows the pointer while a relation is dragged: pixels of the surface, x in reading direction. */
export interface DragLine {
  readonly from: number
  readonly x: number
  readonly y: number
}

export function usePointerGestures(surface: () => HTMLElement | null, gestures: PointerGestures) {
  const dragLine = ref<DragLine | null>(null)
  let drag: Drag | null = null

  function onPointerDown(event: PointerEvent): void {
    const place = placeUnder(event)
    if (!place || event.button !== 0) return
    const isConnecting = place.row === 'words' && !event.shiftKey && gestures.isInSpan(place.token)
    drag = { from: place.token, to: place.token, row: place.row, isConnecting, isExtending: event.shiftKey }
    surface()?.setPointerCapture(event.pointerId)
  }

  function onPointerMove(event: PointerEvent): void {
    if (!drag || drag.row === 'tags') return
    const place = placeUnder(event)
    if (place) drag.to = place.token
    if (drag.to === drag.from && dragLine.value === null) return
    if (drag.isConnecting) dragLine.value = { from: drag.from, ...pointIn(event) }
    else if (place) gestures.onStretch(drag.from, place.token, false)
  }

  function onPointerUp(event: PointerEvent): void {
    const done = drag
    const wasDragged = done !== null && (done.to !== done.from || dragLine.value !== null)
    cancel()
    if (!done) return
    if (!wasDragged || done.row === 'tags') return gestures.onPlace(done.from, done.row, done.isExtending)
    const to = placeUnder(event)?.token ?? done.to
    if (done.isConnecting) gestures.onConnect(done.from, to)
    else gestures.onStretch(done.from, to, true)
  }

  function cancel(): void {
    drag = null
    dragLine.value = null
  }

  function placeUnder({ clientX, clientY }: PointerEvent): { token: number; row: 'words' | 'tags' } | null {
    const cell = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-token]')
    if (!cell || !surface()?.contains(cell)) return null
    return { token: Number(cell.dataset.token), row: cell.dataset.row === 'tags' ? 'tags' : 'words' }
  }

  function pointIn({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const element = surface()
    const box = element?.getBoundingClientRect()
    if (!element || !box) return { x: 0, y: 0 }
    return { x: element.dir === 'rtl' ? box.right - clientX : clientX - box.left, y: clientY - box.top }
  }

  return { dragLine, onPointerDown, onPointerMove, onPointerUp, cancel }
}
