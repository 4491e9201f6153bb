/** Who may talk to the server, and what it gives away to those who may not: nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { greet, randomText, shakeHands, StrangerAnswers, type Greeting } from '#main/api/handshake'
import { createAccess } from '#main/shell-server/access'
import { PortInUse, startServer, type RunningServer } from '#main/shell-server/http'
import { temporaryFolder, openTestServices } from '../support/services.ts'
import { keyOf, openSession, openSocket, openTestServer, protocolsOf, send } from '../support/server.ts'

/** A window beside a file that nobody may have. */
function makeWindow(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'espalier-site-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const window = path.join(folder, 'window')
  mkdirSync(path.join(window, 'assets'), { recursive: true })
  writeFileSync(path.join(window, 'index.html'), '<!doctype html><title>Window</title>')
  writeFileSync(path.join(window, 'assets', 'main-1a2b.js'), 'export {}')
  writeFileSync(path.join(folder, 'secret.txt'), 'secret')
  mkdirSync(path.join(folder, 'window-of-another'))
  writeFileSync(path.join(folder, 'window-of-another', 'secret.txt'), 'secret')
  return window
}

let server: RunningServer

beforeEach(async () => {
  const { handlers } = await openTestServices(temporaryFolder())
  server = await openTestServer(handlers, makeWindow())
})

describe('files', () => {
  it('listens on the loopback interface only', () => {
    expect(new URL(server.origin).hostname).toBe('127.0.0.1')
  })

  it('serves the window with headers that forbid everything else', async () => {
    const { status, headers, body } = await send(server, { path: '/?code=whatever' })
    expect([status, body]).toEqual([200, '<!doctype html><title>Window</title>'])
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['cache-control']).toBe('no-cache')
    const policy = String(headers['content-security-policy'])
    const { host } = new URL(server.origin)
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([`default-src 'none'`, `script-src 'self'`, `connect-src 'self' ws://${host}`]),
    )
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
  })

  it('lets hashed files be kept for ever', async () => {
    const { headers } = await send(server, { path: '/assets/main-1a2b.js' })
    expect(headers['cache-control']).toContain('immutable')
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..%2fwindow-of-another%2fsecret.txt',
    '/index.html%00.txt',
    '//secret.txt',
    '/%',
    '/assets',
    '/assets/',
  ])('finds nothing at %s', async (address) => {
    const { status, body } = await send(server, { path: address })
    expect([status, body]).toEqual([404, 'Not found'])
  })

  it('answers to its own address only, whatever name was bound to it', async () => {
    for (const host of ['espalier.example', 'localhost:1', new URL(server.origin).port])
      expect((await send(server, { headers: { host } })).status).toBe(421)
  })

  it('refuses other methods', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS']) expect((await send(server, { method })).status).toBe(405)
    expect((await send(server, { method: 'POST', path: '/elsewhere' })).status).toBe(405)
  })
})

describe('a link', () => {
  it('opens one session, and says that it was used when it is opened again', async () => {
    const url = server.createUrl()
    const first = await openSession(server, url)
    expect(first.status).toBe(200)
    expect(first.headers['cache-control']).toBe('no-store')
    expect(JSON.parse(first.body)).toEqual({ key: expect.stringMatching(/^[\w-]{40,}$/) as string })
    const second = await openSession(server, url)
    expect(second.status).toBe(401)
    expect(second.body).toBe(
      'This link was used already. Press Enter in the terminal where Espalier runs for a fresh link.',
    )
  })

  it('works for a minute', async () => {
    let nowMs = 1_000_000
    const access = createAccess({ key: randomText(), version: '1', now: () => nowMs })
    const [early, late] = [access.createCode(), access.createCode()]
    nowMs += 59_999
    expect(access.redeem(early)).toHaveProperty('key')
    nowMs += 1
    expect(access.redeem(late)).toEqual({
      refusal: expect.stringMatching(/^This link is older than a minute\./) as string,
    })
  })

  it('opens for no guess, no other site and no flood', async () => {
    const origin = server.origin
    const post = (body: string, from = origin) =>
      send(server, { method: 'POST', path: '/session', headers: { origin: from }, body })
    for (const body of ['', '{}', 'null', '[1]', '{"code":1}', '{"code":""}', 'not json', '{"code":"constructor"}'])
      expect((await post(body)).status, body).toBe(401)
    expect((await post(JSON.stringify({ code: 'x'.repeat(1 << 20) })).catch(() => ({ status: 401 }))).status).toBe(401)
    const code = new URL(server.createUrl()).searchParams.get('code')
    for (const from of ['https://example.org', 'http://127.0.0.1:1', 'http://localhost', 'null'])
      expect((await post(JSON.stringify({ code }), from)).status).toBe(403)
    expect((await post(JSON.stringify({ code }))).status).toBe(200)
  })
})

