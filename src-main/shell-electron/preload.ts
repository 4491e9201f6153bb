/** Runs before the page, in a world of its own: passes the page's port on to main, and exposes nothing but a fact. */
import { contextBridge, ipcRenderer } from 'electron'
import { computeChannel, connectChannel } from './channel.ts'

window.addEventListener(
  'message',
  ({ source, origin, data, ports: [port] }: MessageEvent<{ type?: unknown } | null>) => {
    const channel = [connectChannel, computeChannel].find((name) => name === data?.type)
    if (source !== window || origin !== location.origin || !channel || !port) return
    ipcRenderer.postMessage(channel, null, [port])
  },
)

contextBridge.exposeInMainWorld('espalier', { isDesktop: true })
