/** AgreementReport: how far those who annotated the sentences of a corpus agree, figure by figure, with what each rests on. */
import type { Layer } from '#main/document/layer'
import type { FigureInterval } from './resample.ts'

/** Figure: a value from what was counted; where there is none, why. */
export interface Figure {
  /** null where it is undefined. */
  readonly value: number | null
  /** null where it cannot be told. */
  readonly interval: FigureInterval | null
  /** Number of spans, relations or tagged words that it rests on, those of all annotators. */
  readonly units: number
  /** Why there is no value, or no interval, as a part of a sentence; null where there are both. */
  readonly missing: string | null
}

/** SpanFigures: agreement on the spans of one label, or of all. */
export interface SpanFigures {
  /** F1 of spans with the same words and label. */
  readonly exact: Figure
  /** F1 of spans that share a word and have the same label. */
  readonly overlapping: Figure
  /** Cohen's kappa on BIOES tags. */
  readonly kappa: Figure
}

export interface PairAgreement {
  /** Index of each among the layers. */
  readonly first: number
  readonly second: number
  /** Number of sentences that both annotated. */
  readonly sentences: number
  readonly spans: SpanFigures
  /** F1 of relations whose spans both have. */
  readonly relations: Figure
  /** The most frequent first, as are the types of relations. */
  readonly labels: readonly (SpanFigures & { readonly label: string })[]
  readonly relationTypes: readonly { readonly type: string; readonly relations: Figure }[]
}

export interface ConfusedLabels {
  readonly kind: 'entity' | 'relation'
  /** Two labels that were given to the same words, or to the same two spans. */
  readonly labels: readonly [string, string]
  readonly count: number
}

export interface CostlySentence {
  readonly sentenceId: number
  /** Number of spans and relations in which its annotators differ, those of all pairs together. */
  readonly differences: number
  /** Its beginning. */
  readonly text: string
}

export interface DayAgreement {
  /** A day of UTC as "2026-03-14": that on which the later of two annotators last worked on the sentence. */
  readonly day: string
  readonly sentences: number
  readonly exact: Pick<Figure, 'value' | 'units'>
}

export interface LayerShare extends Layer {
  /** Number of sentences that it annotated. */
  readonly annotated: number
  /** Number of sentences that were assigned to it; those of the corpus where nobody assigned any. */
  readonly of: number
}

export interface AgreementReport {
  readonly layers: readonly LayerShare[]
  /** Number of sentences that at least two of them annotated. */
  readonly shared: number
  readonly pairs: readonly PairAgreement[]
  /** Krippendorff's alpha on BIOES tags of all layers. */
  readonly alpha: Figure
  readonly alphaByLabel: readonly { readonly label: string; readonly alpha: Figure }[]
  /** The most frequent first. */
  readonly confused: readonly ConfusedLabels[]
  /** Those with the most differences first. */
  readonly costly: readonly CostlySentence[]
  /** In order; empty where no layer tells when it was made. */
  readonly days: readonly DayAgreement[]
  readonly resampling: {
    readonly seed: number
    readonly draws: number
    /** Number of groups that sentences were drawn in; null where each was drawn by itself. */
    readonly groups: number | null
  }
}
