/** Requests over plain HTTP: the window's files, a link's code or a greeting for the session, a fresh link for a command. */
import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { protocol } from '#main/api/handshake'
import { end, endWith, headersFor, type Site } from './responses.ts'
import { answerUpload, isUpload } from './upload-requests.ts'
import { findWindowFile } from './window-files.ts'

const largestBody = 1024

/** A foreign Host means that a name was bound to this address to get around the browser's rules. */
export async function answer(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const { host, origin } = site
  if (request.headers.host !== host) return end(response, host, 421, 'This server answers to its own address only.')
  if (isUpload(request.url ?? '')) return answerUpload(request, response, site)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead) return sendFile(request, response, site)
  const route = request.method === 'POST' ? routes.get(request.url ?? '') : undefined
  if (!route) return end(response, host, 405, 'Not allowed')
  // a page says where it comes from, a command does not
  const from = request.headers.origin
  if (from !== undefined && from !== origin) return end(response, host, 403, 'Another site may not open a session.')
  return route(await readBody(request), response, site)
}

type Body = Readonly<Record<string, unknown>>
type Route = (body: Body, response: ServerResponse, site: Site) => Promise<void> | void

const routes: ReadonlyMap<string, Route> = new Map(
  Object.entries({
    /** A link's code for the session's key. */
    '/session': ({ code }, response, { host, access }) => {
      const redeemed = access.redeem(typeof code === 'string' ? code : '')
      if ('refusal' in redeemed) return end(response, host, 401, redeemed.refusal)
      return endWith(response, host, redeemed)
    },
    /** A nonce for the proof that Espalier answers here, and a challenge. */
    '/greeting': async ({ nonce }, response, { host, access }) =>
      typeof nonce === 'string'
        ? endWith(response, host, await access.greet(nonce))
        : end(response, host, 400, 'Expected a nonce.'),
    /** The answer to a challenge for a link that opens the window: for a command that is asked to serve what is served already. */
    '/link': async ({ answer: given }, response, { host, origin, access, windowFolder }) => {
      const isGuest = await access.isGuest([protocol, typeof given === 'string' ? given : ''])
      if (!isGuest) return end(response, host, 401, 'Expected an answer to a challenge.')
      return endWith(response, host, { url: windowFolder === null ? null : `${origin}/?code=${access.createCode()}` })
    },
  } satisfies Record<string, Route>),
)

async function sendFile(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const { windowFolder, origin, host } = site
  const found = windowFolder === null ? null : await findWindowFile(windowFolder, `${origin}${request.url ?? '/'}`)
  if (!found) return end(response, host, 404, 'Not found')
  response.writeHead(200, { ...headersFor(host), ...found.headers })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(found.file), response)
}

/** Empty when it is too long, or no object in JSON. */
async function readBody(request: IncomingMessage): Promise<Body> {
  let text = ''
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString()
    if (text.length > largestBody) return {}
  }
  try {
    return { ...(JSON.parse(text) as Body) } // whatever it is, its fields are looked at
  } catch {
    return {}
  }
}
