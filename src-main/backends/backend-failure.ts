/** BackendFailure: not the job failed but what it was computed with, so that it can go on with another backend. */

/** A device that was lost, a page that was closed, a driver that refused: the message names which. */
export class BackendFailure extends Error {}

/** What computed ended by itself. It need not be the backend's fault: V8 crashes too, and systems end what is too large. */
export class ProcessFailure extends BackendFailure {
  /** `reason` as a system tells it: "SIGTRAP", "exit code 3". */
  constructor(reason: string) {
    super(`The compute process stopped in the middle of its work (${reason}).`)
  }
}

/** What a failure crosses threads as: an error's class does not. */
export type FailureCause = 'job' | 'backend'

export function causeOf(error: unknown): FailureCause {
  return isBackendFailure(error) ? 'backend' : 'job'
}

/** Also what backends throw as plain errors: statuses of TensorFlow's library, traps and full heaps of WebAssembly. */
export function isBackendFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { name, message } = error
  return error instanceof BackendFailure || name === trap || nativeFailures.some((pattern) => pattern.test(message))
}

/** What WebAssembly throws when it reads past its memory or comes where it never should. */
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
