/** Layer: who says something of a text. A person, a run, an annotator or a system of an imported file, or the gold that came of them. */
import type { Annotation } from './annotation.ts'

export const layerKinds = ['person', 'run', 'annotator', 'system', 'gold'] as const
export type LayerKind = (typeof layerKinds)[number]

export interface Layer {
  /** Name of the person, annotator or system, id of the run. */
  readonly name: string
  readonly kind: LayerKind
}

/** Spans and relations that a layer holds of one sentence. */
export interface SentenceLayer extends Layer {
  readonly annotation: Pick<Annotation, 'spans' | 'relations'>
}
