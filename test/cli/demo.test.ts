/** The demo, shortened: the whole loop on the real sample ends well and says where things are. */
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { espalierProcess, startEspalier } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'

const demo = path.resolve(import.meta.dirname, '../../src-main/cli/demo.ts')

it(
  'imports, trains, compares and extracts, and leaves a workspace that can be looked at',
  { timeout: 120_000 },
  async () => {
    const workspace = path.join(temporaryFolder(), 'demo')
    const child = startEspalier(['--workspace', workspace, '--epochs', '1', '--hidden', '8'], demo)
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/train: \d{3} sentences, \d{3,4} triples/)
    expect(stdout).toMatch(/^mtl +1 /m)
    expect(stdout).toMatch(/^pmei +1 /m)
    expect(stdout).toMatch(/^memory floor /m)
    expect(stdout).toContain('Ilka Brandner was born in Grastad')
    expect(stdout).toContain(workspace)
    const runs = JSON.parse((await espalierProcess(['runs', '--json', '--workspace', workspace])).stdout)
    expect(runs).toHaveLength(2)
  },
)
