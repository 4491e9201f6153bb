/**
 * Two functions that Node 23 removed and tfjs-node 4.22 still calls (tensorflow/tfjs#8425; fixed there, never
 * released).
 */
import util from 'node:util'

/** Restores them in `node:util`. The deprecated original of the second would warn at every start. */
export function repairUtil(): void {
  const target = util as { isNullOrUndefined?: (value: unknown) => boolean; isArray?: (value: unknown) => boolean }
  target.isNullOrUndefined ??= (value) => value === null || value === undefined
  target.isArray = Array.isArray
}
