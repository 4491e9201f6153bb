/** MergeReport: what becomes of the sentences of a package that was returned. */
import type { PackageManifest } from './assignment.ts'

export interface MergeReport {
  readonly manifest: PackageManifest
  /** Number of sentences that the person had not reviewed, and of those among them that they had begun. */
  readonly open: number
  readonly begun: number
  /** Numbers of reviewed sentences that the layer gets, that it has otherwise now, and that it has already. */
  readonly added: number
  readonly updated: number
  readonly same: number
  /** Sentences of what cannot be merged: the first ones, each with its reason. */
  readonly conflicts: readonly string[]
  /** Number of sentences that cannot be merged. */
  readonly conflicting: number
  /** False for a preview. */
  readonly isMerged: boolean
}
