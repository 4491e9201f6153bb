/** `espalier serve --api`: a real program on loopback, asked as scripts, careless clients and hostile ones ask it. */
import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProcessHost } from '#main/compute/host'
import { openServices } from '#main/services/services'
import { largestBody, mostDocuments } from '#main/shell-server/extract-api/limits'
import { espalierProcess, outcomeOf, startEspalier, type Outcome } from '../support/command-line.ts'
import { importTiny } from '../support/services.ts'
import { trainTiny, untilItFinds } from '../support/trained.ts'

const token = 'a-token-of-a-test-0123456789'
let folder = ''
let model = ''
let url = ''
let port = 0
let server: ReturnType<typeof startEspalier>

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-api-'))
  const services = await openServices({
    ...{ workspace: path.join(folder, 'workspace'), config: path.join(folder, 'config') },
    compute: createProcessHost(),
  })
  const runId = await trainTiny(services, await importTiny(services, { train: 60, dev: 6, test: 6 }), untilItFinds)
  model = path.join(folder, 'model')
  await services.handlers.models.export({ runId, path: model, vectors: 'known', replace: false, taskId: 'x' })
  await services.close()
  writeFileSync(path.join(folder, 'token'), `${token}\n`)
  server = startEspalier(['serve', '--api', model, '--port', '0', '--json', '--token-file', path.join(folder, 'token')])
  const [line] = (await once(server.stdout, 'data')) as [Buffer]
  url = (JSON.parse(line.toString()) as { url: string }).url
  port = Number(new URL(url).port)
}, 120_000)

afterAll(async () => {
  server.kill('SIGTERM')
  const [code] = (await once(server, 'close')) as [number]
  rmSync(folder, { recursive: true, force: true })
  expect(code).toBe(0)
})

