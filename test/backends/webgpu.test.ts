/** WebGPU under Node, on a driver without a card: what it passes over, repairs, and says when the device goes away. */
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { BackendFailure } from '#main/backends/backend-failure'
import type { Probe } from '#main/backends/backend'
import { webgpu } from '#main/backends/webgpu'
import { runTrainJob } from '#main/worker/train-job'
import { allowSoftwareWebgpu, hasSoftwareWebgpu, useSoftwareWebgpu } from '../support/software-webgpu.ts'
import { tinyJob } from '../support/tiny-training.ts'

describe.runIf(hasSoftwareWebgpu)('WebGPU on a driver without a card', () => {
  beforeAll(() => useSoftwareWebgpu())

  it('adds more tensors than a card can bind at once', async () => {
    const terms = Array.from({ length: 40 }, (_, index) => tf.tensor1d([index, 1]))
    for (const count of [1, 2, 7, 8, 13, 14, 40]) {
      const sum = tf.addN(terms.slice(0, count))
      expect([...(await sum.data())]).toEqual([(count * (count - 1)) / 2, count])
    }
  })

  it('does not keep buffers of every size that it ever had', async () => {
    const step = async (rows: number): Promise<number> => {
      const corner = tf.tidy(() => {
        const a = tf.ones<tf.Rank.R2>([rows, 1000])
        return tf.slice(tf.mul(tf.add(a, a), tf.sqrt(a)), [rows - 1, 999], [1, 1])
      })
      expect([...(await corner.data())]).toEqual([2])
      corner.dispose()
      return (tf.memory() as { numBytesAllocatedInGPU?: number }).numBytesAllocatedInGPU ?? Number.NaN
    }
    const allocated: number[] = []
    for (let rows = 1000; rows < 1025; rows++) allocated.push(await step(rows))
    // a step takes 12 MB, and 25 of them would have left 300
    expect(Math.max(...allocated)).toBeLessThan(160e6)
    expect(Math.max(...allocated)).toBeGreaterThan(100e6)
  })

  it('goes on with the same device when it is started again', async () => {
    const kept = tf.tensor1d([1, 2, 3])
    await webgpu.start(1)
    expect([...(await tf.mul(kept, kept).data())]).toEqual([1, 4, 9])
  })

  it('says once that memory ran out, and goes on: smaller pieces of work may fit', async () => {
    const { device } = tf.backend() as unknown as { device: GPUDevice }
    const kept = tf.tensor1d([1, 2, 3])
    const doubled = tf.add(kept, kept)
    const error = new GPUOutOfMemoryError('as the driver says it')
    device.onuncapturederror?.({ error } as unknown as GPUUncapturedErrorEvent)
    await expect(doubled.data()).rejects.toThrow('The graphics card is out of memory (as the driver says it).')
    expect([...(await tf.mul(kept, tf.tensor1d([2, 2, 2])).data())]).toEqual([2, 4, 6])
  })

  it('names a device that goes away in the middle of the work, and starts anew with another', async () => {
    const { device } = tf.backend() as unknown as { device: GPUDevice }
    const product = tf.matMul(tf.ones([40, 50]), tf.ones([50, 30]))
    device.destroy()
    await expect(product.data()).rejects.toThrow('The graphics card stopped in the middle of its work')
    await expect(product.data()).rejects.toThrow('The graphics card stopped in the middle of its work')
    await useSoftwareWebgpu()
    expect([...(await tf.sum(tf.ones([40, 50])).data())]).toEqual([2000])
  })

  it('ends training with a failure of the backend when the device goes away between steps', async () => {
    const { device } = tf.backend() as unknown as { device: GPUDevice }
    const job = { kind: 'train', statesFolder: null, ...tinyJob(), backend: 'webgpu', threads: 1 } as const
    const machine = { startBackend: () => webgpu.start(1), peakMemoryMb: () => 0 }
    const train = async (): Promise<void> => {
      for await (const event of runTrainJob(job, new AbortController().signal, machine))
        if (event.type === 'step') device.destroy()
    }
    await expect(train()).rejects.toBeInstanceOf(BackendFailure)
    await useSoftwareWebgpu()
  })

  it('tells work that the device refused instead of reading wrong numbers', async () => {
    const { device } = tf.backend() as unknown as { device: GPUDevice }
    device.createBuffer({ size: 2 * device.limits.maxBufferSize, usage: GPUBufferUsage.STORAGE })
    await expect(tf.sum(tf.ones([40, 50])).data()).rejects.toThrow(/The graphics card refused a piece of work \(.*size/)
    await useSoftwareWebgpu()
  })

  it('is passed over where nobody asked for a driver without a card', async () => {
    vi.stubEnv('ESPALIER_WEBGPU_SOFTWARE', '')
    const { isAvailable, reason } = await webgpu.probe()
    expect(isAvailable).toBe(false)
    expect(reason).toMatch(/^only a driver without a graphics card answers \(SwiftShader.*\): WebAssembly is faster$/)
    await expect(webgpu.start(1)).rejects.toThrow(reason)
    allowSoftwareWebgpu()
    expect(await webgpu.probe()).toEqual({ isAvailable: true, reason: expect.stringMatching(/^WebGPU on SwiftShader/) })
  })
})

it('says what is missing where no driver answers', async () => {
  const script = `const { webgpu } = await import('./src-main/backends/webgpu.ts')
    console.log(JSON.stringify(await webgpu.probe()))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: path.resolve(import.meta.dirname, '..', '..'),
    env: { ...process.env, VK_ICD_FILENAMES: '/nowhere.json', VK_DRIVER_FILES: '/nowhere.json' },
  })
  const { isAvailable, reason } = JSON.parse(stdout) as Probe
  expect(isAvailable).toBe(false)
  expect(reason).toMatch(/^(no graphics driver answers|the optional package webgpu is not installed)/)
})
