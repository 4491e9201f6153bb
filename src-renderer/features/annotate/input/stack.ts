/** The list of marks that lie over each other: where more of them do than can be drawn, or when it is asked for. */
import { shallowRef, type Ref, type ShallowRef } from 'vue'
import { quote } from '#main/document/edit'
import type { Desk } from '#window/features/annotate/editor/acts.ts'
import { choose, placeCaret, targetsAt, type Selection, type Target } from './selection.ts'
import { encodeGold } from '#window/features/annotate/editor/tag-edit.ts'

/** One mark of the list. */
export interface StackItem {
  readonly target: Target
  readonly label: string
  readonly text: string
  /** "gold", "gold, not trainable" or "suggested 0.83". */
  readonly state: string
}

/** The marks as rows; what is gone meanwhile is left out. */
export function stackItems(targets: readonly Target[], desk: Desk): StackItem[] {
  const { annotation, suggestions, tokenCount, labels, context } = desk
  const { untrainable } = encodeGold(annotation, tokenCount, labels)
  return targets.flatMap((target): StackItem[] => {
    if (target.kind === 'span') {
      const span = annotation.spans.find(({ id }) => id === target.spanId)
      if (!span) return []
      const state = untrainable.has(span.id) ? 'gold, not trainable' : 'gold'
      return [{ target, label: span.label, text: quote(span, context), state }]
    }
    const suggestion = suggestions.find((one) => target.kind === 'suggestion' && one.key === target.key)
    if (suggestion?.kind !== 'span') return []
    const { label, probability } = suggestion
    return [{ target, label, text: quote(suggestion, context), state: `suggested ${probability.toFixed(2)}` }]
  })
}

export function useStack(desk: Readonly<Ref<Desk>>, selection: ShallowRef<Selection>, say: (sentence: string) => void) {
  /** Entries of the open list; null when none is open. */
  const stack = shallowRef<readonly StackItem[] | null>(null)

  /** The marks of a badge, under the first word of the first one. */
  function openOf(targets: readonly Target[]): void {
    const [first] = targets
    if (!first) return
    const { anchor } = choose(selection.value, first, desk.value)
    selection.value = placeCaret(selection.value, anchor, desk.value)
    stack.value = stackItems(targets, desk.value)
  }

  /** All marks over the word of the caret. */
  function openHere(): void {
    const items = stackItems(targetsAt(selection.value.caret, desk.value), desk.value)
    if (items.length === 0) say('Nothing is marked on this word')
    else stack.value = items
  }

  /** False when no list was open. */
  function close(): boolean {
    const isOpen = stack.value !== null
    stack.value = null
    return isOpen
  }

  return { stack, openOf, openHere, close }
}
