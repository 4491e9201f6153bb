/** What is built from source: the window, and the desktop shell. Made when missing or older than its source. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdirSync, rmdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export const root = path.resolve(import.meta.dirname, '..', '..')
export const windowFolder = path.join(root, 'out', 'window')

type Log = (line: string) => void

/** A build takes seconds; what is older was left behind by a program that was killed. */
const longestBuildMs = 120_000

/** An installed program has no source: there the window is built already. */
export async function buildWindow(log: Log): Promise<void> {
  if (!existsSync(path.join(root, 'src-renderer'))) return
  await oneAtATime('window', async () => {
    if (isFresh(path.join(windowFolder, 'index.html'), '{src-renderer/**/*,src-main/**/*.ts,package.json}')) return
    log('Building the window, which takes a few seconds the first time ...')
    const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    await runNode([vite, 'build', 'src-renderer', '--logLevel', 'error'], 'The window')
  })
}

/** The desktop shell with its preload script and the compute worker, each in one file. */
export async function buildDesktop(): Promise<void> {
  await oneAtATime('main', async () => {
    if (isFresh(path.join(root, 'out', 'main', 'main.js'), '{src-main/**/*.ts,package.json}')) return
    await runNode([path.join(root, 'src-main', 'shell-electron', 'build.ts')], 'The desktop shell')
  })
}

/** Two programs that start at once build once: the second waits for the first. */
async function oneAtATime(what: string, work: () => Promise<void>): Promise<void> {
  mkdirSync(path.join(root, 'out'), { recursive: true })
  const lock = path.join(root, 'out', `${what}.building`)
  while (!take(lock)) await wait(200)
  try {
    await work()
  } finally {
    rmdirSync(lock)
  }
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    const heldMs = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    return heldMs > longestBuildMs
  }
}

async function runNode(words: readonly string[], what: string): Promise<void> {
  const build = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise((resolve) => build.once('exit', resolve).once('error', resolve))
  if (code !== 0) throw new Error(`${what} could not be built: the lines above say why.`)
}

function isFresh(built: string, sources: string): boolean {
  if (!existsSync(built)) return false
  const newest = Math.max(...globSync(sources, { cwd: root }).map((file) => statSync(path.join(root, file)).mtimeMs))
  return statSync(built).mtimeMs >= newest
}
