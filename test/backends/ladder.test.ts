import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { BackendFailure, causeOf, isBackendFailure } from '#main/backends/backend-failure'
import { probeBackends, startBackend } from '#main/backends/ladder'
import { repairUtil } from '#main/backends/repair-util'

const names = ['tensorflow-gpu', 'webgpu', 'wasm-wide', 'wasm', 'tensorflow', 'plain']
const wasmDevice = expect.stringContaining('WebAssembly') as string

describe('the ladder of backends', () => {
  it('gives every backend a reason, and has WebAssembly and plain TensorFlow.js everywhere', async () => {
    const { backends, chosen } = await probeBackends()
    expect(backends.map(({ name }) => name)).toEqual(names)
    expect(backends.every(({ reason }) => reason.length > 10)).toBe(true)
    for (const { name, isAvailable, reason } of backends)
      if (name.startsWith('tensorflow') && !isAvailable) expect(reason).toMatch(/"npm run setup:[cg]pu"/)
    expect(backends).toContainEqual({ name: 'wasm', isExperimental: false, isAvailable: true, reason: wasmDevice })
    expect(backends.at(-1)).toMatchObject({ name: 'plain', isAvailable: true })
    expect(chosen).toBe(backends.find(({ isAvailable, isExperimental }) => isAvailable && !isExperimental)?.name)
  })

  it('starts the first one that is available and says why those before it were passed over', async () => {
    const device = await startBackend('auto', 2)
    const { backends, chosen } = await probeBackends()
    const at = names.indexOf(chosen)
    for (const [index, { name, reason, isExperimental }] of backends.entries()) {
      const why = isExperimental ? 'experimental, and not measured here' : reason
      expect(device.includes(`${name} passed over: ${why}`)).toBe(index < at)
    }
  })

  it('computes with WebAssembly after it was chosen, also a second time', async () => {
    expect(await startBackend('wasm', 1)).toEqual(wasmDevice)
    expect(await startBackend('wasm', 1)).toEqual(wasmDevice)
    expect(tf.getBackend()).toBe('wasm')
    expect(multiply()).toEqual([11])
  })

  it('computes with wide vectors where they are asked for, and without them again afterwards', async () => {
    const { backends } = await probeBackends()
    if (!backends.some(({ name, isAvailable }) => name === 'wasm-wide' && isAvailable)) return
    expect(await startBackend('wasm-wide', 1)).toBe('WebAssembly, fused kernels with wide vectors')
    expect(multiply()).toEqual([11])
    expect(await startBackend('wasm', 1)).toBe('WebAssembly, fused kernels with relaxed SIMD')
    expect(multiply()).toEqual([11])
  })

  it('computes without kernels of its own after plain was chosen, and with them again afterwards', async () => {
    await startBackend('wasm', 1)
    const own = tf.getKernel('BatchMatMul', 'wasm')
    const weight = tf.tensor1d([5])
    expect(await startBackend('plain', 1)).toContain('TensorFlow.js as it comes, in WebAssembly')
    expect(tf.getBackend()).toBe('plain')
    const stock = tf.getKernel('BatchMatMul', 'plain')
    expect(stock.kernelFunc).not.toBe(own.kernelFunc)
    expect(multiply()).toEqual([11])
    expect([...weight.dataSync()]).toEqual([5])
    await startBackend('wasm', 1)
    expect(tf.getKernel('BatchMatMul', tf.getBackend()).kernelFunc).toBe(own.kernelFunc)
    expect(multiply()).toEqual([11])
    weight.dispose()
  })

  it('refuses a choice this machine cannot use, with the reason: it is the backend that failed', async () => {
    const { backends } = await probeBackends()
    for (const { name, isAvailable, reason } of backends) {
      if (isAvailable) continue
      const refusal = await startBackend(name, 1).catch((error: unknown) => error)
      expect(String(refusal)).toContain(`The backend ${name} cannot be used: ${reason}`)
      expect(isBackendFailure(refusal)).toBe(true)
    }
  })
})

function multiply(): number[] {
  return tf.tidy(() => [...tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 4]]), false, true).dataSync()])
}

it.each([
  [new BackendFailure('The graphics card stopped.'), true],
  [new Error('Invalid TF_Status: 8\nMessage: OOM when allocating tensor'), true],
  [new Error('CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access was encountered'), true],
  [new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory'), true],
  [new RangeError('Array buffer allocation failed'), true],
  [trapOf(), true],
  [new Error('The train split has no sentences.'), false],
  [new TypeError("Cannot read properties of undefined (reading 'shape')"), false],
  ['device lost', false],
])('tells a failure of the backend from one of the job: %s', (error, isOfBackend) => {
  expect(isBackendFailure(error)).toBe(isOfBackend)
  expect(causeOf(error)).toBe(isOfBackend ? 'backend' : 'job')
})

/** What a module throws that comes to "unreachable". */
function trapOf(): unknown {
  const code = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11]
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(code)))
  } catch (error) {
    return error
  }
}

it('puts back what tfjs-node calls and Node no longer has', async () => {
  repairUtil()
  const util = (await import('node:util')).default as unknown as Record<string, (value: unknown) => boolean>
  expect([null, undefined, 0].map((value) => util['isNullOrUndefined']?.(value))).toEqual([true, true, false])
  expect([[], {}].map((value) => util['isArray']?.(value))).toEqual([true, false])
})
