/** The built desktop program, from its first file to its last, with Chromium pages in place of Electron's windows. */
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openServices } from '#main/services/services'
import { buildDesktop, buildWindow, root } from '#main/shell-server/window-build'
import { createProcessHost } from '#main/compute/host'
import { app, asked, downloads, ipcMain, shim, type BrowserWindow } from '../support/electron-shim.ts'
import { closeShimBrowser } from '../support/electron-shim-page.ts'
import { espalierProcess } from '../support/command-line.ts'
import { importTiny } from '../support/services.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'espalier-desktop-'))
const workspace = path.join(folder, 'workspace')
let window: BrowserWindow
let page: Page

/** Chooses an entry of the menu. */
function choose(menu: string, entry: string): void {
  const items = shim.menu.find(({ label }) => label === menu)?.submenu
  const item = Array.isArray(items) ? items.find(({ label }) => label === entry) : undefined
  if (!item?.click) throw new Error(`The menu ${menu} has no ${entry}`)
  item.click(null as never, undefined, {})
}

const heading = (of: Page) => of.getByRole('heading', { name: 'Corpora' }).first()

beforeAll(async () => {
  await Promise.all([buildWindow(() => undefined), buildDesktop()])
  const services = await openServices({ workspace, compute: createProcessHost() })
  await importTiny(services)
  await services.handlers.system.updateSettings({ hasSeenTour: true })
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

  it('opens what the books link to outside, and no other address', () => {
    const answer = (url: string) => window.webContents.windowOpenHandler?.({ url } as never)
    for (const url of [
      'https://github.com/electron/electron',
      'http://github.com/',
      'https://github.com.example.org/',
      'https://person@github.com/',
      'https://github.com:8443/',
      'https://example.org/',
      'file:///etc/passwd',
      'not an address',
    ])
      expect(answer(url)).toEqual({ action: 'deny' })
    expect(shim.openedOutside).toEqual(['https://github.com/electron/electron'])
  })

  it('guards pages that are made later as well, against views within them and redirections', () => {
    const later = Object.assign(new EventEmitter(), { setWindowOpenHandler: () => undefined })
    app.emit('web-contents-created', {}, later)
    const prevented = (name: string, url: string): boolean => {
      let isPrevented = false
      later.emit(name, { url, preventDefault: () => (isPrevented = true) })
      return isPrevented
    }
    expect(prevented('will-attach-webview', 'app://espalier/')).toBe(true)
    expect(prevented('will-redirect', 'https://example.org/')).toBe(true)
    expect(prevented('will-frame-navigate', 'app://espalier.evil/')).toBe(true)
    expect(prevented('will-frame-navigate', 'app://espalier/index.html')).toBe(false)
  })

  it('keeps WebGPU from the window, and Node from both of its pages', () => {
    expect(window.options.webPreferences).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
      disableBlinkFeatures: 'WebGPU',
    })
  })

  it('fetches no file from elsewhere', () => {
    const download = (url: string): boolean => {
      let isPrevented = false
      downloads.emit('will-download', { preventDefault: () => (isPrevented = true) }, { getURL: () => url })
      return !isPrevented
    }
    expect(download('https://example.org/x.exe')).toBe(false)
    expect(download('blob:app://espalier/1')).toBe(true)
  })

  it('asks before a page names a place that nobody chose, and takes what was dropped without a question', async () => {
    const file = path.join(folder, 'dropped.txt')
    writeFileSync(file, 'Ada Hall leads Norvik Labs in Grastad.')
    await page.evaluate((named) => Object.assign(window, { shimPaths: { 'dropped.txt': named } }), file)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByLabel('Files to import').setInputFiles(file)
    await page.getByText('1 sentence').first().waitFor()
    expect(shim.dialogs).toEqual([])
    await page.keyboard.press('Escape')
    await page.evaluate(() => void (location.hash = '#/settings'))
    await page.getByRole('textbox', { name: 'Back up into' }).fill(path.join(folder, 'typed.zip'))
    await page.getByRole('button', { name: 'Back up', exact: true }).click()
    await page.getByText('was not allowed. Choose the place again.').waitFor() // the person left the question
    expect(shim.dialogs).toMatchObject([{ message: 'May the window use this place?', defaultId: 1, cancelId: 1 }])
    shim.answers.push(path.join(folder, 'chosen.zip'))
    await page.getByRole('button', { name: 'Choose Back up into' }).click()
    const field = page.getByRole('textbox', { name: 'Back up into' })
    await expect.poll(() => field.inputValue()).toBe(path.join(folder, 'chosen.zip'))
    await page.getByRole('button', { name: 'Back up', exact: true }).click()
    await page.getByText('Backed up 1 corpus').waitFor()
    expect(shim.dialogs).toHaveLength(2)
    await page.evaluate(() => void (location.hash = '#/corpora'))
  })

  it('has a menu whose entries lead through the window', async () => {
    const labels = shim.menu.map(({ label, role }) => label ?? role)
    expect(labels).toEqual(['&File', '&Edit', '&View', '&Run', '&Help'])
    choose('&Run', 'Train…')
    await page.getByRole('heading', { name: 'Train', exact: true }).first().waitFor()
    choose('&Help', 'About Espalier')
    await page.getByRole('dialog', { name: 'About Espalier' }).getByText('0.1.0').waitFor()
    await page.keyboard.press('Escape')
    choose('&File', 'Import files…')
    await page.getByRole('dialog', { name: 'Import' }).waitFor()
    await page.keyboard.press('Escape')
    await heading(page).waitFor()
  })

  it('copies a report of itself, which holds no text of a corpus', async () => {
    choose('&Help', 'Copy a report of this program')
    await expect.poll(() => shim.clipboard).toContain('processors')
    expect(shim.clipboard).not.toContain('Norvik')
  })

  it('tells that a build without a place for updates asks nobody', async () => {
    choose('&Help', 'Check for updates…')
    await expect.poll(() => shim.dialogs.at(-1)).toMatchObject({ message: 'This build names no place for updates' })
    expect(shim.refused).toEqual([])
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
    const edit = shim.menu.find(({ label }) => label === '&Edit')?.submenu
    const items = Array.isArray(edit) ? edit : []
    for (const role of ['undo', 'redo'])
      expect(items.find((item) => item.role === role)).toMatchObject({ registerAccelerator: false })
  })

  it('opens files and addresses with which it is started again', async () => {
    const file = path.join(folder, 'second.txt')
    writeFileSync(file, 'Ada Hall leads Norvik Labs in Grastad.')
    app.emit('second-instance', {}, ['electron', '.', file], folder)
    const dialog = page.getByRole('dialog', { name: 'Import' })
    await dialog.getByText('second.txt').first().waitFor()
    await dialog.getByText('1 sentence').first().waitFor()
    await page.keyboard.press('Escape')
    app.emit('second-instance', {}, ['electron', '.', 'espalier://sentence/1'], folder)
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/annotate/1')
    await page.getByRole('grid').first().waitFor()
    app.emit('second-instance', {}, ['electron', '.', 'espalier://sentence/1?workspace=/nowhere'], folder)
    await expect
      .poll(() => shim.dialogs.at(-1))
      .toMatchObject({ message: 'The workspace of this address was never opened here' })
    choose('&View', 'Corpora')
    await heading(page).waitFor()
  })

  it('makes a workspace from the menu, and starts again on it', async () => {
    shim.answers.push(path.join(folder, 'new workspace'))
    choose('&File', 'New workspace…')
    shim.quitsFail = true
    await expect.poll(() => shim.relaunched).toEqual(['.', `--workspace=${path.join(folder, 'new workspace')}`])
    shim.relaunched = null
    shim.answers.push(folder)
    choose('&File', 'Open workspace…')
    await expect.poll(() => shim.errorBoxes.at(-1)?.content).toContain('holds no workspace')
    shim.errorBoxes.length = 0
  })

  it('asks where a workspace moves to, and starts again there', async () => {
    shim.answers.push(folder)
    choose('&File', 'Move workspace…')
    await expect.poll(() => shim.errorBoxes.at(-1)?.content).toContain('The workspace is in')
    shim.errorBoxes.length = 0
    const elsewhere = path.join(folder, 'elsewhere')
    shim.answers.push(elsewhere, 0)
    choose('&File', 'Move workspace…')
    const words = [`--workspace=${path.join(elsewhere, 'workspace')}`, `--moved-from=${workspace}`]
    await expect.poll(() => shim.relaunched).toEqual(['.', ...words])
    shim.quitsFail = false
  })

  it('comes to the front when it is started a second time', () => {
    app.emit('second-instance', {}, ['electron', '.'], folder)
    expect(window.isFocused()).toBe(true)
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
