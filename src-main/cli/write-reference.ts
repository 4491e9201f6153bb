/** `npm run reference`: writes docs/commands.md. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createProgram } from './create-program.ts'
import { referenceOf } from './reference.ts'

const file = path.resolve(import.meta.dirname, '..', '..', 'docs', 'commands.md')
writeFileSync(file, referenceOf(createProgram()))
console.log(`Wrote ${path.relative('.', file)}.`)
