/** The ladder of backends: starts the one that was chosen, and says why others were passed over. */
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
/** From the one that is fastest where it works to the one that works everywhere. */
const ladder: readonly Backend[] = backendNames.map((name) => backends[name])

export interface ProbedBackend extends Probe {
  readonly name: BackendName
  /** Not to be taken unasked before it was measured in a process apart, and computed there what others do. */
  readonly isExperimental: boolean
}

/** Tries every backend. `chosen` is the one that `auto` would start where nothing was measured. */
export async function probeBackends(): Promise<{ backends: ProbedBackend[]; chosen: BackendName }> {
  const probed: ProbedBackend[] = []
  // one after the other: they register themselves in the same engine
  for (const { name, isExperimental = false, probe } of ladder)
    probed.push({ name, isExperimental, ...(await probe()) })
  const chosen = probed.find(({ isAvailable, isExperimental }) => isAvailable && !isExperimental)
  return { backends: probed, chosen: chosen?.name ?? plain.name }
}

/**
 * Starts the chosen backend, or with `auto` the first that is available, and answers with the device in words and why
 * those before it were passed over. @throws BackendFailure for a choice that cannot be used: nobody should wait for
 * another one unasked.
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
