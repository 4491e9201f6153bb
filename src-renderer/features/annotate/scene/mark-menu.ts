/** The menu of a mark or a word, asked for with the pointer or by key: which mark it is of, and where it opens. */
import type { Ref } from 'vue'
import type { Desk } from '#window/features/annotate/editor/acts.ts'
import { isSameTarget, selectedRange, targetsAt, type Target } from '#window/features/annotate/input/selection.ts'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'

interface Parts {
  readonly desk: Readonly<Ref<Desk>>
  /** True while something is dragged, when no menu opens. */
  readonly isDragging: () => boolean
  readonly spotOf: (event: MouseEvent) => ScenePoint
  readonly choose: (target: Target) => void
  /** Brings the cursor to a word with nothing on it. */
  readonly chooseWord: (token: number, event: MouseEvent) => void
  /** @param at the point in the scene. */
  readonly onMenu: (point: ScenePoint, at: ScenePoint) => void
}

interface MarkMenu {
  /** Chooses what lies under the pointer and asks for its menu. */
  onContextMenu(event: MouseEvent): void
  askMenu(target: Target, event: MouseEvent): void
}

export function useMarkMenu({ desk, isDragging, spotOf, choose, chooseWord, onMenu }: Parts): MarkMenu {
  function askMenu(target: Target, event: MouseEvent): void {
    event.preventDefault()
    choose(target)
    onMenu({ x: event.clientX, y: event.clientY }, spotOf(event))
  }
  return {
    askMenu,
    onContextMenu(event) {
      if (isDragging()) return event.preventDefault()
      const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-token]') : null
      if (!cell) return
      const token = Number(cell.dataset.token)
      const targets = targetsAt(token, desk.value)
      const target = targets.find((one) => isSameTarget(one, desk.value.selection.target)) ?? targets[0]
      if (target) return askMenu(target, event)
      event.preventDefault()
      const { start, end } = selectedRange(desk.value.selection, desk.value)
      if (token < start || token >= end) chooseWord(token, event)
      onMenu({ x: event.clientX, y: event.clientY }, spotOf(event))
    },
  }
}
