/** What is known of a backend on this machine: whether it works, how fast it is, and why it is passed over. */
import type { BackendName } from './backend-name.ts'

export interface BackendReport {
  readonly name: BackendName
  readonly isAvailable: boolean
  /** Device and version when available, else why not and what would help. */
  readonly reason: string
  /** Training steps as measured on this machine; null where it was not. */
  readonly speed: { readonly stepsPerSecond: number; readonly ofChosen: number } | null
  /** Why it is not the chosen one; null when it is. */
  readonly passedOver: string | null
}
