/** Stands in for Electron in tests: main's real code, with Chromium pages as windows. Typed by Electron's own types. */
import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { fromPageUrl, openPage, type ShimPage } from './electron-shim-page.ts'

/** What main did, and what the test does in the system's or the person's place. */
export const shim = {
  switches: new Map<string, string>(),
  handlers: new Map<string, (request: Request) => Response | Promise<Response>>(),
  schemes: [] as Electron.CustomScheme[],
  isReady: false,
  isSandboxed: false,
  windows: [] as BrowserWindow[],
  menu: [] as readonly Electron.MenuItemConstructorOptions[],
  openedOutside: [] as string[],
  errorBoxes: [] as { title: string; content: string }[],
  /** Answers of the person to dialogs, in order: the number of a button, or a path. Without one the person leaves the dialog. */
  answers: [] as (number | string)[],
  /** The dialogs that main has shown. */
  dialogs: [] as (Electron.MessageBoxOptions | Electron.OpenDialogOptions | Electron.SaveDialogOptions)[],
  clipboard: '',
  notices: [] as Notification[],
  /** Words with which the program is to start again. */
  relaunched: null as readonly string[] | null,
  progress: [] as number[],
  blockers: new Set<number>(),
  /** Navigations that main did not allow. */
  prevented: [] as string[],
  /** Requests that left the program's own pages; none is let through. */
  refused: [] as string[],
  /** Runs in every new window before its page. */
  pageScript: null as (() => void) | null,
  exitCode: null as number | null,
  /** Has the program go on when main ends it, so that a test can look at what follows. */
  quitsFail: false,
  /** Names of the processes that main has started. */
  utilityProcesses: [] as string[],
  /** Evaluates main, then becomes ready: as for an ES module, never before main has been evaluated. `words` follow the program's name. */
  async start(main: () => Promise<unknown>, words?: readonly string[]): Promise<void> {
    if (words) process.argv.splice(0, process.argv.length, 'electron', '.', ...words)
    await main()
    shim.isReady = true
    app.emit('ready')
  },
  /** What the page would get for this address. */
  async fetch(url: string, method = 'GET'): Promise<Response> {
    const handler = shim.handlers.get(new URL(url).protocol.slice(0, -1))
    if (!handler) throw new Error(`Nothing answers to ${url}`)
    return handler(new Request(url, { method }))
  },
}

function beforeReady(what: string): void {
  if (shim.isReady) throw new Error(`${what} must be called before the app is ready`)
}

function afterReady(what: string): void {
  if (!shim.isReady) throw new Error(`${what} must not be called before the app is ready`)
}

class ShimEvent {
  isPrevented = false
  preventDefault(): void {
    this.isPrevented = true
  }
}

/** Only what main uses is here; whatever else it would use fails by name. */
export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  commandLine: {
    hasSwitch: (name: string) => shim.switches.has(name),
    appendSwitch(name: string, value = '') {
      beforeReady('appendSwitch')
      shim.switches.set(name, value)
    },
  },
  getName: () => 'Espalier',
  getAppPath: () => '.',
  setAsDefaultProtocolClient: () => true,
  relaunch: ({ args = [] }: Electron.RelaunchOptions = {}) => void (shim.relaunched = args),
  setPath: () => beforeReady('setPath of userData'),
  disableHardwareAcceleration: () => beforeReady('disableHardwareAcceleration'),
  setActivationPolicy: () => undefined,
  enableSandbox() {
    beforeReady('enableSandbox')
    shim.isSandboxed = true
  },
  requestSingleInstanceLock: () => true,
  whenReady: () =>
    new Promise<void>((resolve) => {
      if (shim.isReady) resolve()
      else app.once('ready', resolve)
    }),
  /** As in Electron a window that refuses to close ends the quitting. */
  quit() {
    if (shim.quitsFail) return
    if (shim.windows.some((window) => !window.shimMayClose())) return
    for (const window of [...shim.windows]) window.destroy()
    const event = new ShimEvent()
    app.emit('will-quit', event)
    if (!event.isPrevented) app.exit(0)
  },
  exit(code = 0) {
    shim.exitCode = code
    app.emit('quit', new ShimEvent(), code)
  },
} satisfies Omit<Partial<Electron.App>, 'commandLine'> & { commandLine: Partial<Electron.CommandLine> })

