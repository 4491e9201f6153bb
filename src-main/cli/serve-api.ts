/** espalier serve --api: serves extraction with the model of a folder until it is told to stop. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createProcessHost } from '#main/compute/host'
import { AppError } from '#main/core/errors'
import { withoutGold } from '#main/document/labelled-sentence'
import { openModelFolder } from '#main/model-folder/model-folder'
import { openStandalone } from '#main/services/models/standalone'
import { serveApi } from '#main/shell-server/extract-api/serve'

export interface ApiOptions {
  readonly port?: number
  readonly tokenFile?: string
  readonly threads?: number
  readonly json?: boolean
}

/** Port that is tried when none is asked for. */
const usualPort = 41_528
const leastToken = 16

export async function serveFolder(
  folder: string,
  { port = usualPort, tokenFile, threads = 0, json }: ApiOptions,
): Promise<void> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`)
  const token = await tokenFrom(tokenFile)
  const model = await openModelFolder(folder)
  const compute = createProcessHost()
  const session = openStandalone(model, { compute, backend: 'wasm', threads, tell: log })
  try {
    await session.predict(model.facts.selfCheck.slice(0, 1).map(withoutGold)) // the first request need not wait for the model
    const api = await serveApi({ model, session, token, port, log })
    process.stdout.write(
      json ? `${JSON.stringify({ url: api.url, token })}\n` : `${describe(api.url, token, tokenFile)}\n`,
    )
    await stopAsked()
    log('Answering what has come, then ending.')
    await api.close()
  } finally {
    session.close()
    await compute.close()
  }
}

function describe(url: string, token: string, tokenFile: string | undefined): string {
  return `Serving ${url}/v1/extract, described by ${url}/openapi.json. Token: ${tokenFile ?? token}`
}

/** @throws AppError when the file cannot be read or holds no token. */
async function tokenFrom(file: string | undefined): Promise<string> {
  const given = file === undefined ? process.env['ESPALIER_API_TOKEN'] : await readToken(file)
  if (given === undefined) return randomBytes(24).toString('base64url')
  const token = given.trim()
  if (token.length >= leastToken && /^[\x21-\x7e]+$/.test(token)) return token
  throw new AppError(
    'invalid-input',
    `The token of ${file ?? 'ESPALIER_API_TOKEN'} must have ${leastToken} characters at least, without spaces. Leave it out for one that is made up.`,
  )
}

async function readToken(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new AppError(
      'not-found',
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    )
  })
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
