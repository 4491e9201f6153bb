/** Browser mode as a person uses it: tabs, reload, closing and reopening, and a program that is started again under open tabs. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProcessHost } from '#main/compute/host'
import { openServices } from '#main/services/services'
import { openDoor } from '#main/shell-server/door'
import type { RunningServer } from '#main/shell-server/http'
import { buildWindow, windowFolder } from '#main/shell-server/window-build'
import { headless } from '../support/chromium.ts'
import { importTiny } from '../support/services.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'espalier-tabs-'))

interface Program {
  readonly door: RunningServer
  close(): Promise<void>
}
let program: Program
let browser: BrowserContext

async function start(port: number | null): Promise<Program> {
  const workspace = path.join(folder, 'workspace')
  const services = await openServices({ workspace, config: folder, compute: createProcessHost() })
  await services.handlers.system.updateSettings({ hasSeenTour: true })
  if ((await services.handlers.corpora.list()).length === 0) await importTiny(services)
  const door = await openDoor({ workspace, port, handlers: services.handlers, windowFolder })
  return { door, close: () => door.close().then(services.close) }
}

const openBrowser = (profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(path.join(folder, profile), headless)

async function openTab(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  return page
}

const corpus = (page: Page) => page.getByText('Tiny').first()
const problem = (page: Page) => page.getByText(/Enter in the terminal/)

beforeAll(async () => {
  await buildWindow(() => undefined)
  program = await start(0)
  browser = await openBrowser('profile')
}, 120_000)

afterAll(async () => {
  await browser.close()
  await program.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('one link', () => {
  it('opens the first tab; more tabs, reloads and the browser’s next start need none', async () => {
    const first = await openTab(browser, program.door.createUrl())
    await corpus(first).waitFor()
    expect(new URL(first.url()).search).toBe('')
    await corpus(await openTab(browser, program.door.origin)).waitFor()
    await first.reload()
    await corpus(first).waitFor()
    await browser.close()
    browser = await openBrowser('profile')
    await corpus(await openTab(browser, program.door.origin)).waitFor()
  })

  it('that was used opens no other browser, which says why and goes on with a fresh one', async () => {
    const link = program.door.createUrl()
    const first = await openTab(browser, link)
    await corpus(first).waitFor()
    const other = await openBrowser('other')
    const refused = await openTab(other, link)
    await problem(refused).waitFor()
    await expect.poll(() => problem(refused).textContent()).toContain('This link was used already.')
    await corpus(await openTab(other, program.door.createUrl())).waitFor()
    await corpus(refused).waitFor() // by itself, since the key is every tab's
    await other.close()
  })

  it('that was used is no matter in a browser that is known', async () => {
    const link = program.door.createUrl()
    await corpus(await openTab(browser, link)).waitFor()
    await corpus(await openTab(browser, link)).waitFor()
  })
})

describe('a program that is started again', () => {
  it('gets its tabs back by themselves, and they say so meanwhile', async () => {
    const tabs = [await openTab(browser, program.door.origin), await openTab(browser, program.door.origin)]
    for (const tab of tabs) await corpus(tab).waitFor()
    await program.close()
    for (const tab of tabs) await tab.getByRole('alert').filter({ hasText: 'this page keeps trying' }).waitFor()
    program = await start(null)
    for (const tab of tabs) {
      await tab.getByRole('alert').waitFor({ state: 'detached' })
      await tab.getByRole('textbox', { name: /search/i }).fill('Ada')
      await tab
        .getByText(/^\d+ sentences?/)
        .first()
        .waitFor()
    }
  })

  it('with another secret knows no tab any more, and its tabs say what to do', async () => {
    const tab = await openTab(browser, program.door.origin)
    await corpus(tab).waitFor()
    const { port } = program.door
    await program.close()
    rmSync(path.join(folder, 'workspace', 'espalier.session.json'))
    program = await start(port)
    await tab.getByRole('alert').filter({ hasText: 'not known to Espalier any more' }).waitFor()
    await corpus(await openTab(browser, program.door.createUrl())).waitFor()
    await tab.getByRole('alert').waitFor({ state: 'detached' })
  })
})

describe('a page of another program on this machine', () => {
  it('on another port sees no key, is sent none, and opens nothing', async () => {
    await corpus(await openTab(browser, program.door.createUrl())).waitFor()
    const sent: string[] = []
    const stranger = createServer((request, response) => {
      sent.push(JSON.stringify(request.headers))
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Stranger</title>')
    })
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const address = stranger.address()
    if (address === null || typeof address === 'string') throw new Error('The server has no port')
    const page = await openTab(browser, `http://127.0.0.1:${address.port}/`)
    const found = await page.evaluate(async (origin) => {
      const stored = Object.keys(localStorage)
      const read = await fetch(`${origin}/greeting`, { method: 'POST', body: '{"nonce":"x"}' }).then(
        () => 'read',
        () => 'refused',
      )
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['espalier', 'x'])
      const opened = await new Promise((resolve) => {
        socket.onopen = () => resolve('open')
        socket.onerror = () => resolve('refused')
      })
      return { stored, cookies: document.cookie, read, opened }
    }, program.door.origin)
    expect(found).toEqual({ stored: [], cookies: '', read: 'refused', opened: 'refused' })
    expect(sent.join()).not.toMatch(/cookie/i)
    stranger.close()
  })
})
