/** The focus of Annotate: the words have it on every arrival, and their keys work wherever no field has it. */
import { nextTick, onMounted, onUnmounted, watch, type Ref } from 'vue'
import { useRoute } from 'vue-router'
import { isField } from '#window/base/is-field.ts'
import type { Command } from '#window/common/keys/command.ts'
import { commandFor, globalCommand } from '#window/common/keys/keys.ts'
import type { useAnnotateEditor } from '#window/features/annotate/editor/editor.ts'

type Editor = Pick<ReturnType<typeof useAnnotateEditor>, 'keyPlace' | 'run'>

/** Lists and tables that are walked through by arrows: a letter acts, and the walk goes on. */
const walked = '[role="listbox"], [role="grid"], [role="radiogroup"], [role="tablist"]'

export function useWordFocus(
  words: Readonly<Ref<{ readonly focus: () => void } | null>>,
  sentenceId: () => number | undefined,
  { keyPlace, run }: Editor,
) {
  const route = useRoute()
  const focus = () => words.value?.focus()

  /** By the rail, a link, Back, or from the sentence before; choosing a corpus from its list goes on in the list. */
  async function arrive(): Promise<void> {
    await nextTick()
    const isBusyElsewhere = document.activeElement?.closest('select, [role="dialog"]')
    if (!isBusyElsewhere) focus()
  }
  watch([sentenceId, () => route.fullPath], arrive)
  onMounted(arrive)

  /** Runs a command that was asked for outside the words, and goes on in the words unless it led elsewhere. */
  async function runFromOutside(command: Command): Promise<boolean> {
    const before = document.activeElement
    const isDone = run(command)
    await nextTick()
    if (document.activeElement === before && !before?.closest(walked)) focus()
    return isDone
  }

  function onKey(event: KeyboardEvent): void {
    const element = event.target instanceof Element ? event.target : null
    if (event.defaultPrevented || isField(element)) return
    if (element?.closest('[data-words], [role="dialog"], [role="menu"]')) return
    const hasFocus = element !== null && element !== document.body
    const command = hasFocus ? globalCommand(event, keyPlace.value) : commandFor(event, keyPlace.value)
    // nothing has the focus: Tab finds the first control
    if (!command || command.name === 'stop') return
    event.preventDefault()
    void runFromOutside(command)
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onUnmounted(() => window.removeEventListener('keydown', onKey))

  /** A dialog gives the focus to the words, wherever it was opened from. */
  function onDialogClosed(event: Event): void {
    event.preventDefault()
    focus()
  }

  return { focus, runFromOutside, onDialogClosed }
}
