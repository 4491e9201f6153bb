/** Layer: who says something of a text. A person, a run, an annotator or a system of an imported file, rules, or the gold that came of them. */
import type { Annotation } from './annotation.ts'

export const layerKinds = ['person', 'run', 'annotator', 'system', 'rule', 'gold'] as const
export type LayerKind = (typeof layerKinds)[number]

export interface Layer {
  /** Name of the person, annotator, system or set of rules, id of the run. */
  readonly name: string
  readonly kind: LayerKind
}

/** The annotation of the corpus itself, which is edited, trained on and scored against, as one of its layers. */
export const ownLayer: Layer = { kind: 'gold', name: 'gold' }

export const isOwnLayer = ({ kind, name }: Layer): boolean => kind === ownLayer.kind && name === ownLayer.name

/** Whether a layer is what a model or rules say: no work of a person. */
export const isMachine = ({ kind }: Pick<Layer, 'kind'>): boolean =>
  kind === 'run' || kind === 'system' || kind === 'rule'

/** Spans and relations that a layer holds of one sentence. */
export interface SentenceLayer extends Layer {
  readonly annotation: Pick<Annotation, 'spans' | 'relations'>
}

/** A layer of a corpus with the number of sentences that it speaks of. */
export interface CountedLayer extends Layer {
  readonly sentences: number
}
