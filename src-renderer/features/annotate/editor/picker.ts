/** The list of types at the selected words, at the chosen relation, and for a relation that is being drawn. */
import { shallowRef, type Ref, type ShallowRef } from 'vue'
import { quoteEnds, retypeRelation } from '#main/document/edit-relations'
import { quote, type Edit } from '#main/document/edit'
import type { Prediction } from '#main/document/prediction'
import type { LabelKind } from '#main/labels/edit-labels'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'
import { selectedRange, type Selection } from '#window/features/annotate/input/selection.ts'
import type { Desk } from './acts.ts'
import { entityOptions, relationOptions, type PickerOption } from './choices.ts'
import { useDrawing } from './drawing.ts'

/** The open list of types, what it is about, and where it was asked for; null is under the selected words. */
export type Picker = {
  readonly title: string
  /** Words of the item that gets the type: "Mara Velt to Orbisk Labs". */
  readonly about: string
  readonly options: readonly PickerOption[]
  readonly at: ScenePoint | null
} & (
  | { readonly kind: 'span' }
  | { readonly kind: 'relation'; readonly subject: string; readonly object: string }
  | { readonly kind: 'retype'; readonly relationId: string }
)

/** Parts of the editor that the list works on and reports to. */
export interface PickerDesk {
  readonly desk: Readonly<Ref<Desk>>
  readonly prediction: () => Prediction | null
  readonly selection: ShallowRef<Selection>
  /** Applies an edit; false when it changed nothing. */
  readonly act: (edit: Edit) => boolean
  readonly label: (label: string) => void
  /** Adds a type to the label set; false where that was refused, or the sentence was left meanwhile. */
  readonly addType: (kind: LabelKind, name: string) => Promise<boolean>
  readonly say: (sentence: string) => void
}

export function usePicker(work: PickerDesk) {
  const { desk, prediction, selection, act, label } = work
  const picker = shallowRef<Picker | null>(null)
  const drawing = useDrawing({
    ...work,
    askType({ subject, object, options, at }) {
      const ends = { subject: subject.id, object: object.id }
      const about = quoteEnds(desk.value.annotation, ends, desk.value.context)
      picker.value = { kind: 'relation', ...ends, title: 'Relation type', about, options, at }
    },
  })

  /**
   * Opens the types of the chosen relation, else those of the selected words. A label set of one type leaves no choice,
   * so it is given at once unless the list itself `mustShow`.
   */
  function open(at: ScenePoint | null = null, mustShow = false): void {
    const { labels, keymap } = desk.value
    const { target } = selection.value
    if (target?.kind === 'relation') {
      openRetype(target.relationId, at)
      return
    }
    const range = selectedRange(selection.value, desk.value)
    const options = entityOptions(labels, range, prediction(), keymap)
    const [only] = options
    if (only && options.length === 1 && !mustShow) label(only.value)
    else picker.value = { kind: 'span', title: 'Entity type', about: quote(range, desk.value.context), options, at }
  }

  function openRetype(relationId: string, at: ScenePoint | null): void {
    const { annotation, labels, keymap, context } = desk.value
    const relation = annotation.relations.find(({ id }) => id === relationId)
    const [subject, object] = [relation?.subject, relation?.object].map((id) =>
      annotation.spans.find((span) => span.id === id),
    )
    if (!relation || !subject || !object) return
    const options = relationOptions(labels, subject, object, prediction(), keymap)
    const about = quoteEnds(annotation, relation, context)
    picker.value = { kind: 'retype', relationId, title: 'Relation type', about, options, at }
  }

  /** Gives a type that the label set does not have yet: it becomes part of the set, then it is given. */
  async function create(name: string): Promise<void> {
    const asked = picker.value
    const at = selection.value
    picker.value = null
    if (!asked || !(await work.addType(asked.kind === 'span' ? 'entity' : 'relation', name))) return
    selection.value = at // the caret may have moved on meanwhile
    give(asked, name)
  }

  function pick(value: string): void {
    const chosen = picker.value
    picker.value = null
    if (chosen) give(chosen, value)
  }

  function give(chosen: Picker, value: string): void {
    if (chosen.kind === 'span') label(value)
    if (chosen.kind === 'relation') drawing.draw(chosen.subject, value, chosen.object)
    if (chosen.kind === 'retype')
      act(retypeRelation(desk.value.annotation, chosen.relationId, value, desk.value.context))
  }

  /** Closes what is open; false when nothing was. */
  function cancel(): boolean {
    const isOpen = picker.value !== null
    picker.value = null
    return drawing.cancel() || isOpen
  }

  /** The same without a word. */
  function close(): void {
    picker.value = null
    drawing.letGo()
  }

  return { ...drawing, picker, open, pick, create, cancel, close }
}