describe('a connection', () => {
  it('opens for whoever holds the key, as often as they like', async () => {
    const key = await keyOf(server)
    for (let tab = 0; tab < 3; tab++) {
      const socket = await openSocket(server, { protocols: await protocolsOf(server, key), origin: server.origin })
      expect(socket.protocol).toBe('espalier')
    }
  })

  it('does not open without anything that it needs', async () => {
    const key = await keyOf(server)
    const protocols = await protocolsOf(server, key)
    const [, answer = ''] = protocols
    const good = { protocols, origin: server.origin }
    const port = Number(new URL(server.origin).port)
    for (const handshake of [
      { ...good, protocols: [] },
      { ...good, protocols: ['espalier'] },
      { ...good, protocols: ['espalier', key] },
      { ...good, protocols: ['espalier', 'x'.repeat(answer.length)] },
      { ...good, protocols: ['espalier', answer.replace(/\.(.)/, (_, first) => (first === 'A' ? '.B' : '.A'))] },
      { ...good, protocols: [answer, 'espalier'] },
      { ...good, protocols: ['espalier', ...(await forgedAnswer(key))] },
      // pages of anybody else, those on another port of this machine among them
      { ...good, origin: 'https://example.org' },
      { ...good, origin: `http://127.0.0.1:${port + 1}` },
      { ...good, origin: `http://localhost:${port}` },
      { ...good, origin: 'null' },
      { protocols },
      { ...good, host: 'espalier.example' },
      { ...good, host: `espalier.example:${port}`, origin: `http://espalier.example:${port}` }, // a name bound to this address
      { ...good, path: '/' },
      { ...good, path: '/rpc/more' },
      { ...good, path: '/command' }, // where no page may go
    ])
      await expect(openSocket(server, handshake), JSON.stringify(handshake)).rejects.toThrow('401')
  })

  /** An answer to a challenge that the server never made. */
  async function forgedAnswer(key: string): Promise<string[]> {
    const challenge = `${Date.now() + 60_000}.${randomText()}.${randomText()}`
    const greeting = await greet(key, 'nonce', challenge, '1')
    return (await shakeHands(key, async (nonce) => greet(key, nonce, greeting.challenge, '1'))).slice(1)
  }

  it('opens with an answer for a minute', async () => {
    let nowMs = 1_000_000
    const key = randomText()
    const access = createAccess({ key, version: '1', now: () => nowMs })
    const protocols = await shakeHands(key, access.greet)
    nowMs += 59_999
    expect(await access.isGuest(protocols)).toBe(true)
    nowMs += 1
    expect(await access.isGuest(protocols)).toBe(false)
  })

  it('gives nothing away to a program that took the port over', async () => {
    const key = await keyOf(server)
    const heard: string[] = []
    const impostor = async (nonce: string): Promise<Greeting> => {
      heard.push(nonce)
      return greet(randomText(), nonce, randomText(), '1')
    }
    await expect(shakeHands(key, impostor)).rejects.toThrow(StrangerAnswers)
    expect(heard.join()).not.toContain(key)
    for (const proof of ['', 'x', '%%', null])
      await expect(shakeHands(key, async () => ({ challenge: 'x', proof, version: '1' }) as Greeting)).rejects.toThrow(
        StrangerAnswers,
      )
  })

  it('of one address is none of another', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    const secret = randomText()
    const open = async () => {
      const opened = await startServer({ handlers, port: 0, windowFolder: null, secret })
      onTestFinished(() => opened.close())
      return opened
    }
    const [one, other] = [await open(), await open()]
    await expect(protocolsOf(other, await keyOf(one))).rejects.toThrow(StrangerAnswers)
  })

  it('opens again after a restart with the same secret', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    const options = { handlers, windowFolder: null, secret: randomText() }
    const before = await startServer({ ...options, port: 0 })
    const key = await keyOf(before)
    await before.close()
    const after = await startServer({ ...options, port: before.port })
    onTestFinished(() => after.close())
    await openSocket(after, { protocols: await protocolsOf(after, key), origin: after.origin })
  })
})

describe('a command', () => {
  const greeting = (origin?: string) =>
    send(server, {
      ...{ method: 'POST', path: '/greeting', body: '{"nonce":"n"}' },
      headers: origin === undefined ? {} : { origin },
    })

  it('comes without an origin, through a door of its own', async () => {
    expect((await greeting()).status).toBe(200)
    expect((await greeting('http://127.0.0.1:1')).status).toBe(403)
    const protocols = await protocolsOf(server)
    await openSocket(server, { protocols, path: '/command' })
    await expect(openSocket(server, { protocols, path: '/compute' })).rejects.toThrow('401')
  })

  it('that holds the key is given a fresh link', async () => {
    const ask = (answer: unknown) => send(server, { method: 'POST', path: '/link', body: JSON.stringify({ answer }) })
    for (const answer of [undefined, '', 'x', await keyOf(server)]) expect((await ask(answer)).status).toBe(401)
    const [, answer] = await protocolsOf(server)
    const { url } = JSON.parse((await ask(answer)).body) as { url: string }
    expect((await openSession(server, url)).status).toBe(200)
  })
})

describe('windows and commands', () => {
  it('are counted as they come and go, each for themselves', async () => {
    const [windows, commands]: [number[], number[]] = [[], []]
    server.onWindows((count) => windows.push(count))
    server.onCommands((count) => commands.push(count))
    const socket = await openSocket(server, { protocols: await protocolsOf(server), origin: server.origin })
    const command = await openSocket(server, { protocols: await protocolsOf(server), path: '/command' })
    command.close()
    await expect.poll(() => commands).toEqual([1, 0])
    socket.close()
    await expect.poll(() => windows).toEqual([1, 0])
  })
})

it('names a port that another program has', async () => {
  const { handlers } = await openTestServices(temporaryFolder())
  const port = Number(new URL(server.origin).port)
  await expect(startServer({ handlers, port, windowFolder: '' })).rejects.toThrow(PortInUse)
  await expect(startServer({ handlers, port, windowFolder: '' })).rejects.toThrow(`Port ${port} is in use`)
})
