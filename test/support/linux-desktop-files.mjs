/** A hook of electron-builder: writes the desktop entry and the file types of the packages for Linux beside what was packed. */
import { copyFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { LinuxTargetHelper } from 'app-builder-lib/out/targets/LinuxTargetHelper.js'

export async function afterPack({ packager, outDir }) {
  const helper = new LinuxTargetHelper(packager)
  const entry = await helper.computeDesktopEntry(packager.platformSpecificBuildOptions)
  writeFileSync(path.join(outDir, 'espalier.desktop'), entry)
  copyFileSync(await helper.mimeTypeFiles, path.join(outDir, 'mime.xml'))
}
