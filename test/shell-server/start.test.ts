/** npm start as a program: what it opens, what it says, and that it ends when it should. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openServices } from '#main/services/services'
import { findBrowser, hasDisplay } from '#main/shell-server/app-window'
import { findElectron } from '#main/shell-server/electron-binary'
import { runInElectron } from '#main/shell-server/start-modes'
import { buildWindow, root } from '#main/shell-server/window-build'
import { createProcessHost } from '#main/compute/host'
import { espalierProcess, startBundle } from '../support/command-line.ts'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

interface Program {
  readonly process: ChildProcess
  /** Everything printed so far. */
  text(): string
  readonly ended: Promise<number | null>
}

function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  const child = spawn(process.execPath, [startBundle, ...words], {
    env: { ...process.env, ...environment },
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { process: child, text: () => text, ended: new Promise((resolve) => child.once('exit', resolve)) }
}

async function workspaceWithCorpus(): Promise<string> {
  const workspace = temporaryFolder()
  const services = await openTestServices(workspace)
  await importTiny(services, { train: 2 })
  await services.close()
  return workspace
}

async function expectFree(workspace: string): Promise<void> {
  const services = await openServices({ workspace, compute: createProcessHost() })
  await services.close()
}

const modeOf = (place: string): string => (statSync(place).mode & 0o777).toString(8)

beforeAll(() => buildWindow(() => undefined), 120_000)

describe('npm start', () => {
  it('prints the address when it shall open nothing, serves it, and ends politely', async () => {
    const workspace = await workspaceWithCorpus()
    const program = start(['--no-open', '--port', '0', '--workspace', workspace])
    await vi.waitUntil(() => program.text().includes('Open http'), { timeout: 30_000 })
    const [address = ''] = /http:\S+/.exec(program.text()) ?? []
    expect(await (await fetch(address)).text()).toContain('<title>Espalier</title>')
    program.process.kill('SIGTERM')
    expect(await program.ended).toBe(0)
    await expectFree(workspace)
  })

  it('shows an app window with a profile of its own, and ends when it is closed', async () => {
    const workspace = await workspaceWithCorpus()
    const folder = installBrowser('exec /usr/bin/chromium --headless --no-sandbox --remote-debugging-port=0 "$@"')
    const program = start(['--port', '0', '--workspace', workspace], { PATH: folder, DISPLAY: ':0' })
    const noted = path.join(workspace, 'browser', 'DevToolsActivePort')
    await vi.waitUntil(() => existsSync(noted), { timeout: 30_000 })
    const [port, address] = readFileSync(noted, 'utf8').split('\n')
    const browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${address}`)
    const findPage = () =>
      browser
        .contexts()[0]
        ?.pages()
        .find((page) => page.url().startsWith('http'))
    const page = await vi.waitUntil(findPage, { timeout: 30_000 }) // the app window, once the file has led it on
    await page.getByText('Tiny').first().waitFor()
    expect(new URL(page.url()).search).toBe('') // the code is out of sight
    const session = await browser.newBrowserCDPSession()
    await session.send('Browser.close').catch(() => undefined) // the answer dies with it
    expect(await program.ended).toBe(0)
    expect(program.text()).not.toContain('did not show the window')
    await expectFree(workspace)
  })

  it.skipIf(process.platform !== 'linux')(
    'shows nobody else the link: its browser is given a file of its owner alone',
    async () => {
      const workspace = await workspaceWithCorpus()
      const folder = installBrowser('echo "$@" > "$0.words"; cat "${1#--app=file://}" > "$0.page"; exec sleep 60')
      const program = start(['--port', '0', '--workspace', workspace], { PATH: folder, DISPLAY: ':0' })
      const seen = path.join(folder, 'google-chrome.page')
      const readPage = (): string => (existsSync(seen) ? readFileSync(seen, 'utf8') : '')
      const code = /http:\S+?\?code=([\w-]+)/
      await vi.waitUntil(() => code.test(readPage()), { timeout: 30_000 })
      const [url = '', secret = ''] = code.exec(readPage()) ?? []
      const words = readFileSync(path.join(folder, 'google-chrome.words'), 'utf8')
      expect(words).toContain(`--app=file://${workspace}/espalier.opening/open.html`)
      expect(words + program.text()).not.toContain(secret)
      const opening = path.join(workspace, 'espalier.opening')
      expect([modeOf(opening), modeOf(path.join(opening, 'open.html'))]).toEqual(['700', '600'])
      const { origin } = new URL(url)
      const answer = await fetch(`${origin}/session`, { method: 'POST', body: JSON.stringify({ code: secret }) })
      expect(answer.status).toBe(200)
      program.process.kill('SIGTERM')
      expect(await program.ended).toBe(0)
      expect(existsSync(opening)).toBe(false)
    },
  )

  it('prints a fresh link for Enter, as often as it is pressed', async () => {
    const workspace = await workspaceWithCorpus()
    const program = start(['--no-open', '--port', '0', '--workspace', workspace])
    const codes = (): string[] => [...program.text().matchAll(/code=([\w-]+)/g)].map(([, code = '']) => code)
    await vi.waitUntil(() => codes().length === 1, { timeout: 30_000 })
    await expect.poll(program.text).toContain('Enter prints a fresh one')
    program.process.stdin?.write('\n')
    await vi.waitUntil(() => codes().length === 2, { timeout: 30_000 })
    program.process.stdin?.end('\n')
    await vi.waitUntil(() => codes().length === 3, { timeout: 30_000 })
    expect(new Set(codes()).size).toBe(3)
    program.process.kill('SIGTERM')
    expect(await program.ended).toBe(0)
  })

  it('started again beside itself, or served, gives a link to the one that runs', async () => {
    const workspace = await workspaceWithCorpus()
    const program = start(['--no-open', '--port', '0', '--workspace', workspace])
    await vi.waitUntil(() => program.text().includes('Open http'), { timeout: 30_000 })
    const [address = ''] = /http:[^?]+/.exec(program.text()) ?? []
    const second = start(['--no-open', '--workspace', workspace])
    expect(await second.ended).toBe(0)
    const { code, stdout } = await espalierProcess(['serve', '--workspace', workspace])
    expect(code).toBe(0)
    await expect.poll(second.text).toMatch(/http:\S+/)
    for (const text of [second.text(), stdout]) {
      const link = new URL(/http:\S+/.exec(text)?.[0] ?? '')
      expect(link.href.startsWith(address)).toBe(true)
      const body = JSON.stringify({ code: link.searchParams.get('code') })
      expect((await fetch(new URL('/session', link), { method: 'POST', body })).status).toBe(200)
    }
    program.process.kill('SIGTERM')
    expect(await program.ended).toBe(0)
  })

  it('goes on serving, and says where, when the browser does not come up', async () => {
    const workspace = await workspaceWithCorpus()
    const folder = installBrowser('exit 3')
    const program = start(['--port', '0', '--workspace', workspace], { PATH: folder, DISPLAY: ':0' })
    await vi.waitUntil(() => program.text().includes('did not show the window'), { timeout: 30_000 })
    const [address = ''] = /http:\S+/.exec(program.text()) ?? []
    expect((await fetch(address)).status).toBe(200)
    program.process.kill('SIGINT')
    expect(await program.ended).toBe(0)
  })

  it('refuses a workspace that another program has open, naming it', async () => {
    const workspace = temporaryFolder()
    await openTestServices(workspace)
    const program = start(['--no-open', '--port', '0', '--workspace', workspace])
    expect(await program.ended).toBe(1)
    await expect.poll(program.text).toContain(workspace)
    expect(program.text()).not.toContain('.ts:')
  })

  it.each([
    [['--port', 'eighty'], '--port is eighty: expected a whole number from 0'],
    [['--prot', '1'], "Unknown option '--prot'"],
  ])('explains itself when misused: %s', async (words, sentence) => {
    const program = start(words)
    expect(await program.ended).toBe(2)
    await expect.poll(program.text).toContain(sentence)
    await expect.poll(program.text).toContain('--no-open')
  })
})

/** A folder for the path, with a browser that is this command. */
function installBrowser(command: string): string {
  const folder = temporaryFolder()
  const file = path.join(folder, 'google-chrome')
  writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${command}\n`)
  chmodSync(file, 0o755)
  return folder
}

describe('Electron', () => {
  const options = { workspace: '/somewhere/workspace', port: null, isQuiet: false }

  /** A stand-in for the binary that notes what it was given. */
  function installElectron(status: number): { binary: string; words(): string[] } {
    const folder = temporaryFolder()
    const binary = path.join(folder, 'electron')
    const note = path.join(folder, 'words')
    writeFileSync(binary, `#!/bin/sh\nprintf '%s\\n' "$@" > ${note}\nexit ${status}\n`)
    chmodSync(binary, 0o755)
    return { binary, words: () => readFileSync(note, 'utf8').trim().split('\n') }
  }

  it('is given the program and the workspace, and its end is the end', async () => {
    const { binary, words } = installElectron(0)
    expect(await runInElectron(binary, options, () => undefined)).toBe(true)
    expect(words()).toEqual(expect.arrayContaining([root, '--workspace=/somewhere/workspace']))
    expect(existsSync(path.join(root, 'out', 'main', 'preload.cjs'))).toBe(true)
  })

  it('makes room for a browser when it does not start', async () => {
    const lines: string[] = []
    expect(await runInElectron(installElectron(7).binary, options, (line) => lines.push(line))).toBe(false)
    expect(await runInElectron('/nowhere/electron', options, (line) => lines.push(line))).toBe(false)
    expect(lines.filter((line) => line.startsWith('Electron did not start'))).toHaveLength(2)
  })
})

describe('what is on this machine', () => {
  it('finds a browser on the path, and none where there is none', () => {
    const folder = installBrowser('exit')
    expect(findBrowser({ PATH: `/nowhere:${folder}` }, 'linux')).toBe(path.join(folder, 'google-chrome'))
    expect(findBrowser({ PATH: temporaryFolder() }, 'linux')).toBeNull()
    expect(findBrowser({}, 'win32')).toBeNull()
  })

  it('knows a session without a display', () => {
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
  })

  it('finds Electron only where its binary is', () => {
    const folder = temporaryFolder()
    expect(findElectron(folder)).toBeNull()
    writeFileSync(path.join(folder, 'path.txt'), 'electron')
    expect(findElectron(folder)).toBeNull()
    mkdirSync(path.join(folder, 'dist'))
    writeFileSync(path.join(folder, 'dist', 'electron'), '')
    expect(findElectron(folder)).toBe(path.join(folder, 'dist', 'electron'))
  })
})
