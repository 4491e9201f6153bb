/** The main file of `npm start`. */
import { growHeapSlowly } from '#main/machine/heap-growth'
import { keepCompiled } from '#main/worker/keep-compiled'
import { standWhereTyped } from './stand-where-typed.ts'

growHeapSlowly()
keepCompiled()
standWhereTyped()
await import('./start-program.ts')
