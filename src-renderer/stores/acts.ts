/** Acts that the place in sight offers to the command palette. A place puts them here while it is open. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** PaletteCommand: a line of the command palette. */
export interface PaletteCommand {
  readonly label: string
  readonly group: string
  /** The key that does the same; absent where there is none. */
  readonly key?: string
  readonly run: () => void
}

export const useActsStore = defineStore('acts', () => {
  const acts = shallowRef<readonly PaletteCommand[]>([])
  return { acts }
})
