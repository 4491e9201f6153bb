/** Source: bytes that come in, wherever they lie: a path, an upload, a member of an archive, a text in memory. Packed bytes come unpacked. */

export interface Source {
  /**
   * Path or name as the person gave it, for messages; a member of an archive has that of the archive before its own, and a
   * packed file keeps its ending. Formats are recognised by its `contentName`.
   */
  readonly name: string
  /** Number of bytes; null where it is not known before the end. */
  readonly size: number | null
  /**
   * The bytes from the first on, in pieces of any length; an empty one tells that there is nothing more for now. A Source may be opened again, one reading at a time.
   * @throws AppError that names the source when it cannot be read, is damaged, or changed while it was read.
   */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>
  /** The source of this name in the same folder or archive; null when there is none. */
  beside(name: string): Source | null
}

/** The name of what a packed file holds: "data/corpus.jsonl" of "data/corpus.jsonl.gz"; any other name as it is. */
export function contentName(name: string): string {
  return name.replace(/\.(gz|zst)$/i, '')
}
