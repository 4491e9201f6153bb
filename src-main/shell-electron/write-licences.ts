/** Part of `npm run build`: writes out/licences.txt, once the window is built. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gatherLicences } from './licences.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
writeFileSync(path.join(root, 'out', 'licences.txt'), gatherLicences(root))
