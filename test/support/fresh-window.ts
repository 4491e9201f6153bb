/** Before any test of a window: the window, once for all files, where a source is newer. */
import { buildWindow } from '#main/shell-server/window-build'

export async function setup(): Promise<void> {
  await buildWindow(console.log)
}
