/** The one window: sandboxed, kept on our own pages, and reloaded when its process dies. */
import { app, BrowserWindow, nativeTheme, shell, type WebContents } from 'electron'
import { isOwnPage, startUrl } from './protocol.ts'
import { keepAlive } from './recovery.ts'

type Log = (message: string) => void

export function createWindow(preload: string, log: Log): BrowserWindow {
  const window = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    title: app.getName(),
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#161614' : '#f7f6f3',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // the curves of a run go on while the window is hidden
      backgroundThrottling: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  guardNavigation(window.webContents)
  keepAlive(window.webContents, log)
  // a reload that interrupts the loading is no failure, and other failures are visible in the window
  window.loadURL(startUrl).catch((error: Error) => log(`The window could not be loaded: ${error.message}`))
  return window
}

/** Links to the web open in the person's browser; nothing else leaves the program's own pages. */
export function guardNavigation(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (URL.parse(url)?.protocol === 'https:') shell.openExternal(url).catch(() => undefined) // a machine without a browser cannot open the link
    return { action: 'deny' }
  })
}
