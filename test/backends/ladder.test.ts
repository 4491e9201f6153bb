import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { probeBackends, startBackend } from '#main/backends/ladder'
import { repairUtil } from '#main/backends/repair-util'

describe('the ladder of backends', () => {
  it('gives every backend a reason, and has WebAssembly everywhere', async () => {
    const { backends, chosen } = await probeBackends()
    expect(backends.map(({ name }) => name)).toEqual(['tensorflow-gpu', 'tensorflow', 'wasm'])
    expect(backends.every(({ reason }) => reason.length > 10)).toBe(true)
    expect(backends.at(-1)).toEqual({ name: 'wasm', isAvailable: true, reason: 'WebAssembly with SIMD, 1 thread' })
    expect(chosen).toBe(backends.find(({ isAvailable }) => isAvailable)?.name)
  })

  it('starts the fastest one and says why faster ones were passed over', async () => {
    const device = await startBackend('auto', 2)
    const { backends, chosen } = await probeBackends()
    expect(device.startsWith(backends.find(({ name }) => name === chosen)?.reason ?? '?')).toBe(true)
    for (const { name, isAvailable, reason } of backends)
      expect(device.includes(`${name} passed over: ${reason}`)).toBe(!isAvailable)
  })

  it('computes with WebAssembly after it was chosen, also a second time', async () => {
    expect(await startBackend('wasm', 1)).toBe('WebAssembly with SIMD, 1 thread')
    expect(await startBackend('wasm', 1)).toBe('WebAssembly with SIMD, 1 thread')
    expect(tf.getBackend()).toBe('wasm')
    const product = tf.tidy(() => [...tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 4]]), false, true).dataSync()])
    expect(product).toEqual([11])
  })

  it('refuses a choice it does not have, naming those it has', async () => {
    await expect(startBackend('webgpu', 1)).rejects.toThrow(
      'The backend webgpu cannot be chosen here. Choose one of: auto, tensorflow-gpu, tensorflow, wasm.',
    )
  })

  it('refuses a choice this machine cannot use, with the reason', async () => {
    const { backends } = await probeBackends()
    for (const { name, isAvailable, reason } of backends)
      if (!isAvailable) await expect(startBackend(name as 'tensorflow', 1)).rejects.toThrow(reason)
  })
})

it('puts back what tfjs-node calls and Node no longer has', async () => {
  repairUtil()
  const util = (await import('node:util')).default as unknown as Record<string, (value: unknown) => boolean>
  expect([null, undefined, 0].map((value) => util['isNullOrUndefined']?.(value))).toEqual([true, true, false])
  expect([[], {}].map((value) => util['isArray']?.(value))).toEqual([true, false])
})
