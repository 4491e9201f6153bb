/** Runs before the page, in a world of its own: passes the page's port on to main, and exposes nothing but a fact. */
import { contextBridge, ipcRenderer } from 'electron'
import { connectChannel } from './channel.ts'

window.addEventListener(
  'message',
  ({ source, origin, data, ports: [port] }: MessageEvent<{ type?: unknown } | null>) => {
    if (source !== window || origin !== location.origin || data?.type !== connectChannel || !port) return
    ipcRenderer.postMessage(connectChannel, null, [port])
  },
)

contextBridge.exposeInMainWorld('espalier', { isDesktop: true })
