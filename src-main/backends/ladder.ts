/** The ladder of backends, fastest first: picks the one to compute with and says why the faster ones were passed over. */
import type { BackendChoice } from '#main/runs/config'
import type { Backend, Probe } from './backend.ts'
import { tensorflow, tensorflowGpu } from './tensorflow.ts'
import { wasm } from './wasm.ts'

const ladder: readonly Backend[] = [tensorflowGpu, tensorflow, wasm]

export interface ProbedBackend extends Probe {
  readonly name: string
}

/** Tries every backend. `chosen` is the one that `auto` would start. */
export async function probeBackends(): Promise<{ backends: ProbedBackend[]; chosen: string }> {
  const backends: ProbedBackend[] = []
  // one after the other: they register themselves in the same engine
  for (const backend of ladder) backends.push({ name: backend.name, ...(await backend.probe()) })
  return { backends, chosen: backends.find(({ isAvailable }) => isAvailable)?.name ?? 'none' }
}

/**
 * Starts the chosen backend, or with `auto` the first that is available, and answers with the device in words and why
 * faster ones were passed over. An explicit choice that cannot be used is refused: nobody should wait for another one.
 */
export async function startBackend(choice: BackendChoice, threads: number): Promise<string> {
  return choice === 'auto' ? startFastest(threads) : startChosen(choice, threads)
}

async function startFastest(threads: number): Promise<string> {
  const passedOver: string[] = []
  for (const backend of ladder) {
    const { isAvailable, reason } = await backend.probe()
    if (isAvailable) return [await backend.start(threads), ...passedOver].join('; ')
    passedOver.push(`${backend.name} passed over: ${reason}`)
  }
  throw new Error(`No backend can compute on this machine. ${passedOver.join('; ')}`)
}

async function startChosen(choice: Exclude<BackendChoice, 'auto'>, threads: number): Promise<string> {
  const backend = ladder.find(({ name }) => name === choice)
  const names = ladder.map(({ name }) => name).join(', ')
  if (!backend) throw new Error(`The backend ${choice} cannot be chosen here. Choose one of: auto, ${names}.`)
  const { isAvailable, reason } = await backend.probe()
  if (!isAvailable) throw new Error(`The backend ${choice} cannot be used: ${reason}. Or choose auto.`)
  return backend.start(threads)
}
