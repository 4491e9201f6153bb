/** Writes out/licences.txt as the last step of `npm run build`, since it needs the built window. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gatherLicences } from './licences.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
writeFileSync(path.join(root, 'out', 'licences.txt'), gatherLicences(root))
