/**
 * Watched WebGPU backend of TensorFlow.js: a device that is lost or runs out of memory causes an error, not wrong
 * numbers.
 */
import type { BackendValues } from '@tensorflow/tfjs-core'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { BackendFailure } from './backend-failure.ts'
import { keepPoolSmall } from './webgpu-pool.ts'

/**
 * The watched backend. Errors of the device are thrown at the next download: on a graphics card nothing else waits for
 * a result.
 */
export class WatchedBackend extends WebGPUBackend {
  readonly #pool = keepPoolSmall(this.bufferManager)
  readonly #lost: Promise<never>
  #failure: BackendFailure | null = null
  /** Error of memory that ran out; thrown once, since smaller pieces of work may fit. */
  #shortage: Error | null = null
  #wasShort = false

  constructor(device: GPUDevice, info: GPUAdapterInfo) {
    super(device, info)
    this.#lost = device.lost.then(({ reason, message }) => {
      throw (this.#failure ??= new BackendFailure(
        `The graphics card stopped in the middle of its work (${message || reason}). ` +
          'Go on with another backend, or restart Espalier when the card is back.',
      ))
    })
    this.#lost.catch(() => undefined) // whoever downloads gets the error; there may be nobody
    device.onuncapturederror = ({ error }: GPUUncapturedErrorEvent) => this.#note(error)
  }

  /** Whether its tensors are lost or may be wrong, so that it must be started again. */
  get hasFailed(): boolean {
    return this.#failure !== null
  }

  override async read(dataId: object): Promise<BackendValues> {
    this.#throwProblem()
    const values = await Promise.race([super.read(dataId), this.#lost]).catch((error: unknown) => {
      this.#throwProblem()
      throw error
    })
    // errors of the work before the copy are reported before the copy
    this.#throwProblem()
    this.#pool.trim()
    return values
  }

  override write(...data: Parameters<WebGPUBackend['write']>): ReturnType<WebGPUBackend['write']> {
    if (this.#wasShort) {
      this.#wasShort = false
      // some of them are buffers that were never made
      this.#pool.drop()
    }
    return super.write(...data)
  }

  #note(error: GPUError): void {
    if (this.#shortage || this.#failure) return // work on tensors that were computed without memory is refused as well
    if (error.constructor.name === 'GPUOutOfMemoryError')
      this.#shortage = new Error(`The graphics card is out of memory (${error.message}).`)
    else
      this.#failure = new BackendFailure(
        `The graphics card refused a piece of work (${error.message}). Choose another backend.`,
      )
  }

  #throwProblem(): void {
    if (this.#failure) throw this.#failure
    if (!this.#shortage) return
    const shortage = this.#shortage
    this.#shortage = null
    this.#wasShort = true
    throw shortage
  }
}
