/** ResultWriter: writes rows in one format, a page at a time, so that a million of them never lie in memory. */
import type { Sink } from '#main/core/sink'
import type { ExtractedRow } from '#main/document/extracted-row'

export interface WriteOptions {
  /** Id and name of the run that extracted. */
  readonly run: { readonly runId: string; readonly name: string }
  readonly byteOrderMark: boolean
  readonly rawCells: boolean
}

export interface ResultWriter {
  begin(): Promise<void>
  /** Rows come in the order of their documents. */
  write(rows: readonly ExtractedRow[]): Promise<void>
  end(): Promise<void>
  /** Sentences about what the file leaves out, once all is written. */
  losses(): string[]
}

export interface ResultFormat {
  readonly layout: 'file' | 'folder'
  /** End of the name of the file; empty for a folder. */
  readonly extension: string
  open(sink: Sink, options: WriteOptions): ResultWriter
}

/** Ids that came up before: a bit each. */
export function createSeen(): (id: number) => boolean {
  let bits = new Uint8Array(2 ** 16)
  return (id) => {
    if (id >> 3 >= bits.length) {
      const longer = new Uint8Array(Math.max(bits.length * 2, (id >> 3) + 1))
      longer.set(bits)
      bits = longer
    }
    const [at, bit] = [id >> 3, 1 << (id & 7)]
    const wasSeen = ((bits[at] ?? 0) & bit) !== 0
    bits[at] = (bits[at] ?? 0) | bit
    return wasSeen
  }
}

export const onlyTriples = 'sentences without triples and spans that take part in none are left out'
