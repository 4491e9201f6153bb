/** TensorFlow.js' WebGPU backend, watched: a device that goes away or runs out of memory is an error, not wrong numbers. */
import type { BackendValues } from '@tensorflow/tfjs-core'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { BackendFailure } from './backend-failure.ts'

/** What the device said is thrown at the next reading: on a graphics card nothing else waits for a result. */
export class WatchedBackend extends WebGPUBackend {
  readonly #lost: Promise<never>
  #problem: Error | null = null

  constructor(device: GPUDevice, info: GPUAdapterInfo) {
    super(device, info)
    this.#lost = device.lost.then(({ reason, message }) => {
      throw (this.#problem ??= new BackendFailure(
        `The graphics card stopped in the middle of its work (${message || reason}). ` +
          'Go on with another backend, or restart Espalier when the card is back.',
      ))
    })
    this.#lost.catch(() => undefined) // told to whoever reads; nobody may be reading
    device.onuncapturederror = ({ error }: GPUUncapturedErrorEvent) => void (this.#problem ??= explain(error))
  }

  /** Whether what it holds is lost or may be wrong: it must be started anew. */
  get hasFailed(): boolean {
    return this.#problem !== null
  }

  override async read(dataId: object): Promise<BackendValues> {
    if (this.#problem) throw this.#problem
    const values = await Promise.race([super.read(dataId), this.#lost]).catch((error: unknown) => {
      throw this.#problem ?? error
    })
    // errors of the work before the copy are told before the copy
    if (this.#problem) throw this.#problem
    return values
  }
}

function explain(error: GPUError): Error {
  const isMemory = error.constructor.name === 'GPUOutOfMemoryError'
  return new BackendFailure(
    isMemory
      ? `The graphics card is out of memory (${error.message}). Take a smaller batch or another backend.`
      : `The graphics card refused a piece of work (${error.message}). Choose another backend.`,
  )
}
