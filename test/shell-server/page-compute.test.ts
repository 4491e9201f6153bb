/** The door for windows that compute: who may use it, and what comes of those who misuse it. */
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type WebSocket from 'ws'
import { startServer, type RunningServer } from '#main/shell-server/http'
import { encodeFrame } from '#main/compute/frames'
import { createProcessHost } from '#main/compute/host'
import { noJob, toMessage } from '#main/compute/page-channel'
import { createPageHost, type PageHost } from '#main/compute/page-host'
import { openTestServices, temporaryFolder } from '../support/services.ts'
import { openSocket, openTestServer, protocolsOf } from '../support/server.ts'

let host: PageHost
let server: RunningServer

beforeEach(async () => {
  host = createPageHost(createProcessHost())
  const { handlers } = await openTestServices(temporaryFolder())
  server = await startServer({ handlers, pages: host, port: 0, windowFolder: '' })
  onTestFinished(async () => {
    await server.close()
    await host.close()
  })
})

async function connect(): Promise<WebSocket> {
  const protocols = await protocolsOf(server)
  return openSocket(server, { protocols, origin: server.origin, path: '/compute' })
}

const closing = (socket: WebSocket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()))

const elsewhere = { type: 'checkpoint', checkpoint: { '../../x.json': Uint8Array.of(1) } }
const hello = (card: string | null): Uint8Array => toMessage(noJob, encodeFrame({ card }))

async function webgpuReason(): Promise<string> {
  for await (const event of host.run({ kind: 'probe' }).events)
    if (event.type === 'probed') return event.backends.find(({ name }) => name === 'webgpu')?.reason ?? ''
  throw new Error('The probe gave no answer')
}

describe('a window that offers its graphics card', () => {
  it('needs the key, like every window', async () => {
    const [, answer = ''] = await protocolsOf(server)
    for (const protocols of [[], ['espalier'], ['espalier', 'x'.repeat(answer.length)]])
      await expect(openSocket(server, { protocols, origin: server.origin, path: '/compute' })).rejects.toThrow('401')
  })

  it('is refused where nobody wants it', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    const without = await openTestServer(handlers, '')
    const protocols = await protocolsOf(without)
    await expect(openSocket(without, { protocols, origin: without.origin, path: '/compute' })).rejects.toThrow('401')
  })

  it('is no window that would keep the server going', async () => {
    const counts: number[] = []
    server.onWindows((count) => counts.push(count))
    await connect()
    expect(counts).toEqual([])
  })

  it('counts as the backend webgpu from its first message until it goes', async () => {
    const socket = await connect()
    expect(await webgpuReason()).not.toContain('in a window')
    socket.send(hello('Card 9000'))
    await expect.poll(webgpuReason, { timeout: 30_000 }).toBe('WebGPU on Card 9000, in a window')
    socket.close()
    await expect.poll(webgpuReason, { timeout: 30_000 }).not.toContain('in a window')
  })

  it('is let go when it has no card', async () => {
    const socket = await connect()
    const closed = closing(socket)
    socket.send(hello(null))
    await closed
  })

  it('is let go when it sends words', async () => {
    const socket = await connect()
    const closed = closing(socket)
    socket.send('hello')
    await closed
    await connect()
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['nonsense for a greeting', toMessage(noJob, encodeFrame('hello'))],
    ['a greeting with a card that has no name', toMessage(noJob, encodeFrame({ card: { toString: 1 } }))],
    ['an event of a job that is none', toMessage(1, encodeFrame(null))],
    ['an event of no known type', toMessage(1, encodeFrame({ type: '__proto__' }))],
    ['a checkpoint that would lie elsewhere', toMessage(1, encodeFrame(elsewhere))],
    ['half a number', Uint8Array.of(1, 2)],
    ['no frame', Uint8Array.of(1, 0, 0, 0, 255, 255, 255, 255)],
    ['no JSON', Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0, 123)],
  ])('is let go when it sends %s, and harms nobody', async (_, message) => {
    const socket = await connect()
    const closed = closing(socket)
    socket.send(message)
    await closed
    await connect()
  })
})
