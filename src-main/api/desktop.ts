/** Procedures of the desktop shell, which serves its own window alone: dialogs of the system, and requests that a person makes outside of the page. */
import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'

/** Acts of the window that the menu has. */
export type WindowAct = 'import' | 'find' | 'jobs' | 'about' | 'licences' | 'tour' | 'copy-address'

export type DesktopCommand =
  /** To an address within the window, as "/train". */
  | { readonly type: 'go'; readonly to: string }
  | { readonly type: 'act'; readonly act: WindowAct }
  /** Corpus files that a person opened with the program. */
  | { readonly type: 'import'; readonly files: readonly { readonly path: string; readonly name: string }[] }

/** A folder or file that is there, or a place for a new one. */
export const placeKinds = ['folder', 'file', 'new'] as const
export type PlaceKind = (typeof placeKinds)[number]

export const desktop = {
  /** Lets a person choose a place in the system's dialog; null when they left it. */
  choosePlace: oc
    .input(z.object({ kind: z.enum(placeKinds), title: z.string().max(200), near: z.string().max(4000).optional() }))
    .output(type<string | null>()),
  /** Commands from the menu and the system, those that came before the page was there first. */
  commands: oc.output(eventIterator(type<DesktopCommand>())),
}
