/** The bin: what was removed and can still be restored. */

/** Days after which an entry of the bin is erased for good. */
export const binDays = 30

export interface BinEntry {
  readonly binId: number
  readonly kind: 'corpus' | 'run'
  /** Name of the corpus or run; a corpus is restored under it unless another corpus took it meanwhile. */
  readonly name: string
  /** The corpus, or the one that the run learnt from. */
  readonly corpusName: string
  /** Entry that holds the corpus of a run; null where the corpus is in sight, and for an entry that is a corpus itself. */
  readonly corpusBinId: number | null
  readonly removedMs: number
  /** Empty where it is not known. */
  readonly removedBy: string
  /** Moment after which the entry is erased when the workspace opens, in milliseconds since 1970. */
  readonly erasedMs: number
  /** Content of the corpus; null for an entry that is a run. */
  readonly content: CorpusContent | null
  /** The runs in this entry. */
  readonly runs: readonly { readonly runId: string; readonly name: string }[]
}

/** CorpusContent: numbers of what is lost with a corpus. */
export interface CorpusContent {
  readonly sentences: number
  readonly reviewed: number
  /** Operations that people made here; those that came with files are not counted. */
  readonly operations: number
}

/** Restored: an entry that came back from the bin. */
export interface Restored {
  /** Names of the corpora and runs that are in sight again. */
  readonly names: readonly string[]
  /** The corpus came back under another name, since the first is taken now; null where it kept its name. */
  readonly renamed: { readonly from: string; readonly to: string } | null
}
