/** Overlay of the sentence for the mouse: handles of the chosen item, answers to suggestions, the list of a word. */
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { quote, spanOf } from '#main/document/edit'
import { describeSuggestion } from '#main/document/edit-suggestions'
import type { SpanRange } from '#main/document/span'
import type { Suggestion } from '#main/document/suggestions'
import { chosenSpan, type Desk } from '#window/features/annotate/editor/acts.ts'
import type { Cutter } from './cut.ts'
import { piecesOf } from '#window/features/annotate/input/drag.ts'
import { suggestedId } from '#window/features/annotate/editor/items.ts'
import { arcEndsOf, labelEndOf, tagHeight, type PlacedMark, type Scene } from './scene.ts'
import { isSameTarget, selectedRange, targetsAt, type Target } from '#window/features/annotate/input/selection.ts'

export interface OverlayContent {
  readonly scene: Scene
  /** The range that a dragged edge would make. */
  readonly preview: SpanRange | null
  readonly cut: Cutter
  readonly hoveredToken: number | null
  readonly hoveredArc: Target | null
}

/** Resting on a word this long asks for its list. */
const restMs = 350
/** Both buttons with what is between them. */
const buttonsWidth = 52

export function useOverlay(desk: Readonly<Ref<Desk>>, content: OverlayContent) {
  const marksOf = (id: string): PlacedMark[] =>
    content.scene.lines.flatMap(({ marks }) => marks.filter((mark) => mark.id === id))

  const handles = computed(() => {
    const span = chosenSpan(desk.value)
    const marks = span ? marksOf(span.id) : []
    const [first] = marks
    const line = content.scene.lines[first?.line ?? 0]
    if (!span || !first || !line) return null
    const { label } = span
    const { height } = first
    // a bar lies under the words, and so do its edges; a relation begins above them
    const below = first.top - line.wordTop
    const { hoveredToken } = content
    const isNear = hoveredToken !== null && span.start <= hoveredToken && hoveredToken < span.end
    if (content.preview === null) return { label, height, below, isNear, pieces: marks }
    const pieces = piecesOf(content.preview, content.scene.lines, content.cut(content.preview))
    return { label, height, below, isNear, pieces: pieces.map((piece) => ({ ...piece, top: piece.top + below })) }
  })

  /** Characters that are selected, while they are no span. */
  const part = computed(() => {
    const { selection } = desk.value
    if (!selection.chars || selection.target) return []
    const range = selectedRange(selection, desk.value)
    return piecesOf(range, content.scene.lines, content.cut(range))
  })

  const ends = computed(() => {
    const { target } = desk.value.selection
    return target?.kind === 'relation' ? arcEndsOf(content.scene, target.relationId) : []
  })

  /** The suggestion under the pointer, and the chosen one. */
  const answers = computed(() => {
    const { hoveredToken, hoveredArc } = content
    const { selection, suggestions, context } = desk.value
    const atToken = hoveredToken === null ? [] : targetsAt(hoveredToken, desk.value)
    const hovered = hoveredArc ?? atToken.find(({ kind }) => kind === 'suggestion')
    const { target: chosen } = selection
    return suggestions.flatMap((suggestion) => {
      const target = { kind: 'suggestion', key: suggestion.key } as const
      const isMeant = isSameTarget(target, chosen) || isSameTarget(target, hovered ?? null)
      const place = isMeant ? placeOf(suggestion) : null
      return place ? [{ target, place, what: describeSuggestion(suggestion, context) }] : []
    })
  })

  function placeOf(suggestion: Suggestion): { x: number; y: number } | null {
    if (suggestion.kind === 'relation') {
      const end = labelEndOf(content.scene, suggestedId(suggestion))
      return end && { x: end.x + 4, y: end.middle - 12 }
    }
    const mark = marksOf(suggestedId(suggestion)).find(({ isLast }) => isLast)
    const line = content.scene.lines[mark?.line ?? 0]
    return mark && line ? { x: mark.left + mark.width - buttonsWidth, y: line.wordTop - 26 } : null
  }

  const rested = ref<number | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => content.hoveredToken,
    (token) => {
      clearTimeout(timer)
      rested.value = null
      if (token !== null) timer = setTimeout(() => (rested.value = token), restMs)
    },
  )
  onScopeDispose(() => clearTimeout(timer))

  /** Only where spans lie over each other is there something to tell. */
  const list = computed(() => {
    const { scene } = content
    const { annotation, suggestions, selection, context } = desk.value
    const token = rested.value
    const targets = token === null ? [] : targetsAt(token, desk.value)
    const line = scene.lines.find(({ cells }) => cells.some((cell) => cell.token === token))
    const cell = line?.cells.find((one) => one.token === token)
    if (targets.length < 2 || !line || !cell) return null
    const rows = targets.flatMap((target) => {
      const span =
        target.kind === 'span'
          ? spanOf(annotation, target.spanId)
          : suggestions.find((one) => target.kind === 'suggestion' && one.key === target.key)
      if (!span || !('label' in span)) return []
      const isChosen = isSameTarget(target, selection.target)
      return [{ label: span.label, text: quote(span, context), isSuggested: target.kind === 'suggestion', isChosen }]
    })
    return { rows, place: { x: cell.left, y: line.tagTop + tagHeight + 4 } }
  })

  return { handles, part, ends, answers, list }
}
