/** Ladder of backends: starts the chosen one, and says why others were passed over. */
import { backendNames, type BackendChoice, type BackendName } from '#main/runs/backend-name'
import { BackendFailure } from './backend-failure.ts'
import type { Backend, Probe } from './backend.ts'
import { keepStockKernels, plain } from './plain.ts'
import { tensorflow, tensorflowGpu } from './tensorflow.ts'
import { wasm } from './wasm.ts'
import { wasmWide } from './wasm-wide.ts'
import { webgpu } from './webgpu.ts'

const backends: Readonly<Record<BackendName, Backend>> = {
  ...{ 'tensorflow-gpu': tensorflowGpu, webgpu, 'wasm-wide': wasmWide, wasm, tensorflow, plain },
}
/** The backends, from the one that is fastest where it works to the one that works everywhere. */
const ladder: readonly Backend[] = backendNames.map((name) => backends[name])

export interface ProbedBackend extends Probe {
  readonly name: BackendName
  /** Whether `auto` may only take it where it was measured in a process of its own and computed what others do. */
  readonly isExperimental: boolean
}

/** Probes every backend. `chosen` is the one that `auto` would start if nothing was measured. */
export async function probeBackends(): Promise<{ backends: ProbedBackend[]; chosen: BackendName }> {
  const probed: ProbedBackend[] = []
  // one after the other, since they register themselves in the same engine
  for (const { name, isExperimental = false, probe } of ladder)
    probed.push({ name, isExperimental, ...(await probe()) })
  const chosen = probed.find(({ isAvailable, isExperimental }) => isAvailable && !isExperimental)
  return { backends: probed, chosen: chosen?.name ?? plain.name }
}

/**
 * Starts the chosen backend, or with `auto` the first available one, and returns a description of the device and why
 * the backends before it were passed over. @throws BackendFailure when an explicit choice cannot be used; no other
 * backend is taken instead.
 */
export async function startBackend(choice: BackendChoice, threads: number): Promise<string> {
  await keepStockKernels()
  return choice === 'auto' ? startFirst(threads) : startChosen(choice, threads)
}

const notMeasured: Probe = { isAvailable: false, reason: 'experimental, and not measured here' }

async function startFirst(threads: number): Promise<string> {
  const passedOver: string[] = []
  for (const backend of ladder) {
    const { isAvailable, reason } = backend.isExperimental ? notMeasured : await backend.probe()
    if (isAvailable) return [await backend.start(threads), ...passedOver].join('; ')
    passedOver.push(`${backend.name} passed over: ${reason}`)
  }
  throw new BackendFailure(`No backend can compute on this machine. ${passedOver.join('; ')}`)
}

async function startChosen(choice: BackendName, threads: number): Promise<string> {
  const backend = backends[choice]
  const { isAvailable, reason } = await backend.probe()
  if (!isAvailable) throw new BackendFailure(`The backend ${choice} cannot be used: ${reason}. Or choose auto.`)
  try {
    return await backend.start(threads)
  } catch (error) {
    throw new BackendFailure(
      `The backend ${choice} did not start: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
