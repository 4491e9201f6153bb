/** Acts of a drag of the mouse: while it lasts, at its end, and when it is given up. */
import type { Grip, Spot } from './pointer.ts'

export interface Drag {
  /** False when there is nothing to take hold of. */
  readonly start?: (grip: Grip) => boolean
  readonly move?: (grip: Grip, spot: Spot) => void
  readonly drop: (grip: Grip, spot: Spot) => void
  readonly cancel: () => void
}
