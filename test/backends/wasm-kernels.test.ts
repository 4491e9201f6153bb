/** Which kernels the WASM backend computes with, what it says of them, and that it computes without any. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..', '..')

/** Probes, starts and multiplies; kernels are chosen once per process. */
const program = `
  import * as tf from '@tensorflow/tfjs-core'
  import { wasm } from '#main/backends/wasm'
  const { reason } = await wasm.probe()
  const device = await wasm.start(1)
  const product = tf.matMul(tf.tensor2d([[1], [2]]), tf.tensor2d([[3], [4]]), true, false)
  console.log(JSON.stringify({ reason, device, product: [...product.dataSync()] }))`

interface Told {
  /** Before it is started. */
  readonly reason: string
  /** Once it runs. */
  readonly device: string
  readonly product: number[]
}

function tell(folder: string, kernels?: string): Told {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    env: { ...process.env, ESPALIER_KERNELS: kernels },
    encoding: 'utf8',
    stdio: 'pipe',
  })
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Told // printed by the program above
}

it.each([
  [undefined, 'WebAssembly, fused kernels with relaxed SIMD'],
  ['simd', 'WebAssembly, fused kernels with SIMD'],
  ['plain', 'WebAssembly, plain kernels, since ESPALIER_KERNELS asks for them'],
])('asked for %s, it says what it computes with before and after its start', (kernels, sentence) => {
  expect(tell(root, kernels)).toEqual({ reason: sentence, device: sentence, product: [11] })
})

describe('a copy of the program without built kernels', () => {
  let copy = ''
  beforeAll(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'espalier-unbuilt-'))
    for (const part of ['src-main', 'package.json'])
      cpSync(path.join(root, part), path.join(copy, part), { recursive: true })
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  it('computes with plain ones and says how to build them', () => {
    const sentence = 'WebAssembly, plain kernels, since the fused ones are not built: npm run build:kernels'
    expect(tell(copy)).toEqual({ reason: sentence, device: sentence, product: [11] })
  })

  it.each([
    ['of another version', Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)],
    ['cut off', Uint8Array.of(0, 97, 115)],
  ])('computes with plain ones where the build is %s', (_, bytes) => {
    mkdirSync(path.join(copy, 'out', 'kernels'), { recursive: true })
    writeFileSync(path.join(copy, 'out', 'kernels', 'relaxed-simd.wasm'), bytes)
    const { device, product } = tell(copy)
    expect(device).toMatch(
      /^WebAssembly, plain kernels, since the fused ones could not be loaded .*npm run build:kernels$/,
    )
    expect(product).toEqual([11])
  })
})
