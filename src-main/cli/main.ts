/** The command line's main file. What Node makes of our sources is kept in the system's temporary folder: half a start. */
import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

// for the processes and threads that are started from here too
process.env['NODE_COMPILE_CACHE'] ??= path.join(tmpdir(), 'node-compile-cache')
enableCompileCache(process.env['NODE_COMPILE_CACHE'])

await import('./program.ts')
