/** Who takes part: every backend of this machine in its builds, with every number of threads, and the peers. */
import type { ProbedBackend } from '#main/backends/ladder'
import { backendNames, type BackendName } from '#main/runs/backend-name'
import type { Python } from './peer.ts'

export interface OwnProcess {
  readonly backend: BackendName
  readonly environment: Readonly<Record<string, string>>
}

export const formulations = ['decomposed', 'concatenated'] as const
/** How the peer scores pairs: as two maps that are added, or as the authors do it. */
export type Formulation = (typeof formulations)[number]

export interface PeerProcess {
  readonly python: string
  readonly formulation: Formulation
  readonly device: 'cpu' | 'cuda'
}

export interface Contestant {
  /** "wasm", "plain", "PyTorch decomposed". */
  readonly name: string
  /** null: as many as the library takes. */
  readonly threads: number | null
  /** A graphics card is compared with a graphics card. */
  readonly isCard: boolean
  readonly process: OwnProcess | PeerProcess
}

/** The builds of our kernels by the name of their row; a machine that has relaxed SIMD takes the first. */
const builds: Readonly<Record<string, OwnProcess['environment']>> = {
  wasm: {},
  'wasm-simd': { ESPALIER_KERNELS: 'simd' },
}

/** The row that others are compared with where there is no peer. */
export const plainName = 'plain' satisfies BackendName

/** The others bring threads of their own. */
const withThreads: readonly BackendName[] = ['wasm-wide', 'wasm', plainName]

const cards: readonly string[] = ['tensorflow-gpu', 'webgpu'] satisfies BackendName[]

export interface Wanted {
  /** Names of rows; null takes all. */
  readonly backends: readonly string[] | null
  readonly threads: readonly number[]
}

/** In the order of the table. */
export function listOurs(probed: readonly ProbedBackend[], { backends, threads }: Wanted): Contestant[] {
  return backendNames
    .filter((name) => probed.some((one) => one.name === name && one.isAvailable))
    .flatMap((backend) => listRows(backend, threads))
    .filter(({ name }) => backends?.includes(name) ?? true)
}

/** A library with threads of its own, and a card, have one row. */
function listRows(backend: BackendName, threads: readonly number[]): Contestant[] {
  const rows = backend === 'wasm' ? builds : { [backend]: {} }
  const counts = withThreads.includes(backend) ? threads : [null]
  return Object.entries(rows).flatMap(([name, environment]) =>
    counts.map((count) => ({
      name,
      threads: count,
      isCard: cards.includes(backend),
      process: { backend, environment },
    })),
  )
}

/** Every formulation with every number of threads, and on the card where PyTorch finds one. */
export function listPeers({ python, hasCuda }: Python, threads: readonly number[]): Contestant[] {
  return formulations.flatMap((formulation) => {
    const name = peerName(formulation)
    const onProcessor = threads.map((count): Contestant => ({
      name,
      threads: count,
      isCard: false,
      process: { python, formulation, device: 'cpu' },
    }))
    const onCard: Contestant = { name, threads: null, isCard: true, process: { python, formulation, device: 'cuda' } }
    return hasCuda ? [...onProcessor, onCard] : onProcessor
  })
}

export const peerName = (formulation: Formulation): string => `PyTorch ${formulation}`
