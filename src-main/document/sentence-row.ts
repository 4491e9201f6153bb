/** The sentences of a corpus as lists show them, and the filter that chooses among them. */
import type { Split } from './doc.ts'
import type { TextTriple } from './labelled-sentence.ts'

/** The part of a sentence that is needed to draw it. Offsets of tokens are code points into `text`; spans count tokens of the sentence. */
export interface SentenceText {
  readonly text: string
  readonly tokens: readonly { readonly start: number; readonly end: number }[]
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[]
  readonly triples: readonly TextTriple[]
}

export interface SentenceFilter {
  readonly splits?: readonly Split[] | undefined
  /** `flagged` also finds sentences of which only a span or relation is flagged. */
  readonly status?: 'new' | 'reviewed' | 'flagged' | undefined
  readonly relationType?: string | undefined
  readonly entityType?: string | undefined
  /** Overlap class counted over the triples as the file lists them. */
  readonly overlapClass?: OverlapClass | undefined
  /** Sentences whose text stands elsewhere too, but for case, white space, punctuation and Unicode form. */
  readonly repeated?: RepeatPlace | undefined
  /** Sentences with a triple of which a string stands more than once (the import took the first), or whose strings do not stand in it. */
  readonly anchors?: AnchorTrouble | undefined
  /** Sentences that other annotators or systems speak of too. */
  readonly layers?: LayerState | undefined
  readonly run?: RunFilter | undefined
  /** Full-text search; words are prefixes, "..." a phrase. */
  readonly search?: string | undefined
}

/** RunFilter: a filter of sentences by the stored predictions of a run. */
export interface RunFilter {
  readonly runId: string
  readonly gold?: GoldAgainstRun | undefined
  /** Bounds of the lowest probability among what the run finds in the sentence, at its thresholds. */
  readonly leastConfidence?: number | undefined
  readonly mostConfidence?: number | undefined
}

/**
 * Sentences by whether gold holds other triples than the run finds at its thresholds, or just the same; of `unpredicted` ones there
 * is no prediction.
 */
export const goldAgainstRun = ['differs', 'agrees', 'unpredicted'] as const
export type GoldAgainstRun = (typeof goldAgainstRun)[number]

/** Places where the text of a sentence stands too: earlier in its split, in any other split, or in train while the sentence is in dev or test. */
export const repeatPlaces = ['inside', 'between', 'in-train'] as const
export type RepeatPlace = (typeof repeatPlaces)[number]

export const anchorTroubles = ['ambiguous', 'unanchored'] as const
export type AnchorTrouble = (typeof anchorTroubles)[number]

/** Sentences with layers beside the annotation that is edited, those whose layers differ from it, and those of which annotators say different things. */
export const layerStates = ['some', 'differing', 'disputed'] as const
export type LayerState = (typeof layerStates)[number]

/** Overlap class of a sentence. SOO, where one string of a triple is part of the other, stands beside the other classes. */
export type OverlapClass = 'Normal' | 'SEO' | 'EPO' | 'SOO' | 'none'

export interface SentenceRow extends SentenceText {
  readonly sentenceId: number
  readonly split: Split
  /** Position within its split, from 1. */
  readonly position: number
  readonly isReviewed: boolean
  readonly isFlagged: boolean
  /** Number of flagged spans and relations in the sentence. */
  readonly flaggedItems: number
  readonly overlapClasses: readonly OverlapClass[]
}

export interface SentencePage {
  readonly total: number
  /** Number of sentences of the corpus of which the run of the filter has no prediction; absent without such a run. */
  readonly unpredicted?: number
  readonly rows: readonly SentenceRow[]
}
