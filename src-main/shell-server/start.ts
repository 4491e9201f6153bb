/** The main file of `npm start`. */
import { keepCompiled } from '#main/worker/keep-compiled'
import { standWhereTyped } from './stand-where-typed.ts'

keepCompiled()
standWhereTyped()
await import('./start-program.ts')
