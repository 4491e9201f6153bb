/** SuggestionSource: who suggests spans and relations to a person that annotates. A run predicts; a layer holds what rules or a system say. */
import type { Provenance } from './annotation.ts'
import type { Layer, LayerKind } from './layer.ts'

/** Kinds of layers that are suggestions: no person said what they hold. */
export const suggestingKinds = ['system', 'rule'] as const
type SuggestingKind = (typeof suggestingKinds)[number]

export interface SuggestingLayer extends Layer {
  readonly kind: SuggestingKind
}

export type SuggestionSource =
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'layer'; readonly layer: SuggestingLayer }

/** Suggester: the origin that an accepted suggestion keeps. */
export type Suggester = Pick<Provenance, 'origin' | 'author'>

export function suggesterOf(source: SuggestionSource): Suggester {
  return source.kind === 'run'
    ? { origin: 'run', author: source.runId }
    : { origin: source.layer.kind, author: source.layer.name }
}

export function isSuggestingKind(kind: LayerKind): kind is SuggestingKind {
  return suggestingKinds.some((one) => one === kind)
}

/** The same source has the same key, in lists of choices for instance. */
export function sourceKey(source: SuggestionSource): string {
  return source.kind === 'run' ? source.runId : `${source.layer.kind} ${source.layer.name}`
}
