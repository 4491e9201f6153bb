/** Files come in over HTTP from whoever holds the key, and from nobody else; hostile senders cost nobody anything. */
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { randomText } from '#main/api/handshake'
import type { Uploads } from '#main/files/uploads'
import { startServer, type RunningServer } from '#main/shell-server/http'
import { protocolsOf, send, type Sent } from '../support/server.ts'
import { openTestServices, temporaryFolder } from '../support/services.ts'
import { textOf } from '../support/sources.ts'

let server: RunningServer
let uploads: Uploads
let folder: string

beforeEach(async () => {
  const workspace = temporaryFolder()
  const services = await openTestServices(workspace)
  folder = path.join(workspace, 'incoming')
  uploads = services.uploads
  server = await startServer({ handlers: services.handlers, uploads, port: 0, windowFolder: null })
  onTestFinished(() => server.close())
})

async function authorization(): Promise<string> {
  const [, answer = ''] = await protocolsOf(server)
  return `Espalier ${answer}`
}

async function ask(request: Sent): Promise<{ readonly status: number; readonly body: string }> {
  const headers = { authorization: await authorization(), origin: server.origin, ...request.headers }
  const { status, body } = await send(server, { ...request, headers })
  return { status, body }
}

async function begin(name: string, size: number): Promise<string> {
  const { status, body } = await ask({ method: 'POST', path: '/uploads', body: JSON.stringify({ name, size }) })
  expect(status).toBe(200)
  return (JSON.parse(body) as { uploadId: string }).uploadId
}

