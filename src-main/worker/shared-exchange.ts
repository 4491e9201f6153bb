/**
 * Exchange of gradients in shared memory: each replica sums one slice of the numbers of all replicas, in the order of
 * their ranks.
 */
import type { Exchange } from '#main/training/exchange'
import type { SharedNumbers } from './pool-messages.ts'

const bytesPerFloat = 4

/** Allocates memory for the numbers of `size` replicas and their sums; the caller sets the rank for each. */
export function shareMemory(length: number, size: number): Omit<SharedNumbers, 'rank'> {
  return { buffer: new SharedArrayBuffer((size + 1) * length * bytesPerFloat), length, size }
}

/** Opens the exchange. `barrier` resolves when every replica has called it. */
export function openExchange({ buffer, length, size, rank }: SharedNumbers, barrier: () => Promise<void>): Exchange {
  const rowAt = (row: number): Float32Array => new Float32Array(buffer, row * length * bytesPerFloat, length)
  const rows = Array.from({ length: size }, (_, row) => rowAt(row))
  const sums = rowAt(size)
  const cut = (part: number): number => Math.floor((length * part) / size)
  return {
    rank,
    size,
    own: rowAt(rank),
    async sum() {
      await barrier()
      addSlice(rows, sums, cut(rank), cut(rank + 1))
      // nobody writes before all have reached the next sum, and by then all have read this one
      await barrier()
      return sums
    },
  }
}

/** Sums row by row, so that the order of the sum is the same for every number. */
function addSlice(rows: readonly Float32Array[], sums: Float32Array, from: number, to: number): void {
  rows.forEach((row, at) => {
    if (at === 0) sums.set(row.subarray(from, to), from)
    else for (let i = from; i < to; i++) sums[i] = (sums[i] ?? 0) + (row[i] ?? 0)
  })
}
