/** The packed command line, installed into an empty folder without the network and used there. */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProcessHost } from '#main/compute/host'
import { openServices } from '#main/services/services'
import { espalierProcess, outcomeOf } from '../support/command-line.ts'
import { importTiny } from '../support/services.ts'
import { trainTiny, untilItFinds } from '../support/trained.ts'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '..', '..')

let folder = ''
let packed = ''
let model = ''

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-headless-'))
  const { stdout } = await run(process.execPath, [path.join(root, 'src-main/headless/pack.ts'), folder], {
    cwd: folder,
  })
  packed = stdout.trim()
  writeFileSync(path.join(folder, 'package.json'), '{}')
  // no registry is asked: what is not in the file would fail here
  const install = ['install', '--offline', '--omit=dev', '--no-audit', '--no-fund', '--ignore-scripts', packed]
  await run('npm', install, { cwd: folder, env: { ...process.env, npm_config_cache: path.join(folder, 'cache') } })
  const services = await openServices({
    ...{ workspace: path.join(folder, 'workspace'), config: path.join(folder, 'config') },
    compute: createProcessHost(),
  })
  const runId = await trainTiny(services, await importTiny(services, { train: 60, dev: 6, test: 6 }), untilItFinds)
  model = path.join(folder, 'model')
  await services.handlers.models.export({ runId, path: model, vectors: 'known', replace: false, taskId: 'x' })
  await services.close()
}, 300_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function installed(args: readonly string[], input = ''): ReturnType<typeof outcomeOf> {
  const bin = path.join(folder, 'node_modules', '.bin', 'espalier')
  const child = spawn(process.execPath, [bin, ...args], { stdio: 'pipe', cwd: folder, detached: true })
  child.stdin.end(input)
  return outcomeOf(child)
}

describe('the headless package', () => {
  it('takes less than 150 MB, packed and installed, and has no source of native code', () => {
    const place = path.join(folder, 'node_modules')
    const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => path.join(place, name))
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, statSync(packed).size)
    expect(bytes).toBeLessThan(150e6)
    expect(files.filter((file) => /\.(gyp|cpp|c|h)$/.test(file))).toEqual([])
    expect(files.filter((file) => /kernels[\\/].*\.wasm$/.test(file)).length).toBeGreaterThan(1)
  })

  it('says its version, and on an older Node what it needs', async () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
    expect(await installed(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` })
    expect(readFileSync(path.join(root, 'src-main/headless/bin.js'), 'utf8')).toContain('process.versions.node')
  })

  it('extracts with the folder of a model what the sources extract, on one thread and on two', async () => {
    const input = Array.from(
      { length: 600 },
      (_, at) => `{"text": "Mara Velt founded Orbisk ${at} in Tarnow ."}\n`,
    ).join('')
    const expected = await espalierProcess(['extract', model], input)
    expect(expected.code).toBe(0)
    for (const threads of ['1', '2'])
      expect(await installed(['extract', model, '--threads', threads], input)).toMatchObject({
        code: 0,
        stdout: expected.stdout,
      })
  })

  it('has a workspace, too', async () => {
    const corpora = await installed(['corpora', '--workspace', 'workspace', '--json'])
    expect(corpora.stderr).toBe('')
    expect(JSON.parse(corpora.stdout)).toMatchObject([{ name: 'Tiny' }])
    expect((await installed(['check', '--workspace', 'workspace'])).code).toBe(0)
  })

  it('is what the Dockerfile installs', () => {
    const text = readFileSync(path.join(root, 'src-main/headless/Dockerfile'), 'utf8')
    expect(text).toContain(path.basename(packed).replace(/\d.*/, '*.tgz'))
    expect(text).toContain('ENTRYPOINT ["espalier", "extract", "/model"]')
  })
})
