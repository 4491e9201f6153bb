/** Connections that break off, stall or talk nonsense: the server goes on answering everybody else. */
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { RunningServer } from '#main/shell-server/http'
import { openTestServices, temporaryFolder } from '../support/services.ts'
import { openSocket, openTestServer, send, protocolsOf } from '../support/server.ts'

let server: RunningServer

beforeEach(async () => {
  const { handlers } = await openTestServices(temporaryFolder())
  server = await openTestServer(handlers, temporaryFolder())
})

/** A bare connection to the server, gone at the end of the test whatever it did. */
async function openBare(): Promise<Socket> {
  const { hostname, port } = new URL(server.origin)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

const upgrade = (path: string, host: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '\r\n',
  ].join('\r\n')

const answers = async (): Promise<boolean> => (await send(server, { path: '/nothing' })).status === 404

describe('a refused upgrade', () => {
  it.each(['at once', 'after the refusal', 'in the middle of more bytes'])('is reset %s', async (moment) => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const socket = await openBare()
      socket.write(upgrade(attempt % 2 === 0 ? '/rpc' : '/compute', new URL(server.origin).host))
      if (moment === 'after the refusal') await once(socket, 'data')
      if (moment === 'in the middle of more bytes') socket.write(Buffer.alloc(1 << 16, 7))
      socket.resetAndDestroy()
    }
    expect(await answers()).toBe(true)
  })

  it('ends the connection though the other side keeps its half open', async () => {
    const socket = await openBare()
    socket.write(upgrade('/rpc', new URL(server.origin).host))
    socket.resume()
    await once(socket, 'end')
    const failed = new Promise((resolve) => socket.once('error', resolve))
    const knocking = setInterval(() => socket.write('still here'), 20)
    onTestFinished(() => clearInterval(knocking))
    expect(await failed).toMatchObject({ code: expect.stringMatching(/EPIPE|ECONNRESET/) as string })
  })
})

describe('limits', () => {
  const open = async () => openSocket(server, { protocols: await protocolsOf(server), origin: server.origin })

  it('more connections than any person needs are closed, and room is made when others go', async () => {
    const sockets = await Promise.all(Array.from({ length: 400 }, openBare))
    const closed = sockets.map((socket) => new Promise((resolve) => socket.resume().once('end', resolve)))
    await Promise.any(closed)
    for (const socket of sockets) socket.resetAndDestroy()
    await expect.poll(() => answers().catch(() => false)).toBe(true)
  })

  it('more windows than any person needs are refused', async () => {
    for (let opened = 0; opened < 64; opened++) await open()
    await expect(open()).rejects.toThrow('503')
  })

  it('a message too long for any text is refused by what it announces', async () => {
    const socket = await open()
    const closed = new Promise((resolve) => socket.once('close', resolve))
    const announced = Buffer.alloc(14)
    announced.set([0x81, 0xff])
    announced.writeBigUInt64BE(540_000_000n, 2)
    rawOf(socket).write(announced)
    expect(await closed).toBe(1009)
    expect(await answers()).toBe(true)
  })

  it('a thousand requests at once are answered or turned away', async () => {
    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => answers().catch(() => null)))
    expect(outcomes).not.toContain(false)
    expect(outcomes).toContain(true)
    expect(await answers()).toBe(true)
  })
})

describe('nonsense', () => {
  it.each([
    ['no HTTP', '\u0016\u0003\u0001 hello\r\n\r\n'],
    ['a header without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}`],
    ['an upgrade to something else', 'GET /rpc HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'],
    ['a CONNECT', 'CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an absolute address', 'GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('%s costs nobody else anything', async (_, text) => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const socket = await openBare()
      socket.write(text)
      if (attempt % 2 === 0) await new Promise((resolve) => socket.once('end', resolve).once('data', resolve))
      socket.resetAndDestroy()
    }
    expect(await answers()).toBe(true)
  })

  it('is let go when it stands in a frame of an open window, and the others stay', async () => {
    const handshake = async () => ({ protocols: await protocolsOf(server), origin: server.origin })
    const other = await openSocket(server, await handshake())
    for (const frame of [
      [0xff, 0xff, 0xff, 0xff], // reserved bits
      [0x81, 0x7f, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], // larger than any memory
      [0x83, 0x80, 0, 0, 0, 0], // an opcode that there is not
      [0x81, 0x01, 0x41], // no mask
      [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28], // no UTF-8
    ]) {
      const socket = await openSocket(server, await handshake())
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.on('error', () => undefined)
      rawOf(socket).write(Buffer.from(frame))
      await closed
    }
    expect(other.readyState).toBe(other.OPEN)
    expect(await answers()).toBe(true)
  })

  it.each(['', '{', 'null', '[]', '{"i":1}', '{"i":"1","p":{"u":"nowhere"}}', '{"i":"1","p":{"u":"/runs/__proto__"}}'])(
    'is no call: %s',
    async (text) => {
      vi.spyOn(console, 'error').mockImplementation(() => undefined) // the router's package tells the terminal
      onTestFinished(() => void vi.restoreAllMocks())
      const socket = await openSocket(server, {
        protocols: await protocolsOf(server),
        origin: server.origin,
      })
      socket.send(text)
      socket.send(Buffer.from(text))
      const heard: unknown[] = []
      socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString())))
      socket.send('{"i":"9","p":{"u":"/corpora/list","b":{}}}')
      await expect.poll(() => heard).toContainEqual({ i: '9', p: { b: { json: [] } } })
    },
  )
})

/** The connection under a WebSocket. */
function rawOf(socket: object): Socket {
  return Reflect.get(socket, '_socket') as Socket
}
