/** The annotate context: what every part of Annotate knows of the open sentence and can do with it, without a chain of props. */
import { inject, provide, type InjectionKey, type Ref } from 'vue'
import type { Edit } from '#main/document/edit'
import type { Suggestion } from '#main/document/suggestions'
import type { Command } from '#window/common/keys/command.ts'
import type { Desk } from './editor/acts.ts'
import type { AdjudicationWork } from './editor/adjudication.ts'
import type { LayerWork } from './editor/layers.ts'
import type { Target } from './input/selection.ts'

export interface AnnotateContext {
  readonly desk: Readonly<Ref<Desk>>
  /** Does a command. False when there was nothing to do. */
  readonly run: (command: Command) => boolean
  /** Applies an edit. False when nothing changed. */
  readonly act: (edit: Edit) => boolean
  readonly choose: (target: Target) => void
  /** Whether all arcs of the sentence are drawn, however many they are. */
  readonly wantsAllArcs: Readonly<Ref<boolean>>
  /** Layers of others, of which one may be shown. */
  readonly layers: LayerWork
  /** Versions of the sentence that are adjudicated, where the queue is one of those. */
  readonly adjudication: AdjudicationWork
  /** Makes suggestions of the chosen run gold, as one act. */
  readonly accept: (suggestions: readonly Suggestion[]) => void
}

const annotateKey: InjectionKey<AnnotateContext> = Symbol('annotate')

export function provideAnnotate(context: AnnotateContext): void {
  provide(annotateKey, context)
}

/** @throws Error outside a component that provides the context. */
export function useAnnotate(): AnnotateContext {
  const context = inject(annotateKey, null)
  if (!context) throw new Error('This part of Annotate stands outside the place that provides its context.')
  return context
}
