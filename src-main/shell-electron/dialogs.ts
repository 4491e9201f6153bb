/** Dialogs of the system, above the window. */
import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron'
import type { PlaceKind } from '#main/api/desktop'

const properties: Readonly<Record<Exclude<PlaceKind, 'new'>, OpenDialogOptions['properties']>> = {
  folder: ['openDirectory', 'createDirectory'],
  file: ['openFile'],
}

/** @returns the absolute path; null when the person left the dialog. */
export async function choosePlace(
  window: BrowserWindow,
  { kind, title, near }: { readonly kind: PlaceKind; readonly title: string; readonly near?: string | undefined },
): Promise<string | null> {
  const options = { title, ...(near ? { defaultPath: near } : {}) }
  if (kind === 'new') {
    const { canceled, filePath } = await dialog.showSaveDialog(window, options)
    return canceled || filePath === '' ? null : filePath
  }
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    ...options,
    properties: properties[kind] ?? [],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks a question with two answers, of which the second changes nothing. Escape means the second. */
export async function ask(
  window: BrowserWindow,
  question: { readonly message: string; readonly detail: string; readonly yes: string; readonly no: string },
): Promise<boolean> {
  const { message, detail, yes, no } = question
  const buttons = { buttons: [yes, no], defaultId: 1, cancelId: 1, noLink: true }
  const { response } = await dialog.showMessageBox(window, { type: 'question', message, detail, ...buttons })
  return response === 0
}

export async function tell(window: BrowserWindow, message: string, detail: string): Promise<void> {
  await dialog.showMessageBox(window, { type: 'info', message, detail, buttons: ['OK'] })
}

/** Whether the window may use a path that it names itself, as one that was typed into it. */
export const askForPath = (window: BrowserWindow, named: string): Promise<boolean> =>
  ask(window, {
    message: 'May the window use this place?',
    detail: `${named}\n\nAllow it if you typed or chose this path yourself just now.`,
    ...{ yes: 'Allow', no: 'Refuse' },
  })
