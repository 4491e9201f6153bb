/** The selection as each line sees it: a line hears only of what happens on it, so that a step paints two and not all. */
import { computed, type Ref } from 'vue'
import type { Range } from '#main/document/edit'
import type { Desk } from '#window/features/annotate/editor/acts.ts'
import type { TokenLine } from '#window/features/annotate/scene/lines.ts'
import { selectedRange } from './selection.ts'

export function useLineSelection(desk: Readonly<Ref<Desk>>) {
  const range = computed(() => selectedRange(desk.value.selection, desk.value))
  const bounds = ({ cells }: TokenLine): Range => ({
    start: cells[0]?.token ?? 0,
    end: (cells.at(-1)?.token ?? -1) + 1,
  })

  /** The word of the line whose row the caret is in. */
  function caretOn(line: TokenLine, row: 'words' | 'tags'): number | null {
    const { selection } = desk.value
    const { start, end } = bounds(line)
    return selection.row === row && start <= selection.caret && selection.caret < end ? selection.caret : null
  }

  /** Its selected words. */
  function partOf(line: TokenLine): Range {
    const { start, end } = bounds(line)
    const part = { start: Math.max(range.value.start, start), end: Math.min(range.value.end, end) }
    return part.start < part.end ? part : { start: 0, end: 0 }
  }

  return { range, caretOn, partOf }
}
