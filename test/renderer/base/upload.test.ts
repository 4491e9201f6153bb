/** The window sends files whole, over connections that break, programs that are started again and disks that are full. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import path from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { shakeHands, type Greeting } from '#main/api/handshake'
import { createUploads, type Uploads } from '#main/files/uploads'
import { startServer, type RunningServer } from '#main/shell-server/http'
import { uploadFile, type UploadOptions } from '../../../src-renderer/base/upload.ts'
import { keyOf } from '../../support/server.ts'
import { openTestServices, temporaryFolder } from '../../support/services.ts'
import { bytesOf } from '../../support/sources.ts'

let server: RunningServer
let uploads: Uploads
let key: string

async function serve(options: Partial<Parameters<typeof createUploads>[0]> = {}): Promise<void> {
  const { handlers } = await openTestServices(temporaryFolder())
  uploads = createUploads({ folder: path.join(temporaryFolder(), 'incoming'), ...options })
  onTestFinished(() => uploads.close())
  server = await startServer({ handlers, uploads, port: 0, windowFolder: null })
  onTestFinished(() => server.close())
  key = await keyOf(server)
}

beforeEach(() => serve())

async function authorize(): Promise<string> {
  const ask = async (nonce: string): Promise<Greeting> => {
    const response = await fetch(`${server.origin}/greeting`, { method: 'POST', body: JSON.stringify({ nonce }) })
    return (await response.json()) as Greeting
  }
  const [, answer = ''] = await shakeHands(key, ask)
  return `Espalier ${answer}`
}

const send = (file: File, options: Partial<UploadOptions> = {}): Promise<string> =>
  uploadFile(file, { address: server.origin, authorize, pauseMs: 1, ...options }).then(({ uploadId }) => uploadId)

async function contentOf(uploadId: string): Promise<Buffer> {
  const [source] = (await uploads.expand(uploadId)).sources
  return Buffer.from(source ? await bytesOf(source) : 'no source')
}

const made = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).map((_, at) => (at * 7919) % 251)

/** Stands between window and server, with the server's address as Host, and cuts each connection after so many bytes. */
async function openCuttingProxy(bytesUntilCut: () => number): Promise<string> {
  const target = new URL(server.origin)
  const proxy = createServer((client: Socket) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port) })
    let left = bytesUntilCut()
    client.on('data', (data: Buffer) => {
      const text = data.toString('latin1').replace(/^host: .*$/im, `host: ${target.host}`)
      upstream.write(Buffer.from(text, 'latin1').subarray(0, left))
      if ((left -= data.length) > 0) return
      upstream.end()
      client.resetAndDestroy()
    })
    upstream.on('data', (data: Buffer) => client.write(data))
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.end())
    }
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void proxy.close())
  await once(proxy, 'listening')
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
}

describe('a file', () => {
  it('of any bytes comes whole in pieces of any size, with its progress told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 20, max: 400 }),
        async (bytes, pieceBytes) => {
          const progress: number[] = []
          const file = new File([new Uint8Array(bytes)], 'a.bin')
          const uploadId = await send(file, { pieceBytes, onProgress: (received) => progress.push(received) })
          expect(await contentOf(uploadId)).toEqual(Buffer.from(bytes))
          expect(progress).toEqual([...progress].sort((one, other) => one - other))
          expect(progress.at(-1) ?? 0).toBe(bytes.length)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('is known by its name', async () => {
    const uploadId = await send(new File(['x'], 'Übung 中文.txt'))
    expect(uploads.state(uploadId).name).toBe('Übung 中文.txt')
  })

  it('comes whole over a connection that breaks again and again', async () => {
    let connections = 0
    const address = await openCuttingProxy(() => (connections++, 150_000))
    const bytes = made(1_000_000)
    const uploadId = await send(new File([bytes], 'a.bin'), { address, pieceBytes: 300_000 })
    expect(await contentOf(uploadId)).toEqual(Buffer.from(bytes))
    expect(connections).toBeGreaterThan(5)
  })

  it('is sent anew when the services forgot it, as after a start', async () => {
    const bytes = made(5000)
    let isForgotten = false
    const onProgress = (): void => {
      if (isForgotten) return
      isForgotten = true
      void uploads.remove(first)
    }
    let first = ''
    const begin = uploads.begin.bind(uploads)
    uploads.begin = async (name, size) => {
      const state = await begin(name, size)
      first ||= state.uploadId
      return state
    }
    const uploadId = await send(new File([bytes], 'a.bin'), { pieceBytes: 1000, onProgress })
    expect(uploadId).not.toBe(first)
    expect(await contentOf(uploadId)).toEqual(Buffer.from(bytes))
  })
})

describe('a file that cannot be sent', () => {
  it('is told with the services’ sentence when the disk has no room', async () => {
    await serve({ freeBytes: async () => 512e6 + 3 })
    await expect(send(new File(['four'], 'a.txt'))).rejects.toThrow('a.txt has 0.0 GB, and uploads may take 0.0 GB')
  })

  it('is given up with a sentence when nobody answers', async () => {
    await server.close()
    await expect(send(new File(['x'], 'a.txt'))).rejects.toThrow(
      'a.txt could not be sent: Espalier does not answer. Start it again and choose the file again.',
    )
  })

  it('is removed when the person stops it', async () => {
    const stop = new AbortController()
    let uploadId = ''
    const begin = uploads.begin.bind(uploads)
    uploads.begin = async (name, size) => {
      const state = await begin(name, size)
      ;({ uploadId } = state)
      return state
    }
    const sending = send(new File([made(5000)], 'a.bin'), {
      ...{ pieceBytes: 1000, signal: stop.signal },
      onProgress: () => stop.abort(),
    })
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
    expect(() => uploads.state(uploadId)).toThrow('is not there any more')
  })

  it('is named when it went away from the disk', async () => {
    const file = new File([made(5000)], 'a.bin')
    file.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) as unknown as Blob
    await expect(send(file)).rejects.toThrow(
      'a.bin cannot be read any more: it changed or went away. Choose the file again.',
    )
  })
})
