/** Who may talk to the server, and what it gives away to those who may not: nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type RunningServer, PortInUse, startServer } from '#main/shell-server/http'
import { temporaryFolder, openTestServices } from '../support/services.ts'
import { openSession, openSocket, openTestServer, send, tokenOf } from '../support/server.ts'

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

describe('a session', () => {
  it('opens once for a code', async () => {
    const url = server.createUrl()
    const first = await openSession(server, url)
    expect(first.status).toBe(200)
    expect(first.headers['cache-control']).toBe('no-store')
    expect(JSON.parse(first.body)).toEqual({ token: expect.stringMatching(/^[\w-]{32}$/) as string })
    const second = await openSession(server, url)
    expect(second.status).toBe(401)
    expect(second.body).toMatch(/used already/)
  })

  it('opens for no guess, no other site and no flood', async () => {
    const origin = server.origin
    const post = (body: string, from = origin) =>
      send(server, { method: 'POST', path: '/session', headers: { origin: from }, body })
    for (const body of ['', '{}', '{"code":1}', '{"code":""}', 'not json', JSON.stringify({ code: 'x'.repeat(32) })])
      expect((await post(body)).status, body).toBe(401)
    expect((await post(JSON.stringify({ code: 'x'.repeat(1 << 20) })).catch(() => ({ status: 401 }))).status).toBe(401)
    const code = new URL(server.createUrl()).searchParams.get('code')
    expect((await post(JSON.stringify({ code }), 'https://example.org')).status).toBe(403)
    expect((await post(JSON.stringify({ code }))).status).toBe(200)
  })

  it('connects with its token', async () => {
    const socket = await openSocket(server, { protocols: ['espalier', await tokenOf(server)], origin: server.origin })
    expect(socket.protocol).toBe('espalier')
  })

  it('connects without nothing that it needs', async () => {
    const token = await tokenOf(server)
    const good = { protocols: ['espalier', token], origin: server.origin }
    for (const handshake of [
      { ...good, protocols: [] },
      { ...good, protocols: ['espalier'] },
      { ...good, protocols: ['espalier', 'x'.repeat(token.length)] },
      { ...good, protocols: [token, 'espalier'] },
      { ...good, origin: 'https://example.org' },
      { protocols: good.protocols },
      { ...good, host: 'espalier.example' },
      { ...good, path: '/' },
      { ...good, path: '/rpc/more' },
    ])
      await expect(openSocket(server, handshake)).rejects.toThrow('401')
  })
})

describe('windows', () => {
  it('are counted as they come and go', async () => {
    const counts: number[] = []
    server.onWindows((count) => counts.push(count))
    const socket = await openSocket(server, { protocols: ['espalier', await tokenOf(server)], origin: server.origin })
    socket.close()
    await expect.poll(() => counts).toEqual([1, 0])
  })
})

it('names a port that another program has', async () => {
  const { handlers } = await openTestServices(temporaryFolder())
  const port = Number(new URL(server.origin).port)
  await expect(startServer({ handlers, port, windowFolder: '' })).rejects.toThrow(PortInUse)
  await expect(startServer({ handlers, port, windowFolder: '' })).rejects.toThrow(`Port ${port} is in use`)
})
