/** The main file of `npm start`. */
import { keepCompiled } from '#main/worker/keep-compiled'

keepCompiled()
await import('./start-program.ts')