export const protocol = {
  registerSchemesAsPrivileged(schemes) {
    beforeReady('registerSchemesAsPrivileged')
    if (shim.schemes.length > 0) throw new Error('registerSchemesAsPrivileged can be called once only')
    shim.schemes.push(...schemes)
  },
  handle(scheme, handler) {
    afterReady('protocol.handle')
    shim.handlers.set(scheme, handler as (request: Request) => Response | Promise<Response>) // Node's own classes
  },
} satisfies Partial<Electron.Protocol>

type Permissions = Pick<
  Electron.Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>
/** Hears the downloads of pages. */
export const downloads = new EventEmitter()
export const asked = {
  request: null as Parameters<Permissions['setPermissionRequestHandler']>[0],
  check: null as Parameters<Permissions['setPermissionCheckHandler']>[0],
  device: null as Parameters<Permissions['setDevicePermissionHandler']>[0],
}
export const session = {
  get defaultSession() {
    afterReady('session.defaultSession')
    return {
      setPermissionRequestHandler: (handler) => void (asked.request = handler),
      setPermissionCheckHandler: (handler) => void (asked.check = handler),
      setDevicePermissionHandler: (handler) => void (asked.device = handler),
      on: (name: string, listener: (...words: unknown[]) => void) => downloads.on(name, listener),
    } satisfies Permissions & { on: unknown }
  },
}

export const ipcMain = new EventEmitter()
export const nativeTheme = { shouldUseDarkColors: false } satisfies Partial<Electron.NativeTheme>
export const dialog = {
  showErrorBox: (title: string, content: string) => void shim.errorBoxes.push({ title, content }),
  async showMessageBox(...words: [Electron.BaseWindow, Electron.MessageBoxOptions] | [Electron.MessageBoxOptions]) {
    const options = words[1] ?? (words[0] as Electron.MessageBoxOptions) // the last is the options
    shim.dialogs.push(options)
    return { response: Number(shim.answers.shift() ?? options.cancelId ?? 0), checkboxChecked: false }
  },
  async showOpenDialog(_: Electron.BaseWindow, options: Electron.OpenDialogOptions) {
    shim.dialogs.push(options)
    const answer = shim.answers.shift()
    return { canceled: answer === undefined, filePaths: answer === undefined ? [] : [String(answer)] }
  },
  async showSaveDialog(_: Electron.BaseWindow, options: Electron.SaveDialogOptions) {
    shim.dialogs.push(options)
    const answer = shim.answers.shift()
    return { canceled: answer === undefined, filePath: String(answer ?? '') }
  },
}
export const clipboard = {
  writeText: async (text: string) => void (shim.clipboard = text),
}
/** A notice of the system. */
export class Notification extends EventEmitter {
  static isSupported = (): boolean => true
  readonly options: Electron.NotificationConstructorOptions

  constructor(options: Electron.NotificationConstructorOptions) {
    super()
    this.options = options
  }
  show(): void {
    shim.notices.push(this)
  }
}
export const shell = {
  openExternal: async (url) => void shim.openedOutside.push(url),
} satisfies Partial<Electron.Shell>
export const powerSaveBlocker = {
  start() {
    const id = shim.blockers.size + 1
    shim.blockers.add(id)
    return id
  },
  stop: (id) => shim.blockers.delete(id),
} satisfies Partial<Electron.PowerSaveBlocker>

const utilityPort = new URL('./electron-shim-utility.ts', import.meta.url).href

