/** Files that a person dropped on the window or opened with the program, until the import dialog takes them. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ChosenFile } from '#window/common/chosen-files.ts'

export const useOpenedFiles = defineStore('opened-files', () => {
  /** Null where nobody asked for an import; empty where one is asked for without files. */
  const files = shallowRef<readonly ChosenFile[] | null>(null)

  function open(opened: readonly ChosenFile[]): void {
    files.value = opened
  }

  /** The files, which are then no longer waiting. */
  function take(): readonly ChosenFile[] | null {
    const opened = files.value
    files.value = null
    return opened
  }

  return { files, open, take }
})
