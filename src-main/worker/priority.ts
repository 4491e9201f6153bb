/** Priority of compute, which gives way to the window. */
import { setPriority } from 'node:os'

const lower = 10

/** Lowers the priority of this thread under Linux, and of its process elsewhere. */
export function giveWay(): void {
  try {
    setPriority(0, lower)
  } catch {
    return // it may be forbidden; the window is slower then, but works
  }
}
