/** WebSockets of the server: refused politely, bounded in size and number, and given up when the other end is gone. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { protocol } from '#main/api/handshake'
import { heartbeatMs, mostSockets, mostUnanswered, mostUnsent } from './limits.ts'

export interface SocketServer {
  /** Completes the upgrade and hands the open socket to `onOpen`; refuses it when there are too many already. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer, onOpen: (client: WebSocket) => void): void
  /** Calls the listener with the number of open sockets whenever it changes. */
  onCount(listener: (count: number) => void): void
  close(): void
}

/** `largestMessage` counts bytes. */
export function createSocketServer(largestMessage: number): SocketServer {
  const server = new WebSocketServer({
    ...{ noServer: true, maxPayload: largestMessage, handleProtocols: () => protocol },
  })
  const unanswered = new WeakMap<WebSocket, number>()
  const listeners = new Set<(count: number) => void>()
  const tell = (): void => listeners.forEach((listener) => listener(server.clients.size))
  const beat = setInterval(() => {
    for (const client of server.clients) {
      const missed = unanswered.get(client) ?? 0
      if (missed >= mostUnanswered || client.bufferedAmount > mostUnsent) client.terminate()
      unanswered.set(client, missed + 1)
      client.ping()
    }
  }, heartbeatMs).unref()
  return {
    take(request, socket, head, onOpen) {
      if (server.clients.size >= mostSockets) return refuse(socket, '503 Too many windows')
      server.handleUpgrade(request, socket, head, (client) => {
        client.on('error', () => client.terminate())
        client.on('pong', () => unanswered.set(client, 0))
        client.once('close', tell)
        onOpen(client)
        tell()
      })
    },
    onCount: (listener) => void listeners.add(listener),
    close() {
      clearInterval(beat)
      for (const client of server.clients) client.terminate()
    },
  }
}

/** Answers an upgrade with a status and lets the connection go, also where the other side would keep its half open. */
export function refuse(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
