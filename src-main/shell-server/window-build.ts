/** The built window: made when it is missing or older than its source. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..', '..')
export const windowFolder = path.join(root, 'out', 'window')

/** An installed program has no source: there the window is built already. */
export async function buildWindow(log: (line: string) => void): Promise<void> {
  if (!existsSync(path.join(root, 'src-renderer')) || isFresh()) return
  log('Building the window, which takes a few seconds the first time ...')
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const build = spawn(process.execPath, [vite, 'build', 'src-renderer', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise((resolve) => build.once('exit', resolve).once('error', resolve))
  if (code !== 0) throw new Error('The window could not be built: the lines above say why.')
}

function isFresh(): boolean {
  const built = path.join(windowFolder, 'index.html')
  if (!existsSync(built)) return false
  const sources = globSync('{src-renderer/**/*,src-main/**/*.ts,package.json}', { cwd: root })
  const newest = Math.max(...sources.map((file) => statSync(path.join(root, file)).mtimeMs))
  return statSync(built).mtimeMs >= newest
}
