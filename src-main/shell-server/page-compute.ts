/** A page's socket as a channel that carries jobs to the page and events back. */
import type { WebSocket } from 'ws'
import type { PageChannel } from '#main/compute/page-channel'

export function toChannel(socket: WebSocket): PageChannel {
  return {
    send: (message) => socket.send(message),
    close: () => socket.close(),
    listen({ onMessage, onClose }) {
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) onMessage(data)
        else socket.terminate() // no page says anything in words
      })
      socket.once('close', onClose)
    },
  }
}
