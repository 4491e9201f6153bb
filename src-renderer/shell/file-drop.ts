/** Files may be dropped anywhere in the window, but on a zone of its own kind, which takes them itself. */
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { toChosenFiles, type ChosenFile } from '#window/common/chosen-files.ts'

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

/** @returns whether files are held over the window where they can be dropped. */
export function useFileDrop(onFiles: (files: readonly ChosenFile[]) => void): Ref<boolean> {
  const isOver = ref(false)

  /** A dialog is open: only its own zone takes files. */
  const isCovered = (): boolean => document.querySelector('[role="dialog"]') !== null

  function onOver(event: DragEvent): void {
    isOver.value = !event.defaultPrevented && hasFiles(event) && !isCovered()
    event.preventDefault() // the browser would open a file in place of the window
  }
  function onLeave({ relatedTarget }: DragEvent): void {
    if (relatedTarget === null) isOver.value = false
  }
  function onDrop(event: DragEvent): void {
    isOver.value = false
    const isTaken = event.defaultPrevented || isCovered()
    event.preventDefault()
    const files = isTaken ? [] : toChosenFiles(event.dataTransfer?.files)
    if (files.length > 0) onFiles(files)
  }

  onMounted(() => {
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('dragover', onOver)
    window.removeEventListener('dragleave', onLeave)
    window.removeEventListener('drop', onDrop)
  })
  return isOver
}
