/** The one window: sandboxed, and without WebGPU, which only the page that computes needs. */
import { app, BrowserWindow, nativeTheme } from 'electron'
import { startUrl } from './protocol.ts'

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
      disableBlinkFeatures: 'WebGPU',
      // the curves of a run go on while the window is hidden
      backgroundThrottling: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  // a reload that interrupts the loading is no failure, and other failures are visible in the window
  window.loadURL(startUrl).catch((error: Error) => log(`The window could not be loaded: ${error.message}`))
  return window
}
