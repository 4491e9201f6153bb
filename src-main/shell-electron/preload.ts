/** Preload script: passes the ports of the page on to the main process, and tells both where a file lies that a person chose. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { chosenChannel, computeChannel, connectChannel, desktopChannel } from './channel.ts'

window.addEventListener(
  'message',
  ({ source, origin, data, ports: [port] }: MessageEvent<{ type?: unknown } | null>) => {
    const channel = [connectChannel, computeChannel, desktopChannel].find((name) => name === data?.type)
    if (source !== window || origin !== location.origin || !channel || !port) return
    ipcRenderer.postMessage(channel, null, [port])
  },
)

contextBridge.exposeInMainWorld('espalier', {
  isDesktop: true,
  pathOf(file: File): string {
    const path = webUtils.getPathForFile(file)
    // main hears of it before the page can name it
    if (path !== '') ipcRenderer.sendSync(chosenChannel, path)
    return path
  },
})
