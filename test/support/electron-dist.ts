/** A folder that looks like Electron's distribution for Linux to electron-builder, so that packing needs no download. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What Electron's binary is found by before the states of its fuses. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** Electron 45 as it is delivered: version of the wire, number of fuses, and a state for each. */
const wire = ['\u0001', '\u0009', '101100110'].join('')

export function makeElectronDist(folder: string, version: string): void {
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  const binary = path.join(folder, 'electron')
  writeFileSync(binary, `\u007fELF${sentinel}${wire}`, 'latin1')
  chmodSync(binary, 0o755)
  for (const [name, text] of Object.entries({ version, LICENSE: 'MIT', 'LICENSES.chromium.html': '<p>Chromium' }))
    writeFileSync(path.join(folder, name), text)
}
