/** Priority of compute, which gives way to the window. */
import { getPriority, setPriority } from 'node:os'

const lower = 10

/** Lowers the priority of this thread under Linux, and of its process elsewhere; one that is lower still, as under `nice`, stays. */
export function giveWay(): void {
  try {
    if (getPriority(0) < lower) setPriority(0, lower)
  } catch {
    return // it may be forbidden; the window is slower then, but works
  }
}
