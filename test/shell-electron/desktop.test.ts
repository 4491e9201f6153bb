/** The built desktop program, from its first file to its last, with Chromium pages in place of Electron's windows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openServices } from '#main/services/services'
import { buildDesktop, buildWindow, root } from '#main/shell-server/window-build'
import { createProcessHost } from '#main/compute/host'
import { app, asked, ipcMain, shim, type BrowserWindow } from '../support/electron-shim.ts'
import { closeShimBrowser } from '../support/electron-shim-page.ts'
import { espalierProcess } from '../support/command-line.ts'
import { importTiny } from '../support/services.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'espalier-desktop-'))
const workspace = path.join(folder, 'workspace')
let window: BrowserWindow
let page: Page

const heading = (of: Page) => of.getByRole('heading', { name: 'Corpora' }).first()

beforeAll(async () => {
  await Promise.all([buildWindow(() => undefined), buildDesktop()])
  const services = await openServices({ workspace, compute: createProcessHost() })
  await importTiny(services)
  await services.close()
  await shim.start(() => import(path.join(root, 'out', 'main', 'main.js')), [`--workspace=${workspace}`])
  await vi.waitUntil(() => shim.windows.length + shim.errorBoxes.length > 0, { timeout: 30_000 })
  expect(shim.errorBoxes).toEqual([])
  window = shim.windows[0] as BrowserWindow // polled for above
  page = (await window.page)?.page as Page // loading began with it
}, 120_000)

afterAll(async () => {
  await closeShimBrowser()
  rmSync(folder, { recursive: true, force: true })
})

describe('the desktop shell', () => {
  it('sandboxes and declares its scheme before it is ready', () => {
    expect(shim.isSandboxed).toBe(true)
    expect(shim.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
  })

  it('shows the workspace in the window, over a port', async () => {
    await heading(page).waitFor()
    await page.getByText('Tiny').first().waitFor()
    expect(window.isShown).toBe(true)
    expect((await window.page)?.complaints).toEqual([])
  })

  it('computes in its worker, and tries what the machine has in processes of its own', async () => {
    await page.evaluate(() => void (location.hash = '#/settings'))
    await page.getByText('WebAssembly, fused kernels').first().waitFor()
    expect(shim.utilityProcesses).toContain('Espalier compute')
    await page.evaluate(() => void (location.hash = '#/corpora'))
  })

  it('gives the page one frozen fact and nothing of Node or Electron', async () => {
    const seen = await page.evaluate(() => ({
      espalier: Reflect.get(window, 'espalier') as unknown,
      isFrozen: Object.isFrozen(Reflect.get(window, 'espalier')),
      others: ['require', 'process', 'module', 'ipcRenderer', 'electron'].filter((name) => name in window),
    }))
    expect(seen).toEqual({ espalier: { isDesktop: true }, isFrozen: true, others: [] })
  })

  it('serves only the built window, under a strict policy', async () => {
    const index = await shim.fetch('app://espalier/')
    expect(index.status).toBe(200)
    expect(index.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = index.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    for (const url of [
      'app://espalier/..%2f..%2fpackage.json',
      'app://espalier/%2e%2e/main/main.js',
      'app://espalier/..%5c..%5cpackage.json',
      'app://espalier/%00',
      'app://other/index.html',
      'app://espalier/nothing.js',
    ])
      expect((await shim.fetch(url)).status, url).toBe(404)
    expect((await shim.fetch('app://espalier/', 'POST')).status).toBe(404)
  })

  it('lets no script but its own run', async () => {
    const hasRun = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.hasRun = true'
      document.head.append(script)
      return Reflect.get(window, 'hasRun') === true
    })
    expect(hasRun).toBe(false)
  })

  it('stays on its own pages and asks nobody on the network', async () => {
    const address = page.url()
    await page.evaluate(() => void (location.href = 'https://example.org/'))
    await expect.poll(() => shim.prevented).toEqual(['https://example.org/'])
    await page.evaluate(() => fetch('https://example.org/x').catch(() => undefined))
    expect(page.url()).toBe(address)
    expect(shim.refused).toEqual([])
  })

  it('opens links to the web outside, and no other kind of address', async () => {
    const answer = (url: string) => window.webContents.windowOpenHandler?.({ url } as never)
    expect(answer('https://example.org/')).toEqual({ action: 'deny' })
    expect(answer('file:///etc/passwd')).toEqual({ action: 'deny' })
    expect(answer('not an address')).toEqual({ action: 'deny' })
    expect(shim.openedOutside).toEqual(['https://example.org/'])
  })

  it('grants the page nothing but writing to the clipboard', () => {
    const answers: Record<string, boolean> = {}
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'clipboard-sanitized-write']) {
      asked.request?.(
        null as never,
        permission as never,
        (isGranted) => (answers[permission] = isGranted),
        null as never,
      )
      expect(asked.check?.(null, permission as never, '', null as never)).toBe(answers[permission])
    }
    expect(Object.entries(answers).filter(([, isGranted]) => isGranted)).toEqual([['clipboard-sanitized-write', true]])
    expect(asked.device?.(null as never)).toBe(false)
  })

  it('answers no port from a strange page or an inner frame', () => {
    let started = 0
    const port = { on: () => undefined, postMessage: () => undefined, start: () => started++ }
    const send = (senderFrame: unknown) => ipcMain.emit('espalier-connect', { ports: [port], senderFrame })
    send(null)
    send({ url: 'https://example.org/', parent: null })
    send({ url: 'app://espalier.evil/', parent: null })
    send({ url: 'app://espalier/', parent: {} })
    expect(started).toBe(0)
    send({ url: 'app://espalier/index.html', parent: null })
    expect(started).toBe(1)
  })

  it('connects again after a reload', async () => {
    window.webContents.reload()
    await heading(page).waitFor()
    await page.getByText('Tiny').first().waitFor()
  })

  it('comes back when the page’s process dies', async () => {
    const before = await window.page
    await before?.crash()
    await expect.poll(async () => (await window.page) !== before, { timeout: 30_000 }).toBe(true)
    page = (await window.page)?.page as Page // the poll saw it
    await page.getByText('Tiny').first().waitFor()
  })

  it('leaves the keys of undo and redo to the window', () => {
    const edit = shim.menu.find(({ label }) => label === 'Edit')?.submenu
    const items = Array.isArray(edit) ? edit : []
    for (const role of ['undo', 'redo'])
      expect(items.find((item) => item.role === role)).toMatchObject({ registerAccelerator: false })
  })

  it('comes to the front when it is started a second time', () => {
    app.emit('second-instance')
    expect(window.isFocused).toBe(true)
  })

  it('lets the command line work beside the window, and shows what came of it', async () => {
    const file = path.join(folder, 'more.txt')
    writeFileSync(file, 'Ada Hall leads Norvik Labs in Grastad.')
    const imported = await espalierProcess([
      'import',
      '--corpus',
      'More',
      '--split',
      'train',
      file,
      '--workspace',
      workspace,
    ])
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    await page.getByText('More').first().waitFor()
    const stats = await espalierProcess(['stats', 'More', '--json', '--workspace', workspace])
    expect(JSON.parse(stats.stdout)).toMatchObject({ name: 'More' })
    const served = await espalierProcess(['serve', '--workspace', workspace])
    expect(served).toMatchObject({ code: 1, stderr: expect.stringContaining('is open in another process') as string })
  })

  it('closes the workspace when the window is closed', async () => {
    await window.shimClose()
    await expect.poll(() => shim.exitCode, { timeout: 30_000 }).toBe(0)
    const services = await openServices({ workspace, compute: createProcessHost() }) // free again
    await services.close()
  })
})
