/** Ends of relations in the scene: the roles of the chosen one's, and the span at which one that is drawn would end. */
import { computed, type ComputedRef, type Ref } from 'vue'
import type { Annotation } from '#main/document/annotation'
import type { Desk } from '#window/features/annotate/editor/acts.ts'
import { endAt, type EndHint } from '#window/features/annotate/editor/choices.ts'
import { isSameTarget, type Target } from '#window/features/annotate/input/selection.ts'

export type EndRole = 'subject' | 'object' | 'both ends'

interface Drawing {
  readonly hints: readonly EndHint[]
  readonly drawingFrom: string | null
  /** True while the end of a relation is being dragged. */
  readonly isDraggingEnd: boolean
}

interface Scene {
  readonly desk: Readonly<Ref<Desk>>
  readonly annotation: Readonly<Ref<Annotation>>
  readonly focused: Readonly<
    Ref<{ readonly arcs: readonly { readonly target: Target; readonly subject: string; readonly object: string }[] }>
  >
  /** Token under the pointer; null when there is none. */
  readonly hovered: Readonly<Ref<number | null>>
}

interface RelationEnds {
  /** Hints of the ends by the ids of their spans; their letters are gone while an end is dragged. */
  readonly hintBySpan: ComputedRef<ReadonlyMap<string, EndHint>>
  /** Roles of the ends of the chosen relation, by the marks that show them. */
  readonly roles: ComputedRef<ReadonlyMap<string, EndRole>>
  /** The span that a drawn relation would end at. */
  readonly aimed: ComputedRef<string | null>
}

export function useRelationEnds(drawing: Drawing, { desk, annotation, focused, hovered }: Scene): RelationEnds {
  return {
    hintBySpan: computed(() => {
      const shown = (hint: EndHint) => (drawing.isDraggingEnd ? { ...hint, letter: null } : hint)
      return new Map(drawing.hints.map((hint) => [hint.spanId, shown(hint)]))
    }),
    roles: computed(() => {
      const arc = focused.value.arcs.find(({ target }) => isSameTarget(target, desk.value.selection.target))
      if (!arc) return new Map<string, EndRole>()
      if (arc.subject === arc.object) return new Map<string, EndRole>([[arc.subject, 'both ends']])
      return new Map<string, EndRole>([
        [arc.subject, 'subject'],
        [arc.object, 'object'],
      ])
    }),
    aimed: computed(() =>
      drawing.drawingFrom === null || hovered.value === null
        ? null
        : endAt(hovered.value, annotation.value, drawing.hints),
    ),
  }
}
