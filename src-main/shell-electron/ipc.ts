/** Serves the page over its end of a MessageChannel as a WebSocket is served: with the same router and the same checks. */
import { ipcMain } from 'electron'
import { RPCHandler } from '@orpc/server/message-port'
import type { Handlers } from '#main/api/handlers'
import { createRouter } from '#main/api/router'
import { connectChannel } from './channel.ts'
import { isOwnPage } from './protocol.ts'

/** Answers every port that the page sends. A reload makes a new channel, and the old port closes with the old page. */
export function answerPorts(handlers: Handlers, log: (message: string) => void): void {
  const rpc = new RPCHandler(createRouter(handlers, log))
  ipcMain.on(connectChannel, ({ senderFrame, ports: [port] }) => {
    const isTopFrame = senderFrame !== null && senderFrame.parent === null // null when the page is gone already
    if (!port || !isTopFrame || !isOwnPage(senderFrame.url)) return
    rpc.upgrade(port)
    port.start()
  })
}
