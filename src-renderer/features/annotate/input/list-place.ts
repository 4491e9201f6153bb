/** Place of an open list of types: at the pointer that asked for it, else under the selected words. */
import { computed, type Ref } from 'vue'
import type { Range } from '#main/document/edit'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'
import { tagHeight, type Scene } from '#window/features/annotate/scene/scene.ts'

interface ListPlaces {
  readonly surface: Readonly<Ref<HTMLElement | null>>
  readonly scene: Readonly<Ref<Scene>>
  readonly range: Readonly<Ref<Range>>
  readonly width: Readonly<Ref<number>>
}

/** Room for the list, and between it and the pointer: a further click must still meet the word. */
const listWidth = 280
const listHeight = 320
const gap = 14

export function useListPlace(
  asked: { readonly listPoint: ScenePoint | null },
  { surface, scene, range, width }: ListPlaces,
) {
  const widest = () => Math.max(0, width.value - listWidth)

  function atPointer({ x, y }: ScenePoint): Record<string, string> {
    const insetInlineStart = `${Math.max(0, Math.min(x, widest()))}px`
    const top = surface.value?.getBoundingClientRect().top ?? 0
    const isLow = top + y + gap + listHeight > window.innerHeight && top + y > listHeight
    if (isLow) return { insetInlineStart, bottom: `${scene.value.height - y + gap}px` }
    return { insetInlineStart, top: `${y + gap}px` }
  }

  /** Under the last line of the words. */
  function underWords(): Record<string, string> {
    const { start, end } = range.value
    const line = scene.value.lines.findLast(({ cells }) => cells.some(({ token }) => token === end - 1))
    const first = line?.cells.find(({ token }) => token >= start)
    return {
      insetInlineStart: `${Math.min(first?.left ?? 0, widest())}px`,
      top: `${(line?.tagTop ?? 0) + tagHeight + 4}px`,
    }
  }

  return computed(() => (asked.listPoint ? atPointer(asked.listPoint) : underWords()))
}
