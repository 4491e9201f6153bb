/** Moves of the caret: along the words, between words and tags, and from mark to mark. */
import type { Ref } from 'vue'
import * as selecting from '#window/features/annotate/input/selection.ts'
import type { TokenLine } from '#window/features/annotate/scene/lines.ts'
import { tokenOnLine } from '#window/features/annotate/scene/scene.ts'
import type { Desk } from './acts.ts'

interface MovedPlace {
  readonly desk: Readonly<Ref<Desk>>
  readonly selection: Ref<selecting.Selection>
  /** The lines that the sentence is broken into. */
  readonly lines: Readonly<Ref<readonly TokenLine[]>>
  readonly say: (sentence: string) => void
}

export function useMoves({ desk, selection, lines, say }: MovedPlace) {
  const words = () => desk.value.context.words

  function to(token: number, isExtending: boolean): void {
    const move = isExtending ? selecting.extendTo : selecting.placeCaret
    selection.value = move(selection.value, token, desk.value)
  }

  /** Words, their tags, the next line's words, and so on. False past the last (or first) row. */
  function byRow(by: 1 | -1): boolean {
    const { row, caret } = selection.value
    const isSameLine = by === 1 ? row === 'words' : row === 'tags'
    const token = isSameLine ? caret : tokenOnLine(lines.value, caret, by)
    if (token === null) return false
    const otherRow = row === 'words' ? 'tags' : 'words'
    selection.value = { ...selecting.placeCaret(selection.value, token, desk.value), row: otherRow }
    return true
  }

  /** The next mark. From the last one it goes on with the first, unless only suggestions are wanted: the words are left by F6. */
  function toStop(by: 1 | -1, onlySuggestions: boolean): void {
    const next = selecting.nextStop(selection.value, by, desk.value, onlySuggestions)
    const stop = next ?? (onlySuggestions ? null : selecting.stopsOf(desk.value).at(by === 1 ? 0 : -1))
    if (stop) selection.value = selecting.choose(selection.value, stop, desk.value)
    else
      say(
        onlySuggestions ? 'No further suggestion in this sentence' : 'Nothing is marked here yet. F6 leaves the words',
      )
  }

  return {
    by: (count: number, isExtending: boolean) => to(selection.value.caret + count, isExtending),
    toEdge: (by: 1 | -1, isExtending: boolean) => to(by === 1 ? words().length - 1 : 0, isExtending),
    toClause: (by: 1 | -1, isExtending: boolean) =>
      to(selecting.clauseEdge(selection.value.caret, by, words()), isExtending),
    byRow,
    toStop,
  }
}
