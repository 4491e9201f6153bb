/** The two channels from a page that computes to the services: a WebSocket, or the desktop shell's port. */
import type { PageChannel } from '#main/compute/page-channel'

/** @throws Error when the server refuses the connection. */
export async function openSocketChannel(address: string, protocols: readonly string[]): Promise<PageChannel> {
  const socket = new WebSocket(address, [...protocols])
  socket.binaryType = 'arraybuffer'
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error('Espalier refused the graphics card of this window.')), {
      once: true,
    })
  })
  return {
    send: (message) => socket.send(message),
    close: () => socket.close(),
    listen({ onMessage, onClose }) {
      socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => onMessage(new Uint8Array(data)))
      socket.addEventListener('close', onClose)
    },
  }
}

export function openPortChannel(): PageChannel {
  const { port1, port2 } = new MessageChannel()
  window.postMessage({ type: 'espalier-compute' }, location.origin, [port2])
  return {
    send: (message) => port1.postMessage(message),
    close: () => port1.close(),
    listen({ onMessage, onClose }) {
      port1.addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => onMessage(data))
      port1.addEventListener('close', onClose)
      port1.start()
    },
  }
}
