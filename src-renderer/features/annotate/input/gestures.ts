/** Gestures of the mouse: a table of what a click and a drag of each grip do. Drags show what would come of them until they end. */
import { ref, shallowRef } from 'vue'
import { moveBounds } from '#main/document/edit'
import { isSameRange, type SpanRange } from '#main/document/span'
import { chosenSpan } from '#window/features/annotate/editor/acts.ts'
import { endAt } from '#window/features/annotate/editor/choices.ts'
import { useCharDrag } from './char-drag.ts'
import type { Drag } from './drag-acts.ts'
import { movedBound } from './drag.ts'
import type { useAnnotateEditor } from '#window/features/annotate/editor/editor.ts'
import { nounRun } from './noun-run.ts'
import type { Gesture, Grip, GripKind, Spot } from './pointer.ts'
import { choose, extendTo, letGo, placeCaret, targetsAt, type Target } from './selection.ts'

export function useAnnotateGestures(editor: ReturnType<typeof useAnnotateEditor>) {
  const { selection, desk, picking, run, act, say } = editor
  /** The range that a dragged bound would make. */
  const preview = shallowRef<SpanRange | null>(null)
  /** Is an end of a relation being dragged? Letters are of no use then. */
  const isDraggingEnd = ref(false)
  let held: Drag | null = null
  /** The first of several clicks drew a relation: the others are no clicks on words. */
  let isSpent = false

  const stretching: Drag = {
    move: ({ token }, { nearest }) => stretch(token, nearest),
    drop: ({ token }, spot) => {
      stretch(token, spot.nearest)
      picking.open(spot)
    },
    cancel: () => (selection.value = letGo(selection.value)),
  }
  const drawing: Drag = {
    start: () => (isDraggingEnd.value = picking.startDrawing('drag')),
    drop: (_, spot) => {
      isDraggingEnd.value = false
      const end = spot.token === null ? null : endAt(spot.token, desk.value.annotation, picking.hints.value)
      if (end === null) picking.cancel()
      else if (!picking.drawTo(end, spot)) picking.close()
    },
    cancel: () => {
      isDraggingEnd.value = false
      picking.cancel()
    },
  }
  const moving = (end: 'subject' | 'object'): Drag => ({
    ...drawing,
    start: () => (isDraggingEnd.value = picking.startMoving(end, 'drag')),
  })
  const bound = (side: 'start' | 'end'): Drag => ({
    start: () => chosenSpan(desk.value) !== null,
    move: (_, { nearest }) => {
      const span = chosenSpan(desk.value)
      const range = span && movedBound(span, side, nearest)
      const isSame = range?.start === preview.value?.start && range?.end === preview.value?.end
      if (!isSame) preview.value = range
    },
    drop: () => {
      const [span, range] = [chosenSpan(desk.value), preview.value]
      preview.value = null
      if (!span || !range) return
      if (isSameRange(range, span)) say('The span stays as it is')
      else act(moveBounds(desk.value.annotation, span.id, range, desk.value.context))
    },
    cancel: () => {
      preview.value = null
      say('The span stays as it is')
    },
  })
  const characters = useCharDrag(editor, preview)
  const drags: Readonly<Record<GripKind, Drag | null>> = {
    words: stretching,
    chars: characters.drag,
    tag: null,
    span: { ...drawing, start: (grip) => chooseSpanAt(grip.token) && (drawing.start?.(grip) ?? false) },
    relation: drawing,
    start: bound('start'),
    end: bound('end'),
    subject: moving('subject'),
    object: moving('object'),
  }

  function onGesture(gesture: Gesture): void {
    const { step, grip, spot } = gesture
    if (step === 'click') click(grip, spot, gesture.count)
    else if (step === 'start') {
      const drag = drags[grip.kind]
      held = drag && (drag.start?.(grip) ?? true) ? drag : null
    } else {
      held?.[step]?.(grip, spot)
      if (step !== 'move') held = null
    }
  }

  function click(grip: Grip, spot: Spot, count: number): void {
    const { kind, isExtending } = grip
    if (kind === 'chars' && characters.click(grip)) return
    if (kind === 'relation') run({ name: 'relation' })
    else if (kind === 'subject' || kind === 'object') run({ name: 'retarget', end: kind })
    // an edge that is not dragged is no more than the word under it
    else if (spot.token === null) return
    else if (kind === 'tag' || count === 1) place(spot, kind === 'tag' ? 'tags' : 'words', isExtending)
    else if (!isSpent) pickWords(spot, count)
  }

  /** A click on a word: the end of a relation being drawn, else the caret; on the caret's word the next mark over it. */
  function place(spot: Spot & { token: number | null }, row: 'words' | 'tags', isExtending: boolean): void {
    const { value: now } = selection
    const token = spot.token ?? spot.nearest
    const end = picking.drawingFrom.value ? endAt(token, desk.value.annotation, picking.hints.value) : null
    isSpent = end !== null
    const isAgain = row === 'words' && now.row === 'words' && token === now.caret
    if (end !== null) picking.drawTo(end, spot)
    else if (isExtending) selection.value = extendTo(now, token, desk.value)
    else if (isAgain && (now.target !== null || now.anchor === token)) run({ name: 'cycle' })
    else selection.value = { ...placeCaret(now, token, desk.value), row }
  }

  /** Two clicks are the word, three the name that it is part of; then its type is asked for. */
  function pickWords(spot: Spot, count: number): void {
    const token = spot.token ?? spot.nearest
    const { start, end } =
      count === 2 ? { start: token, end: token + 1 } : nounRun(token, desk.value.context.words, desk.value.suggestions)
    stretch(start, end - 1)
    picking.open(spot, true)
  }

  function stretch(from: number, to: number): void {
    selection.value = extendTo({ ...selection.value, anchor: from }, to, desk.value)
  }

  /** The chosen span where it lies over the word, else the smallest there is. */
  function chooseSpanAt(token: number): boolean {
    const spans = targetsAt(token, desk.value).filter((target) => target.kind === 'span')
    const chosen = chosenSpan(desk.value)
    const span = spans.find(({ spanId }) => spanId === chosen?.id) ?? spans[0]
    if (span) chooseTarget(span)
    return span !== undefined
  }

  function chooseTarget(target: Target): void {
    selection.value = choose(selection.value, target, desk.value)
  }

  return { preview, isDraggingEnd, onGesture, chooseTarget }
}
