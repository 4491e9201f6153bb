/** BackendFailure: the backend of a job failed, not the job itself, so that the job can continue on another backend. */

/** Failure of a backend, for example a lost device, a closed page or a driver that refused. The message names it. */
export class BackendFailure extends Error {}

/**
 * The process of a job ended by itself. The backend need not be the cause: V8 crashes too, and systems end processes
 * that are too large.
 */
export class ProcessFailure extends BackendFailure {
  /** `reason` is the system's, for example "SIGTRAP" or "exit code 3". */
  constructor(reason: string) {
    super(`The compute process stopped in the middle of its work (${reason}).`)
  }
}

/** Cause of a failure as data, since the class of an error does not cross threads. */
export type FailureCause = 'job' | 'backend'

export function causeOf(error: unknown): FailureCause {
  return isBackendFailure(error) ? 'backend' : 'job'
}

/**
 * Whether an error is a backend's, plain errors included: statuses of TensorFlow's library, traps and full heaps of
 * WebAssembly.
 */
export function isBackendFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { name, message } = error
  return error instanceof BackendFailure || name === trap || nativeFailures.some((pattern) => pattern.test(message))
}

/** Name of the error that WebAssembly throws when it reads past its memory or reaches unreachable code. */
const trap = 'RuntimeError'

const nativeFailures: readonly RegExp[] = [
  /invalid tf_status/i,
  /\b(cuda|cublas|cudnn|cusolver)\w*(error|_status)/i,
  /\bdevice (is |was )?lost\b/i,
  /\bout of memory\b/i,
  /\bWebAssembly\.Memory\b/,
  /\bArray buffer allocation failed\b/,
]

export function toError(message: string, cause: FailureCause): Error {
  return cause === 'backend' ? new BackendFailure(message) : new Error(message)
}
