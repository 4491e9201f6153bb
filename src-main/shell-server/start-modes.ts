/** The two ways to show the window from source: Electron as a program of its own, or a browser on our server. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openAppWindow, rootArguments } from './app-window.ts'
import { runServer, type ServedWorkbench } from './main.ts'
import { buildDesktop, buildWindow, root } from './window-build.ts'

export interface StartOptions {
  readonly workspace: string
  /** null when nobody asked for a server. */
  readonly port: number | null
  /** Open nothing, print the address. */
  readonly isQuiet: boolean
}

type Log = (line: string) => void

/** One port from start to start, so that what the window remembers is found again; where it is taken, any other. */
const usualPort = 41_527
const shortMs = 10_000
/** A reload takes a window away for less than this. */
const reloadMs = 2000

/** Runs until the person quits; false when Electron could not start, which is no reason to stop. */
export async function runInElectron(electron: string, { workspace }: StartOptions, log: Log): Promise<boolean> {
  await Promise.all([buildWindow(log), buildDesktop(log)])
  const startedMs = Date.now()
  const shell = spawn(electron, [...rootArguments, root, `--workspace=${workspace}`], { stdio: 'inherit' })
  const forward = (signal: NodeJS.Signals): void => void shell.kill(signal)
  const leaveToIt = (): void => undefined // the terminal sends Ctrl+C to both
  process.on('SIGTERM', forward).on('SIGINT', leaveToIt)
  const code = await new Promise<number | null>((resolve) =>
    shell.once('exit', resolve).once('error', () => resolve(1)),
  )
  process.off('SIGTERM', forward).off('SIGINT', leaveToIt)
  const hasFailed = code !== 0 && code !== null
  if (!hasFailed) return true
  if (Date.now() - startedMs > shortMs) throw new Error(`Electron ended with status ${code}.`)
  log(`Electron did not start (status ${code}), so a browser shows the window.`)
  return false
}

/** Runs until the window is closed or the program is told to end. Without a browser the address is printed. */
export async function runInBrowser(browser: string | null, options: StartOptions, log: Log): Promise<void> {
  const served = await serve(options, log)
  if (!browser) {
    if (!options.isQuiet) log('There is no Chrome, Chromium or Edge to show the window in, or no display.')
    print(`Open ${served.url} in a browser on this machine. Ctrl+C ends Espalier.`)
  } else await showIn(browser, served, options)
  await served.stopped
}

async function serve({ workspace, port }: StartOptions, log: Log): Promise<ServedWorkbench> {
  if (port !== null) return runServer({ workspace, port, log })
  return runServer({ workspace, port: usualPort, fallbackPort: 0, log })
}

async function showIn(browser: string, served: ServedWorkbench, { workspace }: StartOptions): Promise<void> {
  const { server, stop, stopped } = served
  let windows = 0
  let hasShown = false
  server.onWindows((count) => {
    windows = count
    hasShown ||= count > 0
    // on macOS a browser goes on without windows
    if (process.platform === 'darwin' && count === 0) void stopWhenEmpty()
  })
  const stopWhenEmpty = async (): Promise<void> => {
    await wait(reloadMs)
    if (windows === 0) await stop()
  }
  const window = openAppWindow(browser, served.url, path.join(workspace, 'browser'))
  const onGone = (): void => {
    if (hasShown) void stopWhenEmpty()
    else
      print(`${browser} did not show the window. Open ${server.createUrl()} in a browser on this machine; Ctrl+C ends.`)
  }
  window.once('exit', onGone).once('error', onGone)
  void stopped.then(() => window.kill())
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
