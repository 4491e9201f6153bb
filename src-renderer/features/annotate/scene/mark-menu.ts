/** The menu of a mark, asked for with the pointer or by key: which mark it is of, and where it opens. */
import type { Ref } from 'vue'
import type { Desk } from '#window/features/annotate/editor/acts.ts'
import { isSameTarget, targetsAt, type Target } from '#window/features/annotate/input/selection.ts'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'

interface Parts {
  readonly desk: Readonly<Ref<Desk>>
  /** True while something is dragged, when no menu opens. */
  readonly isDragging: () => boolean
  readonly spotOf: (event: MouseEvent) => ScenePoint
  readonly choose: (target: Target) => void
  /** @param at the point in the scene. */
  readonly onMenu: (point: ScenePoint, at: ScenePoint) => void
}

interface MarkMenu {
  /** Chooses what lies under the pointer and asks for its menu. */
  onContextMenu(event: MouseEvent): void
  askMenu(target: Target, event: MouseEvent): void
}

export function useMarkMenu({ desk, isDragging, spotOf, choose, onMenu }: Parts): MarkMenu {
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
      const targets = cell ? targetsAt(Number(cell.dataset.token), desk.value) : []
      const target = targets.find((one) => isSameTarget(one, desk.value.selection.target)) ?? targets[0]
      if (target) askMenu(target, event)
    },
  }
}
