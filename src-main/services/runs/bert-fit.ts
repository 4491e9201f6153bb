/** Check that a BERT can be computed at all where WebAssembly is all there is: its memory ends at 4.3 GB, whatever the machine has. */
import type { BackendChoice, BackendName } from '#main/runs/backend-name'
import type { BertEncoder } from '#main/runs/config'
import { countBert } from '#main/runs/weight-count'
import type { BackendLadder } from '#main/machine/backend-ladder'

const bytesPerFloat = 4

/** Beyond this nothing could be trained: no piece of the heap is left that is large enough, though its end is a little further. */
const webAssemblyBytes = 4.2e9
const inWebAssembly: ReadonlySet<BackendName> = new Set(['wasm-wide', 'wasm', 'plain'])

/** Weights, two moments and gradients, and, while Adam moves the largest one, pieces of its size that must not be broken. */
const copies = { ofAll: 4, ofLargest: 7 } as const

/** Numbers of what stands on it, by the square of its width: PMEI, the largest of them. */
const topPerSquare = 21

/**
 * Why a run would have no room to begin, in a sentence with a way on; null when it has. Asks for the backends of `auto`
 * only where it matters: they may have to be measured.
 */
export async function whyTooLarge(
  encoder: BertEncoder | null,
  choice: BackendChoice,
  ladder: BackendLadder,
): Promise<string | null> {
  if (!encoder) return null
  const needed = neededBytes(encoder)
  if (needed <= webAssemblyBytes) return null
  const backends = await ladder.of(choice, { isLong: false })
  if (!backends.every(({ backend }) => inWebAssembly.has(backend))) return null
  const size = toGb(bytesPerFloat * countBert(encoder.sizes))
  const [act, wayOut] = encoder.isFrozen
    ? ['Reading with', 'take a smaller one']
    : ['Training', 'freeze it, take a smaller one']
  return (
    `${act} a BERT of ${size} GB takes about ${toGb(needed)} GB, and WebAssembly has no more than ` +
    `${toGb(webAssemblyBytes)}: ${wayOut}, or choose the backend tensorflow or webgpu where the machine has it.`
  )
}

/**
 * Fitted to runs of a few updates with random weights: of eight sizes, those that ran out of memory lie above the limit,
 * and one that just fitted (1024 wide, 13 layers).
 */
function neededBytes({ sizes, isFrozen }: BertEncoder): number {
  const { vocabulary, width, inner } = sizes
  const bert = bytesPerFloat * countBert(sizes)
  const top = bytesPerFloat * topPerSquare * width ** 2
  if (isFrozen) return bert + copies.ofAll * top
  const largest = bytesPerFloat * width * Math.max(vocabulary, inner)
  return copies.ofAll * (bert + top) + copies.ofLargest * largest
}

const toGb = (bytes: number): string => (bytes / 1e9).toFixed(1)
