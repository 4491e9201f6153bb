/** Answers of the interface for extraction: one resource, the description of it, and what tells that it is there. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gatherText } from '#main/core/gather-text'
import type { Json } from '#main/core/json'
import type { ReadSettings } from '#main/document/read-settings'
import { jsonOf, type Answer } from '#main/services/filter/answers'
import { bytesOf, readBody } from './body.ts'
import { documentsOf } from './extract-request.ts'
import { idleMs, mostHeld, retrySeconds } from './limits.ts'
import { openApi } from './openapi.ts'
import { Refusal } from './refusal.ts'
import { Busy, type Waiting } from './waiting.ts'

export interface Served {
  readonly waiting: Waiting
  readonly token: string
  /** What the model is, for those who hold the token. */
  readonly model: { readonly name: string; readonly runId: string; readonly relations: readonly string[] }
  readonly settings: ReadSettings
  readonly version: string
  /** Told of what is no client's fault. */
  readonly log: (message: string) => void
}

/** Bytes of bodies whose answers are not taken yet. */
export interface Held {
  bytes: number
}

const busy = (): Refusal =>
  new Refusal(503, 'Too many requests wait. Try again in a moment.', { 'retry-after': String(retrySeconds) })

export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  served: Served,
  held: Held,
): Promise<void> {
  try {
    await route(request, response, served, held)
  } catch (error) {
    if (response.headersSent) return void response.destroy()
    const refusal = toRefusal(error, served.log)
    if (!request.complete) leaveAfter(request, response)
    send(response, refusal.status, { error: refusal.message }, refusal.headers)
  }
}

/** Time for a client to hear the answer before its connection ends, while what it still sends goes nowhere. */
const lingerMs = 1000

/** A connection that is ended at once takes the answer with it when its client is still sending. */
function leaveAfter(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request
  response.once('finish', () => {
    request.resume()
    socket.end()
    setTimeout(() => socket.destroy(), lingerMs).unref()
  })
}

function toRefusal(error: unknown, log: Served['log']): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof Busy) return busy()
  log(error instanceof Error ? error.message : String(error))
  return new Refusal(500, 'The documents could not be predicted. The server says why on its standard error.')
}

async function route(request: IncomingMessage, response: ServerResponse, served: Served, held: Held): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0]
  if (path === '/openapi.json' && isRead(request)) return send(response, 200, openApi(served.version))
  if (path === '/healthz' && isRead(request)) return send(response, 200, { status: 'ok' })
  if (path !== '/v1/extract' && path !== '/v1/model')
    throw new Refusal(404, 'There is nothing here: GET /openapi.json describes what there is.')
  if (!holdsToken(request, served.token))
    throw new Refusal(401, 'Send the token of this server: "Authorization: Bearer TOKEN".', {
      'www-authenticate': 'Bearer',
    })
  if (path === '/v1/model') {
    if (!isRead(request)) throw new Refusal(405, 'The model can only be asked for.', { allow: 'GET' })
    return send(response, 200, served.model)
  }
  if (request.method !== 'POST') throw new Refusal(405, 'Documents are sent by POST.', { allow: 'POST' })
  await extract(request, response, served, held)
}

async function extract(request: IncomingMessage, response: ServerResponse, served: Served, held: Held): Promise<void> {
  const { waiting, settings, model } = served
  const gone = new AbortController()
  let own = bytesOf(request)
  if (held.bytes + own > mostHeld) throw busy()
  held.bytes += own
  response.once('close', () => {
    held.bytes -= own
    gone.abort()
  })
  const body = await readBody(request)
  held.bytes += body.length - own
  own = body.length
  request.socket.setTimeout(0) // nothing crosses the connection while the answer is computed, however long that takes
  const answers = await waiting.ask(documentsOf(body, settings), gone.signal)
  request.socket.setTimeout(idleMs)
  const { name, runId } = model
  response.writeHead(200, contentHeaders)
  for (const piece of gatherText(bodyOf({ name, runId }, answers))) {
    if (gone.signal.aborted) return
    if (!response.write(piece)) await once(response, 'drain', { signal: gone.signal }).catch(() => undefined)
  }
  response.end()
}

function* bodyOf(model: Json, answers: readonly Answer[]): Generator<string> {
  yield `{"model":${JSON.stringify(model)},"documents":[`
  for (const [at, answer] of answers.entries()) {
    if (at > 0) yield ','
    yield* jsonOf(answer)
  }
  yield ']}'
}

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

/** Compared by their hashes: how long that takes says nothing about the token. */
function holdsToken({ headers }: IncomingMessage, token: string): boolean {
  const [, given = ''] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? []
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(token))
}

function send(
  response: ServerResponse,
  status: number,
  value: Json,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendText(response, status, JSON.stringify(value), headers)
}

const contentHeaders = {
  ...{ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  'x-content-type-options': 'nosniff',
}

function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(text)
  response.writeHead(status, {
    ...contentHeaders,
    ...{ 'content-length': bytes.length, ...headers },
  })
  response.end(response.req.method === 'HEAD' ? undefined : bytes)
}
