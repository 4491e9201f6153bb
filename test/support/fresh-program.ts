/** Before any test: the program as it is installed, where a source is newer than its bundle. */
import { buildDesktop } from '#main/shell-server/window-build'

export async function setup(): Promise<void> {
  await buildDesktop()
}
