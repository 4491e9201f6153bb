/** The application menu, with the habits of each system. Keys that the window has itself are left to it. */
import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopCommand, WindowAct } from '#main/api/desktop'

export interface MenuActs {
  newWorkspace(): void
  openWorkspace(): void
  openRecent(folder: string): void
  moveWorkspace(): void
  checkForUpdates(): void
  copyReport(): void
  send(command: DesktopCommand): void
}

export interface MenuFacts {
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  /** Other workspaces, latest first. */
  readonly recent: readonly { readonly folder: string; readonly name: string }[]
  readonly acts: MenuActs
}

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }
/** The window has the same keys for acts of its own, as undoing an annotation. */
const leaveKeys = { registerAccelerator: false }
/** Entries of recent workspaces. */
const mostRecent = 10

export function menuTemplate(facts: MenuFacts): Item[] {
  const isMac = facts.platform === 'darwin'
  const act = (label: string, name: WindowAct, more: Item = {}): Item => ({
    ...{ label, click: () => facts.acts.send({ type: 'act', act: name }) },
    ...more,
  })
  const go = (label: string, to: string, more: Item = {}): Item => ({
    ...{ label, click: () => facts.acts.send({ type: 'go', to }) },
    ...more,
  })
  const about = act('About Espalier', 'about')
  const settings = go(isMac ? 'Settings…' : 'Settings', '/settings', { accelerator: 'CmdOrCtrl+,' })
  return [
    ...(isMac ? [macMenu(about, settings)] : []),
    { label: '&File', submenu: fileMenu(facts, { act, settings, isMac }) },
    { label: '&Edit', submenu: editMenu(act) },
    { label: '&View', submenu: viewMenu(facts, go) },
    { label: '&Run', submenu: runMenu(act, go) },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { role: 'help', label: '&Help', submenu: helpMenu(facts, { act, go, about: isMac ? [] : [separator, about] }) },
  ]
}

type Act = (label: string, name: WindowAct, more?: Item) => Item
type Go = (label: string, to: string, more?: Item) => Item

function macMenu(about: Item, settings: Item): Item {
  const rest = [{ role: 'services' }, separator, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }] as const
  return { role: 'appMenu', submenu: [about, separator, settings, separator, ...rest, separator, { role: 'quit' }] }
}

function fileMenu(
  { recent, acts }: MenuFacts,
  { act, settings, isMac }: { act: Act; settings: Item; isMac: boolean },
): Item[] {
  const listed = recent.slice(0, mostRecent).map(({ folder, name }): Item => ({
    ...{ label: name.replaceAll('&', '&&'), toolTip: folder, click: () => acts.openRecent(folder) },
  }))
  return [
    { label: 'New workspace…', click: acts.newWorkspace },
    { label: 'Open workspace…', accelerator: 'CmdOrCtrl+O', click: acts.openWorkspace },
    { label: 'Open recent', enabled: listed.length > 0, submenu: listed },
    { label: 'Move workspace…', click: acts.moveWorkspace },
    separator,
    act('Import files…', 'import', { accelerator: 'CmdOrCtrl+I' }),
    ...(isMac ? [] : [separator, settings]),
    separator,
    { role: isMac ? 'close' : 'quit' },
  ]
}

function editMenu(act: Act): Item[] {
  return [
    { role: 'undo', ...leaveKeys },
    { role: 'redo', ...leaveKeys },
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll', ...leaveKeys },
    separator,
    act('Find a place or a corpus…', 'find', { accelerator: 'CmdOrCtrl+K', ...leaveKeys }),
    act('Copy address of the sentence', 'copy-address'),
  ]
}

const places = ['Corpora', 'Annotate', 'Train', 'Compare', 'Extract']

function viewMenu({ isPackaged }: MenuFacts, go: Go): Item[] {
  return [
    ...places.map((label, at) => go(label, `/${label.toLowerCase()}`, { accelerator: `CmdOrCtrl+${at + 1}` })),
    separator,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    separator,
    { role: 'reload' },
    ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
  ]
}

function runMenu(act: Act, go: Go): Item[] {
  return [
    go('Train…', '/train'),
    go('Compare runs…', '/compare'),
    go('Extract…', '/extract'),
    separator,
    act('Jobs', 'jobs'),
  ]
}

function helpMenu({ acts }: MenuFacts, { act, go, about }: { act: Act; go: Go; about: readonly Item[] }): Item[] {
  return [
    go('Books', '/help', { accelerator: 'F1', ...leaveKeys }),
    go('For annotators', '/help/guides/annotator'),
    go('For researchers', '/help/guides/researcher'),
    go('For engineers', '/help/guides/engineer'),
    go('When something is wrong', '/help/troubleshooting'),
    act('First Steps', 'tour'),
    separator,
    { label: 'Copy a report of this program', click: acts.copyReport },
    { label: 'Check for updates…', click: acts.checkForUpdates },
    act('Licences', 'licences'),
    ...about,
  ]
}
