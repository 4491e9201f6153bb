/** One window of the Electron shim: a Chromium page that is served by main, with the preload in a world of its own. */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { chromium, type Browser, type CDPSession, type Page, type Route } from 'playwright-core'
import { exposeInPage, preloadRuntime, type PageMessage, type ShimData } from './electron-shim-runtime.ts'

export interface ShimPage {
  readonly page: Page
  readonly isCrashed: boolean
  /** What the page threw or logged as an error. */
  readonly complaints: readonly string[]
  reload(): Promise<void>
  crash(): Promise<void>
  close(): Promise<void>
}

export interface PageOptions {
  readonly address: string
  /** Path of the built preload. */
  readonly preload: string
  /** Runs before the page, for the test. */
  readonly script: (() => void) | null
  answer(url: string): Promise<Response>
  refuse(url: string): void
  mayNavigate(url: string): boolean
  mayOpen(url: string): boolean
  onPort(channel: string, message: unknown, port: ShimPort, url: string): void
  onMessage(channel: string, message: unknown, url: string): void
  onCrash(): void
}

/** Chromium knows no scheme of ours, so app://host/x is shown to it as https://host.app.test/x. */
const suffix = '.app.test'
const toPageUrl = (url: string): string => url.replace(/^app:\/\/([^/]+)/, `https://$1${suffix}`)
export const fromPageUrl = (url: string): string => url.replace(/^https:\/\/([^/]+)\.app\.test/, 'app://$1')

const world = 'Electron Isolated Context'
let browser: Promise<Browser> | null = null

/** Main's end of a page's port: like Electron's, it holds messages back until `start`. */
export class ShimPort extends EventEmitter {
  readonly #send: (data: ShimData) => void
  #waiting: ShimData[] | null = []

  constructor(send: (data: ShimData) => void) {
    super()
    this.#send = send
  }
  postMessage(data: unknown): void {
    if (typeof data === 'string') this.#send({ isBytes: false, text: data })
    else if (data instanceof Uint8Array) this.#send({ isBytes: true, text: Buffer.from(data).toString('base64') })
    else throw new Error('The shim carries text and bytes only')
  }
  receive(received: ShimData): void {
    if (this.#waiting) return void this.#waiting.push(received)
    const { isBytes, text } = received
    this.emit('message', { data: isBytes ? new Uint8Array(Buffer.from(text, 'base64')) : text, ports: [] })
  }
  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const data of waiting) this.receive(data)
  }
  close(): void {
    this.emit('close')
  }
}

export async function openPage(options: PageOptions): Promise<ShimPage> {
  browser ??= chromium.launch({
    executablePath: '/usr/bin/chromium',
    ignoreDefaultArgs: ['--disable-gpu'],
    // like on a machine whose only graphics driver is one without a card
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  })
  const context = await (await browser).newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  let isCrashed = false
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (line) => void (line.type() === 'error' && complaints.push(line.text())))
  const ports = await installPreload(session, page, options)
  await context.route('**', (route) => serve(route, options))
  page.on('crash', () => {
    isCrashed = true
    ports.closeAll()
    options.onCrash()
  })
  page.on('popup', (popup) => {
    // Chromium asks for the page only after it is there; Electron asks first
    const url = popup.url()
    if (!options.mayOpen(url)) void popup.close()
  })
  const start = toPageUrl(options.address)
  if (options.script) await page.addInitScript(options.script)
  await page.goto(start)
  return {
    ...{ page, complaints },
    get isCrashed() {
      return isCrashed
    },
    reload: async () => void (await page.reload()),
    async crash() {
      await session.send('Page.crash').catch(() => undefined) // the answer dies with the page
    },
    async close() {
      ports.closeAll()
      await context.close()
    },
  }
}

/** Browsers are shared by the windows of a test file. */
export async function closeShimBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = null
}

async function serve(route: Route, options: PageOptions): Promise<void> {
  const request = route.request()
  const url = fromPageUrl(request.url())
  const isTopPage = request.isNavigationRequest() && request.frame().parentFrame() === null
  if (isTopPage && request.frame().url() !== 'about:blank' && !options.mayNavigate(url)) return route.abort('aborted')
  if (!url.startsWith('app:')) {
    options.refuse(url)
    return route.abort('blockedbyclient')
  }
  const answer = await options.answer(url)
  await route.fulfill({
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(await answer.arrayBuffer()),
  })
}

/** The preload sees the page's document and messages but not its variables, and main only through a binding. */
async function installPreload(
  session: CDPSession,
  page: Page,
  options: PageOptions,
): Promise<{ closeAll: () => void }> {
  const ports = new Map<string, { port: ShimPort; world: number }>()
  const closeWhere = (isGone: (world: number) => boolean): void => {
    for (const [key, { port, world: owner }] of ports)
      if (isGone(owner)) {
        ports.delete(key)
        port.close()
      }
  }
  session.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
    const message = JSON.parse(payload) as PageMessage // sent by the runtime below
    if (message.type === 'message') return options.onMessage(message.channel, message.message, page.url())
    const key = `${executionContextId} ${message.port}`
    if (message.type === 'data') return ports.get(key)?.port.receive(message.data)
    const port = new ShimPort((data) => {
      const expression = `deliver(${message.port}, ${JSON.stringify(data)})`
      session.send('Runtime.evaluate', { expression, contextId: executionContextId }).catch(() => undefined) // it is gone
    })
    ports.set(key, { port, world: executionContextId })
    options.onPort(message.channel, message.message, port, page.url())
  })
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
    closeWhere((owner) => owner === executionContextId),
  )
  session.on('Runtime.executionContextsCleared', () => closeWhere(() => true))
  await session.send('Runtime.enable')
  await session.send('Page.enable')
  await session.send('Runtime.addBinding', { name: 'toMain', executionContextName: world })
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: exposeInPage })
  const source = preloadRuntime(readFileSync(options.preload, 'utf8'))
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: world })
  return { closeAll: () => closeWhere(() => true) }
}
