/** What is built from source: the window, and the desktop shell. Made when missing or older than its source. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { oneAtATime } from './one-at-a-time.ts'

export const root = path.resolve(import.meta.dirname, '..', '..')
export const windowFolder = path.join(root, 'out', 'window')

type Log = (line: string) => void

interface Product {
  /** "The window", to begin a sentence with. */
  readonly title: string
  /** The file that is there when it is built. */
  readonly built: string
  /** What it is made of, as a pattern below the root. */
  readonly sources: string
  build(): Promise<void>
}

/** An installed program has no source: there the window is built already. */
export async function buildWindow(log: Log): Promise<void> {
  if (!existsSync(path.join(root, 'src-renderer'))) return
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  await bringUpToDate(
    {
      title: 'The window',
      built: path.join(windowFolder, 'index.html'),
      sources: '{src-renderer/**/*,src-main/**/*.ts,package.json}',
      async build() {
        log('Building the window, which takes a few seconds the first time ...')
        await runNode([vite, 'build', 'src-renderer', '--logLevel', 'error'], 'The window')
      },
    },
    log,
  )
}

/** The desktop shell with its preload script and the compute worker, each in one file. */
export async function buildDesktop(log: Log = () => undefined): Promise<void> {
  await bringUpToDate(
    {
      title: 'The desktop shell',
      built: path.join(root, 'out', 'main', 'main.js'),
      sources: '{src-main/**/*.ts,package.json}',
      build: () => runNode([path.join(root, 'src-main', 'shell-electron', 'build.ts')], 'The desktop shell'),
    },
    log,
  )
}

/** @throws Error when it must be built and cannot be. */
export async function bringUpToDate({ title, built, sources, build }: Product, log: Log): Promise<void> {
  if (isFresh(built, sources)) return
  const folder = path.dirname(built)
  try {
    mkdirSync(path.dirname(folder), { recursive: true })
    await oneAtATime(`${folder}.building`, async () => (isFresh(built, sources) ? undefined : build()), log)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // undefined when the build itself failed
    if (code === undefined) throw error
    if (!existsSync(built))
      throw new Error(
        `${title} has to be built, and ${path.dirname(folder)} cannot be written (${code}). Build it once as a user who may: npm run build.`,
      )
    log(
      `${title} is older than its source and cannot be built again: ${path.dirname(folder)} cannot be written (${code}).`,
    )
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
