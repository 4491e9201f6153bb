/** The program as it is packed for Linux, with a made-up binary in Electron's place: its fuses, its files, and that it runs with these alone. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { extractAll, listPackage, statFile } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { besideBundles } from '#main/packaging/carried'
import { buildDesktop, buildWindow, root } from '#main/shell-server/window-build'
import { makeElectronDist } from '../support/electron-dist.ts'

const run = promisify(execFile)
const folder = mkdtempSync(path.join(tmpdir(), 'espalier-package-'))
const unpacked = path.join(folder, 'dist', 'linux-unpacked')
const resources = path.join(unpacked, 'resources')
const archive = path.join(resources, 'app.asar')
const app = path.join(folder, 'app')

/** Writes what a package for Linux says to the desktop, which only installers would hold. */
const hook = path.join(import.meta.dirname, '../support/linux-desktop-files.mjs')

/** Files of the archive with their bytes. */
let files: ReadonlyMap<string, number>

beforeAll(async () => {
  await Promise.all([buildWindow(() => undefined), buildDesktop()])
  await run(process.execPath, [path.join(root, 'src-main', 'packaging', 'write-papers.ts')], { cwd: root })
  const dist = path.join(folder, 'electron')
  makeElectronDist(dist, '45.4.1')
  const settings = [
    `-c.afterPack=${hook}`,
    `-c.electronDist=${dist}`,
    `-c.directories.output=${path.join(folder, 'dist')}`,
  ]
  const words = ['--linux', 'dir', '--x64', '--publish', 'never', ...settings]
  await run(process.execPath, [path.join(root, 'src-main', 'packaging', 'package.ts'), ...words], { cwd: root })
  const names = listPackage(archive, { isPack: false }).map((name) => name.slice(1).replaceAll('\\', '/'))
  const sizes = names.map((name) => [name, statFile(archive, name)] as const)
  files = new Map(sizes.flatMap(([name, entry]) => ('size' in entry ? [[name, entry.size] as const] : [])))
  extractAll(archive, app)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const packageOf = (file: string): string | undefined => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]
const sum = (sizes: Iterable<number>): number => [...sizes].reduce((total, size) => total + size, 0)

/** Starts what was packed, with nothing of the project beside it. */
async function start(words: readonly string[]): Promise<string> {
  const entry = path.join(import.meta.dirname, '../support/electron-shim-entry.ts')
  const main = path.join(app, 'out', 'main', 'main.js')
  const { stdout } = await run(process.execPath, [entry, resources, main, ...words], { cwd: folder })
  return stdout
}

describe('the packed program', () => {
  it('has the fuses set that keep others from using it as a Node', async () => {
    const wire = await getCurrentFuseWire(path.join(unpacked, 'espalier'))
    const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === '1'.charCodeAt(0)
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      integrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyArchive: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      filePrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      ...{ runAsNode: false, nodeOptions: false, inspect: false, filePrivileges: false },
      ...{ integrity: true, onlyArchive: true },
    })
  })

  it('carries the packages that stay outside of its bundles, and no other', () => {
    const packages = new Set([...files.keys()].flatMap((file) => packageOf(file) ?? []))
    expect([...packages].toSorted()).toEqual([...besideBundles].toSorted())
  })

  it('carries of TensorFlow.js what Node loads, and nothing of tests, sources, types and other systems', () => {
    const names = [...files.keys()]
    expect(
      names.filter((name) => name.includes('@tensorflow/') && !/(\.node\.js|\.wasm|package\.json)$/.test(name)),
    ).toEqual([])
    expect(
      names.filter((name) =>
        /\.(map|d\.ts|[cm]?ts|vue|h|gypi?|flow)$|_test\.|(^|\/)(test|src-main|src-renderer)\//.test(name),
      ),
    ).toEqual([])
    expect(names.filter((name) => name.endsWith('.node'))).toEqual([
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
    ])
  })

  it('has native code outside of the archive, where the system can load it', () => {
    const native = path.join(resources, 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds')
    expect(readdirSync(native)).toEqual(['linux-x64.node'])
  })

  it('tells a Linux desktop its name, its window, and what it opens', () => {
    const entry = readFileSync(path.join(folder, 'dist', 'espalier.desktop'), 'utf8')
    const { desktopName } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { desktopName: string }
    expect(entry).toContain('\nExec=/opt/Espalier/espalier %U\n')
    expect(entry).toContain(`\nStartupWMClass=${desktopName.replace('.desktop', '')}\n`)
    expect(entry).toContain('\nCategories=Science;Education;DataVisualization;\n')
    expect(entry).toMatch(/\nMimeType=.*text\/csv;.*application\/x-espalier;x-scheme-handler\/espalier;\n/)
    const types = readFileSync(path.join(folder, 'dist', 'mime.xml'), 'utf8')
    expect(types).toContain('<glob pattern="*.espalier"/>')
  })

  it('names who made it and where it comes from, without which no .deb is made', () => {
    const manifest = JSON.parse(readFileSync(path.join(app, 'package.json'), 'utf8')) as Record<string, unknown>
    expect(manifest).toMatchObject({
      ...{ name: 'espalier', license: 'MIT', homepage: expect.stringMatching(/^https:/) as string },
      author: { name: expect.any(String) as string, email: expect.stringContaining('@') as string },
    })
    expect(manifest).not.toHaveProperty('devDependencies')
  })

  it('adds less than 36 MB to Electron', () => {
    expect(sum(files.values())).toBeLessThan(36e6)
    expect(sum(files.values())).toBeGreaterThan(20e6)
  })

  it('brings the licence of everything it carries, and names it in the bill of materials', () => {
    const licences = readFileSync(path.join(resources, 'licences.txt'), 'utf8')
    const bill = JSON.parse(readFileSync(path.join(resources, 'sbom.cdx.json'), 'utf8')) as {
      readonly components: readonly { readonly name: string; readonly version: string; readonly licenses?: unknown }[]
    }
    const carried = bill.components.map(({ name }) => name)
    expect(carried).toEqual(expect.arrayContaining([...besideBundles, 'vue', 'zod', 'electron', 'assemblyscript']))
    expect(carried).not.toContain('vitest')
    const headings = bill.components.map(({ name, version }) => `\n\n${name} ${version} (`)
    expect(headings.filter((heading) => !licences.includes(heading))).toEqual(['\n\nelectron 45.4.1 ('])
    for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html'])
      expect(existsSync(path.join(unpacked, name))).toBe(true)
  })

  it('is stamped with the time of its commit', () => {
    const stamp = JSON.parse(readFileSync(path.join(app, 'out', 'stamp.json'), 'utf8')) as Record<string, unknown>
    expect(stamp).toEqual({
      version: '0.1.0',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      sourceDate: expect.any(Number) as number,
    })
  })

  it('opens its window with the sample', async () => {
    const shown = JSON.parse(await start([`--workspace=${path.join(folder, 'workspace')}`])) as Record<string, unknown>
    expect(shown).toMatchObject({ complaints: [], refused: [], errors: [] })
    expect(shown['text']).toContain('Sample')
  })

  it('works as the command line with --cli, and computes in its own processes', async () => {
    const file = path.join(folder, 'new.txt')
    writeFileSync(file, 'Ada Hall leads Norvik Labs in Grastad.')
    const workspace = ['--workspace', path.join(folder, 'other')]
    await start(['--cli', 'import', '--corpus', 'New', file, ...workspace])
    expect(JSON.parse(await start(['--cli', 'stats', 'New', '--json', ...workspace]))).toMatchObject({ name: 'New' })
    const report = JSON.parse(await start(['--cli', 'doctor', '--json', ...workspace])) as {
      backends: readonly { name: string; isAvailable?: boolean }[]
    }
    expect(JSON.stringify(report.backends)).toContain('WebAssembly')
    await expect(start(['--cli', 'nonsense'])).rejects.toMatchObject({ code: 2 })
    expect(statSync(path.join(folder, 'other')).isDirectory()).toBe(true)
  })
})
