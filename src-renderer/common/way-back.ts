/** The way back to where a sentence was opened in Annotate, which one key goes. */
import { shallowRef } from 'vue'

export interface WayBack {
  /** "Back to the comparison". */
  readonly label: string
  readonly address: string
}

/** Null where the sentence was opened in Annotate itself. */
export const wayBack = shallowRef<WayBack | null>(null)
