/** The hidden window that computes with WebGPU, which reaches every graphics card and runs in a process that may crash alone. */
import { BrowserWindow, ipcMain, type MessagePortMain } from 'electron'
import type { PageChannel } from '#main/compute/page-channel'
import type { PageHost } from '#main/compute/page-host'
import { computeChannel } from './channel.ts'
import { computeUrl, isOwnPage } from './protocol.ts'

/** Opens the compute window. It closes when it finds no graphics card, when its process dies, and with its `owner`. */
export function openComputeWindow(preload: string, pages: PageHost, owner: BrowserWindow): void {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  })
  const close = (): void => {
    if (!window.isDestroyed()) window.destroy()
  }
  const { webContents } = window
  ipcMain.on(computeChannel, ({ sender, senderFrame, ports: [port] }) => {
    if (!port || sender !== webContents || !isOwnPage(senderFrame?.url ?? '')) return
    port.on('close', close)
    pages.connect(toChannel(port, close))
    port.start()
  })
  webContents.on('render-process-gone', close)
  owner.once('closed', close)
  window.loadURL(computeUrl).catch(close)
}

function toChannel(port: MessagePortMain, close: () => void): PageChannel {
  return {
    send: (message) => port.postMessage(message),
    close,
    listen({ onMessage, onClose }) {
      port.on('message', ({ data }) => onMessage(data as Uint8Array)) // the page sends nothing else
      port.on('close', onClose)
    },
  }
}