/** A process of Node's with Electron's port in it. */
export const utilityProcess = {
  fork(modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}) {
    afterReady('utilityProcess.fork')
    shim.utilityProcesses.push(options.serviceName ?? '')
    const child = fork(modulePath, args, {
      ...{ serialization: 'advanced', stdio: [...(options.stdio as ('ignore' | 'pipe')[]), 'ipc'] }, // ours says so
      execArgv: ['--import', utilityPort],
    })
    const outside = Object.assign(new EventEmitter(), {
      postMessage: (message: unknown) => void child.send(message as object), // ours are objects
      kill: () => child.kill(),
      stderr: child.stderr,
    })
    child.on('message', (message) => outside.emit('message', message))
    child.on('exit', (code) => outside.emit('exit', code ?? 1))
    return outside
  },
}

export const Menu = {
  buildFromTemplate: (template: readonly Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (template: readonly Electron.MenuItemConstructorOptions[]) => void (shim.menu = template),
}

class WebContents extends EventEmitter {
  windowOpenHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null
  reload: () => void

  constructor(reload: () => void) {
    super()
    this.reload = reload
  }
  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.windowOpenHandler = handler
  }
}

type UsedOfWindow =
  | 'loadURL'
  | 'show'
  | 'destroy'
  | 'isMinimized'
  | 'restore'
  | 'focus'
  | 'isDestroyed'
  | 'setProgressBar'
  | 'close'
  | 'isFocused'

export class BrowserWindow extends EventEmitter implements Pick<Electron.BrowserWindow, UsedOfWindow> {
  readonly webContents: WebContents
  readonly options: Electron.BrowserWindowConstructorOptions
  /** The page that is there now: another one after a crash. */
  page: Promise<ShimPage> | null = null
  isShown = false
  hasFocus = false
  #address = ''
  #isDestroyed = false

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    afterReady('new BrowserWindow')
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = options.webPreferences ?? {}
    if (sandbox === false || contextIsolation === false || nodeIntegration || webSecurity === false)
      throw new Error('Insecure webPreferences')
    this.options = options
    this.webContents = new WebContents(() => void this.#load())
    shim.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(address: string): Promise<void> {
    this.#address = address
    await this.#load()
  }
  async #load(): Promise<void> {
    const before = await this.page
    if (before && !before.isCrashed) return before.reload()
    await before?.close()
    this.page = openPage({
      address: this.#address,
      preload: this.options.webPreferences?.preload ?? '',
      script: shim.pageScript,
      answer: (request) => shim.fetch(request),
      refuse: (url) => void shim.refused.push(url),
      mayNavigate: (url) => {
        const event = Object.assign(new ShimEvent(), { url })
        this.webContents.emit('will-frame-navigate', event)
        if (event.isPrevented) shim.prevented.push(url)
        return !event.isPrevented
      },
      mayOpen: (url) => this.webContents.windowOpenHandler?.({ url } as Electron.HandlerDetails).action !== 'deny',
      onPort: (channel, message, port, url) =>
        void ipcMain.emit(
          channel,
          { ports: [port], senderFrame: { url: fromPageUrl(url), parent: null }, sender: this.webContents },
          message,
        ),
      onMessage: (channel, message, url) =>
        void ipcMain.emit(channel, { senderFrame: { url: fromPageUrl(url), parent: null } }, message),
      onCrash: () => void this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    })
    await this.page
    this.emit('ready-to-show')
  }
  show(): void {
    this.isShown = true
  }
  isMinimized(): boolean {
    return false
  }
  restore(): void {}
  focus(): void {
    this.hasFocus = true
  }
  isFocused(): boolean {
    return this.hasFocus
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  destroy(): void {
    void this.#end()
  }
  close(): void {
    void this.shimClose()
  }
  setProgressBar(progress: number): void {
    shim.progress.push(progress)
  }
  /** Whether main lets the window close. */
  shimMayClose(): boolean {
    const event = new ShimEvent()
    this.emit('close', event)
    return !event.isPrevented
  }
  /** The person closes the window. */
  async shimClose(): Promise<void> {
    if (!this.#isDestroyed && this.shimMayClose()) await this.#end()
  }
  async #end(): Promise<void> {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    shim.windows.splice(shim.windows.indexOf(this), 1)
    await (await this.page?.catch(() => null))?.close()
    this.emit('closed')
    if (shim.windows.length === 0) app.emit('window-all-closed')
  }
}
