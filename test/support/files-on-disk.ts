/** Files of an import in tests: written into a temporary folder that goes with the process. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Split } from '#main/document/doc'

interface FileText {
  /** Name by which it is shown; it may have folders. */
  readonly name: string
  readonly text: string | Uint8Array
  readonly split?: Split
}

const root = mkdtempSync(path.join(tmpdir(), 'espalier-files-'))
process.once('exit', () => rmSync(root, { recursive: true, force: true }))
let folders = 0

/** The files as an import refers to them, all in one new folder. */
export function onDisk(...files: readonly FileText[]) {
  const folder = path.join(root, String(folders++))
  return files.map(({ name, text, split }) => {
    const place = path.join(folder, name)
    mkdirSync(path.dirname(place), { recursive: true })
    writeFileSync(place, text)
    return { file: { path: place, name }, ...(split && { split }) }
  })
}
