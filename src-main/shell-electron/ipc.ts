/** Serves the page over its ends of MessageChannels as a WebSocket is served: with the same routers and the same checks. */
import { ipcMain, type WebFrameMain } from 'electron'
import { RPCHandler } from '@orpc/server/message-port'
import type { AnyRouter } from '@orpc/server'
import { chosenChannel } from './channel.ts'
import { isOwnPage } from './protocol.ts'

/** Answers every port that the page sends. A reload makes a new channel, and the old port closes with the old page. */
export function answerPorts(channel: string, router: AnyRouter): void {
  const rpc = new RPCHandler(router)
  ipcMain.on(channel, ({ senderFrame, ports: [port] }) => {
    if (!port || !isWindow(senderFrame)) return
    rpc.upgrade(port)
    port.start()
  })
}

/** Hears the paths of files that a person chose or dropped. */
export function hearChosen(choose: (path: string) => void): void {
  ipcMain.on(chosenChannel, (event, path: unknown) => {
    if (isWindow(event.senderFrame) && typeof path === 'string') choose(path)
    event.returnValue = null
  })
}

/** Whether a message comes from our page in the window itself; its frame is null when the page is gone already. */
function isWindow(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isOwnPage(frame.url)
}
