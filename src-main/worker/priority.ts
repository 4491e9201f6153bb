/** Compute threads give way to the window. */
import { platform, setPriority } from 'node:os'

const lower = 10

/** Of this thread only: elsewhere than under Linux it would be the whole program's, so that nothing is done there. */
export function giveWay(): void {
  if (platform() !== 'linux') return
  try {
    setPriority(0, lower)
  } catch {
    return // it may be forbidden: slower for the window, but no misfortune
  }
}
