/** The command line's main file. */
import { growHeapSlowly } from '#main/machine/heap-growth'
import { keepCompiled } from '#main/worker/keep-compiled'

growHeapSlowly()
keepCompiled()
await import('./program.ts')
