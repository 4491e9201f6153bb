/** The page's end of a MessageChannel arrives here and is served like a WebSocket: same router, same checks. */
import { ipcMain } from 'electron'
import { RPCHandler } from '@orpc/server/message-port'
import type { Handlers } from '#main/api/handlers'
import { createRouter } from '#main/api/router'
import { connectChannel } from './channel.ts'
import { isOwnPage } from './protocol.ts'

/** A reload connects anew by itself: the page makes the channel, and its old port closes with it. */
export function answerPorts(handlers: Handlers, log: (message: string) => void): void {
  const rpc = new RPCHandler(createRouter(handlers, log))
  ipcMain.on(connectChannel, ({ senderFrame, ports: [port] }) => {
    const isTopFrame = senderFrame !== null && senderFrame.parent === null // null when the page is gone already
    if (!port || !isTopFrame || !isOwnPage(senderFrame.url)) return
    rpc.upgrade(port)
    port.start()
  })
}
