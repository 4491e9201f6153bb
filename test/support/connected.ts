/** The window's client, connected to real services as the desktop shell connects it: over a port of a message channel. */
import { RPCHandler } from '@orpc/server/message-port'
import { onTestFinished } from 'vitest'
import { createRouter } from '#main/api/router'
import type { Services } from '#main/services/services'
import { connect } from '#window/client.ts'

/** Connects until the test ends. */
export async function connectTo({ handlers }: Services): Promise<void> {
  const rpc = new RPCHandler(createRouter(handlers, () => undefined))
  const opened: MessagePort[] = []
  Object.assign(window, {
    espalier: { isDesktop: true },
    // the preload script of the desktop shell listens for this message
    postMessage(_message: unknown, _origin: string, [port]: MessagePort[]) {
      if (!port) return
      opened.push(port)
      rpc.upgrade(port)
      port.start()
    },
  })
  onTestFinished(() => {
    for (const port of opened) port.close()
  })
  await connect()
}
