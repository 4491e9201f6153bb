/** The command line's main file. */
import { keepCompiled } from '#main/worker/keep-compiled'

keepCompiled()
await import('./program.ts')
