/**
 * Requests that bring files in: begin (POST /uploads), a piece (PUT /uploads/ID), how far it has come (GET), the end of it
 * (DELETE). Each answers a challenge in its Authorization header, as WebSockets do in their protocol.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { protocol } from '#main/api/handshake'
import { AppError } from '#main/core/errors'
import { WrongOffset, type UploadState } from '#main/files/upload'
import type { Uploads } from '#main/files/uploads'
import { largestPiece } from './limits.ts'
import { end, endWith, type Site } from './responses.ts'

const uploadsPath = '/uploads'
/** A name is a path of at most 4096 bytes; in JSON each may take six characters. */
const largestNote = 32_768

export function isUpload(url: string): boolean {
  return url === uploadsPath || url.startsWith(`${uploadsPath}/`)
}

export async function answerUpload(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const { host, origin, access, uploads } = site
  const refuse = (status: number, sentence: string): void => {
    response.shouldKeepAlive = false // what the sender still has to say is not waited for
    end(response, host, status, sentence)
  }
  const { origin: from, authorization = '' } = request.headers
  if (from !== undefined && from !== origin) return refuse(403, 'Another site may not send files.')
  const [, answer = ''] = /^Espalier (\S+)$/.exec(authorization) ?? []
  if (!(await access.isGuest([protocol, answer]))) return refuse(401, 'Expected an answer to a challenge.')
  if (!uploads) return refuse(404, 'This program takes no files in. Give their paths.')
  try {
    const state = await handle(request, uploads)
    if (state === null) return refuse(405, 'Not allowed')
    endWith(response, host, state)
  } catch (error) {
    if (response.destroyed) return
    response.shouldKeepAlive = false
    if (error instanceof WrongOffset) return endWith(response, host, error.state, 409)
    if (!(error instanceof AppError)) throw error
    refuse(statuses[error.code] ?? 500, error.message)
  }
}

const statuses: Partial<Record<AppError['code'], number>> = {
  ...{ 'not-found': 404, 'invalid-input': 400, conflict: 423, storage: 507 },
}

/** Null for a request that means nothing. */
async function handle(request: IncomingMessage, uploads: Uploads): Promise<UploadState | object | null> {
  const { method, url = '' } = request
  if (url === uploadsPath) return method === 'POST' ? begin(request, uploads) : null
  const uploadId = url.slice(uploadsPath.length + 1)
  if (method === 'GET') return uploads.state(uploadId)
  if (method === 'PUT') return receivePiece(request, uploads, uploadId)
  if (method !== 'DELETE') return null
  await uploads.remove(uploadId)
  return {}
}

async function begin(request: IncomingMessage, uploads: Uploads): Promise<UploadState> {
  const { name, size } = await readNote(request)
  if (typeof name !== 'string' || name === '' || typeof size !== 'number' || !isCount(size))
    throw new AppError('invalid-input', 'Expected {"name", "size"}: the name of the file and the number of its bytes.')
  return uploads.begin(name, size)
}

async function receivePiece(request: IncomingMessage, uploads: Uploads, uploadId: string): Promise<UploadState> {
  const { size, name } = uploads.state(uploadId)
  const offset = toCount(request.headers['upload-offset'])
  const length = toCount(request.headers['content-length'])
  if (offset === null || length === null)
    throw new AppError('invalid-input', 'Expected the headers Upload-Offset and Content-Length, numbers of bytes.')
  if (length > largestPiece)
    throw new AppError('invalid-input', `A piece of ${length} bytes is too long. Send at most ${largestPiece} at once.`)
  if (offset <= size && offset + length > size)
    throw new AppError('invalid-input', `${name} was announced with ${size} bytes, and more would come. Send it anew.`)
  return uploads.write(uploadId, offset, request as AsyncIterable<Uint8Array>)
}

/** Null for what is not a number of bytes, written in digits. */
function toCount(header: string | readonly string[] | undefined): number | null {
  const count = typeof header === 'string' && /^\d{1,16}$/.test(header) ? Number(header) : -1
  return isCount(count) ? count : null
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

async function readNote(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    if ((length += piece.length) > largestNote) return {}
    pieces.push(piece)
  }
  try {
    return { ...(JSON.parse(Buffer.concat(pieces).toString()) as object) } // whatever it is, its fields are looked at
  } catch {
    return {}
  }
}
