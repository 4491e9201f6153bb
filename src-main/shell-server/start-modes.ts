/** The two ways to show the window from source: Electron as a program of its own, or a browser on our server. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openAppWindow, rootArguments } from './app-window.ts'
import { aboutLinks, offerFreshLinks } from './fresh-links.ts'
import { handOver } from './hand-over.ts'
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
  const { workspace, port, isQuiet } = options
  const served = await runServer({ workspace, port, log })
  const printLink = (reason = ''): void =>
    print(`${reason}Open ${served.server.createUrl()} in a browser on this machine.`)
  if (!browser) {
    if (!isQuiet) log('There is no Chrome, Chromium or Edge to show the window in, or no display.')
    printLink()
    log(aboutLinks)
  } else showIn(browser, served, workspace, printLink)
  await served.stopped.finally(offerFreshLinks(() => printLink()))
}

/** Shows the window of the program that has the workspace open already; where no browser can, the link is printed. */
export async function showOpen(browser: string | null, url: string, workspace: string, log: Log): Promise<void> {
  log('Espalier has this workspace open already.')
  if (!browser) return print(`Open ${url} in a browser on this machine.`)
  const { address, forget } = handOver(workspace, url)
  const window = openAppWindow(browser, address, profileIn(workspace))
  await new Promise((resolve) => window.once('exit', resolve).once('error', resolve))
  // a browser that shows the first window has taken this one over, and reads the file in a moment
  await wait(shortMs)
  forget()
}

const profileIn = (workspace: string): string => path.join(workspace, 'browser')

function showIn(
  browser: string,
  served: ServedWorkbench,
  workspace: string,
  printLink: (reason: string) => void,
): void {
  const { server, stop, stopped } = served
  const { address, forget } = handOver(workspace, server.createUrl())
  let windows = 0
  let hasShown = false
  server.onWindows((count) => {
    windows = count
    hasShown ||= count > 0
    if (hasShown) forget()
    // on macOS a browser goes on without windows
    if (process.platform === 'darwin' && count === 0) void stopWhenEmpty()
  })
  const stopWhenEmpty = async (): Promise<void> => {
    await wait(reloadMs)
    if (windows === 0) await stop()
  }
  const window = openAppWindow(browser, address, profileIn(workspace))
  const onGone = (): void => {
    if (hasShown) return void stopWhenEmpty()
    printLink(`${browser} did not show the window. `)
  }
  window.once('exit', onGone).once('error', onGone)
  void stopped.then(() => {
    forget()
    window.kill()
  })
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