const put = (uploadId: string, offset: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
  ask({
    ...{ method: 'PUT', path: `/uploads/${uploadId}`, body },
    headers: { 'upload-offset': offset, 'content-length': String(Buffer.byteLength(body)), ...headers },
  })

const contentOf = async (uploadId: string): Promise<string> =>
  textOf((await uploads.expand(uploadId)).sources[0] ?? null)

/** A bare connection to the server, gone at the end of the test. */
async function openBare(): Promise<Socket> {
  const { hostname, port } = new URL(server.origin)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

async function headOf(uploadId: string, offset: number, length: string): Promise<string> {
  return [
    `PUT /uploads/${uploadId} HTTP/1.1`,
    ...[`Host: ${new URL(server.origin).host}`, `Authorization: ${await authorization()}`, `Upload-Offset: ${offset}`],
    ...[`Content-Length: ${length}`, '\r\n'],
  ].join('\r\n')
}

describe('a file', () => {
  it('comes in pieces, and can be asked how far it has come', async () => {
    const uploadId = await begin('corpus/Übung.txt', 6)
    expect(JSON.parse((await put(uploadId, '0', 'abc')).body)).toMatchObject({ received: 3, size: 6 })
    expect(await put(uploadId, '0', 'abc')).toMatchObject({ status: 200 })
    const { body } = await ask({ path: `/uploads/${uploadId}` })
    expect(JSON.parse(body)).toEqual({ uploadId, name: 'corpus/Übung.txt', size: 6, received: 3 })
    expect(JSON.parse((await put(uploadId, '3', 'def')).body)).toMatchObject({ received: 6 })
    expect(await contentOf(uploadId)).toBe('abcdef')
    expect((await ask({ method: 'DELETE', path: `/uploads/${uploadId}` })).status).toBe(200)
    expect(await ask({ path: `/uploads/${uploadId}` })).toEqual({
      ...{ status: 404, body: 'This upload is not there any more. Choose the file again.' },
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('that begins elsewhere is told where it has come to', async () => {
    const uploadId = await begin('a.txt', 9)
    await put(uploadId, '0', 'abc')
    const { status, body } = await put(uploadId, '5', 'x')
    expect([status, (JSON.parse(body) as { received: number }).received]).toEqual([409, 3])
    expect((await put(uploadId, '9007199254740991', 'x')).status).toBe(409)
  })

  it('that is larger than the disk is refused before a byte is sent', async () => {
    const body = JSON.stringify({ name: 'large.json', size: 2 ** 52 })
    const answer = await ask({ method: 'POST', path: '/uploads', body })
    expect(answer).toMatchObject({
      status: 507,
      body: expect.stringContaining('large.json has 4503599.6 GB') as string,
    })
  })
})

describe('a sender without a right', () => {
  it('is refused, whatever it asks for', async () => {
    const uploadId = await begin('a.txt', 3)
    const good = await authorization()
    const wrong = [
      '',
      'Espalier',
      'Espalier x',
      `Bearer ${good.slice(9)}`,
      `${good.slice(0, -2)}xx`,
      `Espalier ${randomText()}`,
    ]
    for (const value of wrong)
      for (const [method, at] of [
        ['POST', ''],
        ['PUT', `/${uploadId}`],
        ['GET', `/${uploadId}`],
        ['DELETE', `/${uploadId}`],
      ] as const) {
        const headers = { authorization: value, 'upload-offset': '0', 'content-length': '3' }
        expect(
          (await send(server, { method, path: `/uploads${at}`, headers, body: 'abc' })).status,
          `${method} ${value}`,
        ).toBe(401)
      }
    for (const origin of ['https://example.org', 'http://127.0.0.1:1', 'null'])
      expect((await put(uploadId, '0', 'abc', { origin })).status).toBe(403)
    expect((await put(uploadId, '0', 'abc', { host: 'espalier.example' })).status).toBe(421)
    expect(uploads.state(uploadId).received).toBe(0)
  })

  it('finds no other upload and no path', async () => {
    for (const id of ['', 'x', '..', '../espalier.sqlite', '%2e%2e%2fespalier.sqlite', '__proto__', 'x'.repeat(9000)])
      expect([404, 405]).toContain((await ask({ path: `/uploads/${id}` })).status)
  })
})

describe('a hostile sender', () => {
  it.each([
    ['-1', {}],
    ['1e3', {}],
    ['0x0', {}],
    ['', {}],
    ['9'.repeat(400), {}],
    ['99999999999999999999', {}],
  ])('is refused an offset of %s', async (offset) => {
    const uploadId = await begin('a.txt', 3)
    expect(await put(uploadId, offset, 'abc')).toMatchObject({
      status: 400,
      body: expect.stringContaining('Upload-Offset') as string,
    })
    expect(uploads.state(uploadId).received).toBe(0)
  })

  it('is refused a length that is negative, too long or beyond the end', async () => {
    const uploadId = await begin('a.txt', 3)
    const answerTo = async (length: string): Promise<string> => {
      const socket = await openBare()
      socket.write(await headOf(uploadId, 0, length))
      const [data] = (await once(socket, 'data')) as [Buffer]
      return data.toString().slice(9, 12)
    }
    for (const length of ['-1', 'x', '4', '99999999', '9007199254740993', '1, 2'])
      expect(await answerTo(length), length).toBe('400')
    expect(uploads.state(uploadId).received).toBe(0)
  })

  it('that says nothing of the length is refused', async () => {
    const uploadId = await begin('a.txt', 3)
    const chunked = { 'transfer-encoding': 'chunked', 'upload-offset': '0' }
    expect((await ask({ method: 'PUT', path: `/uploads/${uploadId}`, headers: chunked, body: 'abc' })).status).toBe(400)
  })

  it('that begins nonsense is refused', async () => {
    const notes = [
      '',
      '{',
      'null',
      '[]',
      '{"name":"a"}',
      '{"name":"","size":1}',
      '{"name":"a","size":-1}',
      '{"name":"a","size":1.5}',
      '{"name":"a","size":"1"}',
      '{"name":1,"size":1}',
      `{"name":"${'x'.repeat(40_000)}","size":1}`,
    ]
    for (const body of notes)
      expect((await ask({ method: 'POST', path: '/uploads', body })).status, body.slice(0, 40)).toBe(400)
  })

  it('that breaks off in the middle of a piece leaves what came, and a second one goes on', async () => {
    const uploadId = await begin('a.txt', 300_000)
    const text = 'x'.repeat(300_000)
    for (let round = 0; round < 20; round++) {
      const { received } = uploads.state(uploadId)
      const socket = await openBare()
      socket.write((await headOf(uploadId, received, String(300_000 - received))) + text.slice(0, 1000 * (round + 1)))
      await expect.poll(() => uploads.state(uploadId).received).toBe(received + 1000 * (round + 1))
      socket.resetAndDestroy()
    }
    const { received } = uploads.state(uploadId)
    expect(received).toBe(210_000)
    await put(uploadId, String(received), text.slice(received))
    expect(await contentOf(uploadId)).toBe(text)
  })

  it('that stalls holds nobody up, and is replaced by whoever comes next', async () => {
    const uploadId = await begin('a.txt', 6)
    const stalled = await openBare()
    stalled.write(`${await headOf(uploadId, 0, '6')}ab`)
    await expect.poll(() => uploads.state(uploadId).received).toBe(2)
    expect((await put(uploadId, '2', 'cdef')).status).toBe(200)
    stalled.write('XXXX')
    const [data] = (await once(stalled, 'data')) as [Buffer]
    expect(data.toString()).toMatch(/^HTTP\/1.1 (423|200)/)
    expect(await contentOf(uploadId)).toBe('abcdef')
  })
})

it('a program that takes no files in says so', async () => {
  const { handlers } = await openTestServices(temporaryFolder())
  server = await startServer({ handlers, port: 0, windowFolder: null })
  onTestFinished(() => server.close())
  expect(await ask({ method: 'POST', path: '/uploads', body: '{}' })).toMatchObject({ status: 404 })
})
