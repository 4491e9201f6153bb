/** Building the kernels: all builds from one source, nothing where nothing changed, and a mistake leaves what was there. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..', '..')
const builds = ['simd', 'relaxed-simd', 'wide']

/** A copy of the kernels' sources, so that nobody else's are touched. */
let copy = ''
const sourceFile = () => path.join(copy, 'src-main', 'kernels', 'assembly', 'rows.ts')
const builtFile = (build: string) => path.join(copy, 'out', 'kernels', `${build}.wasm`)
const timesOf = () => builds.map((build) => statSync(builtFile(build)).mtimeMs)

function build(): void {
  execFileSync(process.execPath, [path.join(copy, 'src-main', 'kernels', 'build.ts')], { stdio: 'pipe' })
}

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'espalier-kernels-'))
  // sources and builds as they are before any test, with their times
  for (const folder of ['src-main/kernels', 'out/kernels'])
    cpSync(path.join(root, folder), path.join(copy, folder), { recursive: true, preserveTimestamps: true })
  cpSync(path.join(root, 'package.json'), path.join(copy, 'package.json'))
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

describe.each(builds)('the build %s', (name) => {
  it('lives on memory that it is given and changes nothing there when it is loaded', () => {
    const memory = new WebAssembly.Memory({ initial: 4 })
    const bytes = new Uint8Array(memory.buffer).fill(7)
    const module = new WebAssembly.Module(readFileSync(builtFile(name)))
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }])
    new WebAssembly.Instance(module, { env: { memory } })
    expect(bytes.every((byte) => byte === 7)).toBe(true)
  })

  it('has relaxed instructions only where the machine must have them', () => {
    const relaxedMultiplyAdd = Buffer.from([0xfd, 0x85, 0x02])
    expect(readFileSync(builtFile(name)).includes(relaxedMultiplyAdd)).toBe(name !== 'simd')
  })
})

it('nothing is built again while no source has changed', () => {
  const before = timesOf()
  build()
  expect(timesOf()).toEqual(before)
})

it('a source that is newer than a build is built again', () => {
  const before = timesOf()
  const soon = new Date(Math.max(...before) + 1000)
  utimesSync(sourceFile(), soon, soon)
  build()
  for (const [at, time] of timesOf().entries()) expect(time).toBeGreaterThan(before[at] ?? 0)
  const past = new Date(0)
  utimesSync(sourceFile(), past, past)
})

it('a mistake is named with its place, and what was built before stays', () => {
  const [before, source] = [readFileSync(builtFile('simd')), readFileSync(sourceFile(), 'utf8')]
  appendFileSync(sourceFile(), 'export function broken(: i32 {}\n')
  const soon = new Date(Math.max(...timesOf()) + 1000)
  utimesSync(sourceFile(), soon, soon)
  const place = `rows.ts(${source.split('\n').length},`
  let complaint = ''
  try {
    build()
  } catch (error) {
    complaint = String(error)
  }
  expect(complaint).toContain('The kernels do not compile')
  expect(complaint).toContain(place)
  expect(readFileSync(builtFile('simd')).equals(before)).toBe(true)
})
