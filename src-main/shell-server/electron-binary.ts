/** Electron's binary: where it is, and fetching it where that is possible. The npm package comes without one. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const packageFolder = path.resolve(import.meta.dirname, '..', '..', 'node_modules', 'electron')
const patienceMs = 5000

/** The executable; null when it is not on this machine. Never loads the package: that would start a download. */
export function findElectron(folder = packageFolder): string | null {
  const note = path.join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const executable = path.join(folder, 'dist', readFileSync(note, 'utf8').trim())
  return existsSync(executable) ? executable : null
}

/** Downloads the binary with the package's own script; null when its server cannot be reached or the script fails. */
export async function fetchElectron(log: (line: string) => void, folder = packageFolder): Promise<string | null> {
  const script = path.join(folder, 'install.js')
  if (!existsSync(script) || !(await isReachable())) return null
  log('Fetching Electron, about 120 MB, once ...')
  const install = spawn(process.execPath, [script], { stdio: 'ignore' })
  const code = await new Promise((resolve) => install.once('exit', resolve).once('error', resolve))
  return code === 0 ? findElectron(folder) : null
}

/** Asked first, because the script waits without end where a firewall swallows its requests. */
async function isReachable(): Promise<boolean> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/'
  try {
    const answer = await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(patienceMs) })
    return answer.status < 500
  } catch {
    return false
  }
}