const authorization = `Bearer ${token}`
const post = (body: unknown, headers: Record<string, string> = { authorization }): Promise<Response> =>
  fetch(`${url}/v1/extract`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
const text = 'Mara Velt founded Orbisk in Tarnow .'

interface Answers {
  readonly documents: readonly {
    readonly id: unknown
    readonly sentences?: readonly unknown[]
    readonly error?: string
  }[]
}

describe('the interface for extraction', () => {
  it('answers what the filter answers, in order, with every field that came in', async () => {
    const documents = [{ id: 'a', text, year: 1990 }, { text: 5 }, { text: 'Jon Reed led Calden .' }, 'no object']
    const response = await post({ documents })
    expect(response.status).toBe(200)
    const { documents: answers } = (await response.json()) as Answers
    expect(answers.map(({ id, error }) => [id, error])).toEqual([
      ['a', undefined],
      ['documents[1]', 'text: expected a string, found 5'],
      ['documents[2]', undefined],
      ['documents[3]', 'expected a JSON object with a "text"'],
    ])
    const filtered = await espalierProcess(['extract', model], JSON.stringify(documents[0]))
    expect(answers[0]).toEqual(JSON.parse(filtered.stdout))
  })

  it('is as its description says', async () => {
    const described = (await (await fetch(`${url}/openapi.json`)).json()) as { components: object; paths: object }
    expect(Object.keys(described.paths)).toEqual(['/v1/extract', '/v1/model', '/healthz'])
    const ajv = new Ajv2020({ strict: false })
    ajv.addSchema({ $id: 'api', ...described })
    const fits = (name: string, value: unknown): void => {
      const validate = ajv.compile({ $ref: `api#/components/schemas/${name}` })
      expect(validate(value), JSON.stringify(validate.errors)).toBe(true)
    }
    const request = {
      documents: [
        { id: 1, text },
        { id: 2, text: 'x' },
      ],
    }
    fits('Request', request)
    fits('Response', await (await post(request)).json())
    fits('Response', await (await post({ documents: [{ text: 1 }] })).json())
    fits('Error', await (await post({})).json())
    expect(await (await fetch(`${url}/v1/model`, { headers: { authorization } })).json()).toMatchObject({
      name: 'mtl seed 1',
    })
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
  })

  it.each([
    ['without a token', () => post({ documents: [] }, {}), 401, /Send the token/],
    ['with another token', () => post({ documents: [] }, { authorization: 'Bearer other' }), 401, /Send the token/],
    ['for something else', () => fetch(`${url}/v2`), 404, /openapi\.json/],
    ['by GET', () => fetch(`${url}/v1/extract`, { headers: { authorization } }), 405, /by POST/],
    ['that is no JSON', () => post('{"documents": ['), 400, /is not JSON/],
    ['without documents', () => post({ texts: [] }), 400, /a list of documents with a text each/],
    ['in an unknown language', () => post({ documents: [], language: 'xx' }), 400, /expected a code such as "en"/],
    [
      'of too many documents',
      () => post({ documents: Array.from({ length: mostDocuments + 1 }, () => ({ text })) }),
      413,
      /Send several/,
    ],
  ] as const)('refuses a request %s', async (_, ask, status, message) => {
    const response = await ask()
    expect(response.status).toBe(status)
    expect(((await response.json()) as { error: string }).error).toMatch(message)
  })

  it('answers many at once, each its own', async () => {
    const answers = await Promise.all(
      Array.from(
        { length: 60 },
        async (_, at) => (await post({ documents: [{ id: at, text }] })).json() as Promise<Answers>,
      ),
    )
    expect(answers.map(({ documents }) => documents[0]?.id)).toEqual(Array.from({ length: 60 }, (_, at) => at))
    expect(new Set(answers.map(({ documents }) => JSON.stringify(documents[0]?.sentences))).size).toBe(1)
  })
})

/** A connection that has sent the head of a request with this length, or in chunks. */
async function begun(length: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(`POST /v1/extract HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n${length}\r\n\r\n`)
  return socket
}

describe('careless and hostile clients', () => {
  it('are refused a gigabyte before it is sent, and in chunks as soon as it is too much', async () => {
    const stated = await begun('Content-Length: 1000000000')
    const [answer] = (await once(stated, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 .*\r\n/)
    expect(answer.toString()).toMatch(/Send the documents in several requests/)
    stated.destroy()
    const chunked = await begun('Transfer-Encoding: chunked')
    let sent = 0
    let heard = ''
    chunked.on('data', (piece: Buffer) => (heard += piece.toString()))
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`)
    while (!chunked.destroyed && heard === '' && sent < 4 * largestBody) {
      sent += chunk.length
      const more = [once(chunked, 'drain'), once(chunked, 'close')]
      if (!chunked.write(chunk)) await Promise.race(more).catch(() => undefined)
      for (const one of more) one.catch(() => undefined)
      await new Promise(setImmediate)
    }
    expect(sent).toBeLessThan(4 * largestBody)
    await expect.poll(() => heard).toMatch(/^HTTP\/1\.1 413 /)
    chunked.destroy()
    expect((await post({ documents: [{ text }] })).status).toBe(200)
  })

  it('that take nothing of their answer, or go away, hold up nobody', async () => {
    const body = JSON.stringify({ documents: Array.from({ length: 400 }, () => ({ text: text.repeat(4) })) })
    const stuck = await Promise.all(
      [0, 1, 2, 3].map(async () => {
        const socket = await begun(`Content-Length: ${body.length}`)
        socket.pause()
        socket.write(body)
        return socket
      }),
    )
    const gone = await begun(`Content-Length: ${body.length}`)
    gone.write(body)
    gone.destroy()
    for (let turn = 0; turn < 3; turn++) expect((await post({ documents: [{ text }] })).status).toBe(200)
    for (const socket of stuck) socket.destroy()
  })
})

const python = spawnSync('python3', ['--version']).status === 0

it.runIf(python)('the Python client gives the answers of the filter, and the reason of a refusal', async () => {
  const client = path.resolve(import.meta.dirname, '../../docs/espalier_client.py')
  const lines = Array.from(
    { length: 250 },
    (_, at) => `{"id": ${at}, "text": "Mara Velt founded Orbisk ${at} ."}`,
  ).join('\n')
  const ask = (own: string): Promise<{ stdout: string; stderr: string }> => {
    const asking = promisify(execFile)('python3', [client, url], {
      env: { ...process.env, ESPALIER_API_TOKEN: own },
      maxBuffer: 1e8,
    })
    asking.child.stdin?.end(`${lines}\n`)
    return asking
  }
  const { stdout } = await ask(token)
  const filtered = await espalierProcess(['extract', model], lines)
  const parsed = (output: string): unknown[] =>
    output
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
  expect(parsed(stdout)).toEqual(parsed(filtered.stdout))
  await expect(ask('another-token-of-a-test')).rejects.toThrow(/EspalierError: Send the token of this server/)
})

describe('serve --api', () => {
  const tried = async (...args: readonly string[]): Promise<Outcome> => outcomeOf(startEspalier(['serve', ...args]))
  it('says what is wrong with its options, its folder, its token or its port', async () => {
    expect((await tried('--api', folder)).stderr).toMatch(/is not the folder of a model/)
    expect((await tried('--api', model, '--workspace', folder)).stderr).toMatch(/leave --workspace out/)
    expect((await tried('--api', model, '--port', String(port))).stderr).toMatch(
      /Port \d+ is in use by another program/,
    )
    writeFileSync(path.join(folder, 'short'), 'abc')
    expect((await tried('--api', model, '--token-file', path.join(folder, 'short'))).stderr).toMatch(
      /16 characters at least/,
    )
    expect((await tried('--token-file', 'x')).stderr).toMatch(/go with --api/)
  })
})
