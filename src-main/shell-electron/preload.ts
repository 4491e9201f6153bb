/** Preload script: passes the port of the page on to the main process, and tells the page where a file lies that a person chose. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { computeChannel, connectChannel } from './channel.ts'

window.addEventListener(
  'message',
  ({ source, origin, data, ports: [port] }: MessageEvent<{ type?: unknown } | null>) => {
    const channel = [connectChannel, computeChannel].find((name) => name === data?.type)
    if (source !== window || origin !== location.origin || !channel || !port) return
    ipcRenderer.postMessage(channel, null, [port])
  },
)

contextBridge.exposeInMainWorld('espalier', {
  isDesktop: true,
  pathOf: (file: File) => webUtils.getPathForFile(file),
})
