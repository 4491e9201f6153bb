/** Compute gives way to the window. */
import { setPriority } from 'node:os'

const lower = 10

/** Under Linux of this thread, elsewhere of its process. */
export function giveWay(): void {
  try {
    setPriority(0, lower)
  } catch {
    return // it may be forbidden: slower for the window, but no misfortune
  }
}
