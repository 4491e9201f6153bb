/** Serves the part of the contract that only the desktop shell has. */
import type { BrowserWindow } from 'electron'
import { implement } from '@orpc/server'
import { desktop } from '#main/api/desktop'
import type { ChosenPaths } from './chosen-paths.ts'
import { choosePlace } from './dialogs.ts'
import type { WindowCommands } from './window-commands.ts'

interface Parts {
  readonly window: () => BrowserWindow
  readonly chosen: ChosenPaths
  readonly commands: WindowCommands
}

export function createDesktopRouter({ window, chosen, commands }: Parts) {
  const implementer = implement(desktop)
  return implementer.router({
    choosePlace: implementer.choosePlace.handler(async ({ input }) => {
      const place = await choosePlace(window(), input)
      if (place !== null) chosen.add(place)
      return place
    }),
    commands: implementer.commands.handler(async ({ signal }) => commands.follow(signal)),
  })
}
