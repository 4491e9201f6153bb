/** Writes licences, bill of materials and stamp to out/ as the last step of `npm run build`, since they need the bundles and the window. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { billOfMaterials } from './bill-of-materials.ts'
import { gatherLicences } from './licences.ts'
import { stampOf } from './stamp.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const stamp = stampOf(root)
const papers = {
  'licences.txt': gatherLicences(root),
  'sbom.cdx.json': billOfMaterials(root, stamp),
  'stamp.json': JSON.stringify(stamp),
}
for (const [name, text] of Object.entries(papers)) writeFileSync(path.join(root, 'out', name), text)
