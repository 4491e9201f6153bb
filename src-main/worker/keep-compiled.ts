/** Cache of compiled sources in the system's temporary folder, with which a program starts in half the time. */
import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * Switches the cache on for everything that is imported from here on, and for processes and threads that are started
 * from here.
 */
export function keepCompiled(): void {
  const folder = (process.env['NODE_COMPILE_CACHE'] ??= path.join(tmpdir(), 'node-compile-cache'))
  enableCompileCache(folder)
}
