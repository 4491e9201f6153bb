/** Before any test of a window: the window and the desktop shell, once for all files, where a source is newer. */
import { buildDesktop, buildWindow } from '#main/shell-server/window-build'

export async function setup(): Promise<void> {
  await Promise.all([buildWindow(console.log), buildDesktop()])
}
