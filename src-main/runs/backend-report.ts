/** BackendReport: whether a backend works on this machine, how fast it is, and why it is not the chosen one. */
import type { BackendName } from './backend-name.ts'

export interface BackendReport {
  readonly name: BackendName
  readonly isAvailable: boolean
  /** Device and version of an available backend; otherwise why it is not available and what would help. */
  readonly reason: string
  /** Training steps measured on this machine; null for a backend that was not measured. */
  readonly speed: { readonly stepsPerSecond: number; readonly ofChosen: number } | null
  /** Why another backend was chosen; null for the chosen one. */
  readonly passedOver: string | null
}
