/** Choosing types: the list that opens for spans and relations, and drawing a relation from one span to another. */
import { computed, shallowRef, type Ref, type ShallowRef } from 'vue'
import { addRelation, retargetRelation, retypeRelation } from '#main/document/edit-relations'
import type { Edit } from '#main/document/edit'
import type { Prediction } from '#main/document/prediction'
import { subjectSpan, type Desk } from './acts.ts'
import {
  endAt,
  endHints,
  entityOptions,
  refusedEnd,
  relationOptions,
  type Drawing,
  type PickerOption,
} from './choices.ts'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'
import { selectedRange, type Selection } from '#window/features/annotate/input/selection.ts'

/** The open list of types, what it is about, and where it was asked for; null is under the selected words. */
export type Picker = {
  readonly title: string
  readonly options: readonly PickerOption[]
  readonly at: ScenePoint | null
} & (
  | { readonly kind: 'span' }
  | { readonly kind: 'relation'; readonly subject: string; readonly object: string }
  | { readonly kind: 'retype'; readonly relationId: string }
)

/** What the list works on and reports to. */
export interface PickerDesk {
  readonly desk: Readonly<Ref<Desk>>
  readonly prediction: () => Prediction | null
  readonly selection: ShallowRef<Selection>
  /** Applies an edit; false when it changed nothing. */
  readonly act: (edit: Edit) => boolean
  readonly label: (label: string) => void
  readonly say: (sentence: string) => void
}

export function usePicker({ desk, prediction, selection, act, label, say }: PickerDesk) {
  const picker = shallowRef<Picker | null>(null)
  const drawing = shallowRef<Drawing | null>(null)
  /** The span a relation is being drawn from, or that its other end stays on. */
  const drawingFrom = computed(() => drawing.value?.fixedId ?? null)
  const spanById = (spanId: string | undefined) => desk.value.annotation.spans.find(({ id }) => id === spanId)
  const hints = computed(() =>
    drawing.value ? endHints(desk.value.annotation, drawing.value, desk.value.labels, prediction()) : [],
  )

  /**
   * The types of the chosen relation, else those of the selected words. A choice of one is no choice, unless it
   * `mustAsk`: further clicks may still change what is selected.
   */
  function open(at: ScenePoint | null = null, mustAsk = false): void {
    const { annotation, labels } = desk.value
    const { target } = selection.value
    if (target?.kind === 'relation') {
      const { relationId } = target
      const relation = annotation.relations.find(({ id }) => id === relationId)
      const subject = spanById(relation?.subject)
      const object = spanById(relation?.object)
      if (!subject || !object) return
      const options = relationOptions(labels, subject, object, prediction(), desk.value.keymap)
      picker.value = { kind: 'retype', relationId, title: 'Relation type', options, at }
      return
    }
    const options = entityOptions(labels, selectedRange(selection.value, desk.value), prediction(), desk.value.keymap)
    const [only] = options
    if (only && options.length === 1 && !mustAsk) label(only.value)
    else picker.value = { kind: 'span', title: 'Entity type', options, at }
  }

  function pick(value: string): void {
    const chosen = picker.value
    picker.value = null
    if (chosen?.kind === 'span') label(value)
    if (chosen?.kind === 'relation') draw(chosen.subject, value, chosen.object)
    if (chosen?.kind === 'retype')
      act(retypeRelation(desk.value.annotation, chosen.relationId, value, desk.value.context))
  }

  /** From the chosen span. False, with the reason said, where there is nothing to draw. */
  function startDrawing(how: keyof typeof howToChoose = 'choose'): boolean {
    drawing.value = null
    const subject = subjectSpan(desk.value)
    if (!subject) say('Choose the span a relation shall start from')
    else if (desk.value.annotation.spans.length < 2) say('A relation needs a second span')
    else {
      drawing.value = { fixedId: subject.id, end: 'object', moved: null }
      say(howToChoose[how]('object'))
    }
    return drawing.value !== null
  }

  /** Lets the chosen relation have another subject or object. False, with the reason said, where there is none. */
  function startMoving(end: 'subject' | 'object', how: keyof typeof howToChoose = 'choose'): boolean {
    drawing.value = null
    const { target } = selection.value
    const relation = desk.value.annotation.relations.find(
      ({ id }) => target?.kind === 'relation' && id === target.relationId,
    )
    if (!relation) say('Choose the relation whose end shall move')
    else if (desk.value.annotation.spans.length < 3) say('There is no third span to move it to')
    else {
      const [fixedId, from] =
        end === 'object' ? [relation.subject, relation.object] : [relation.object, relation.subject]
      drawing.value = { fixedId, end, moved: { relationId: relation.id, type: relation.type, from } }
      say(howToChoose[how](`new ${end}`))
    }
    return drawing.value !== null
  }

  /** The object whose letter was pressed. */
  function drawToHint(letter: string): void {
    const hint = hints.value.find((one) => one.letter === letter)
    if (hint) drawTo(hint.spanId)
    else say(`No span has the letter ${letter}`)
  }

  /** The object the caret is on. */
  function drawToCaret(): void {
    const spanId = endAt(selection.value.caret, desk.value.annotation, hints.value)
    if (spanId) drawTo(spanId)
    else say('Move to another span, or press the letter of one')
  }

  /** False when the relation may not end there: then it is still being drawn. */
  function drawTo(spanId: string, at: ScenePoint | null = null): boolean {
    const drawn = drawing.value
    if (!drawn) return false
    if (!drawn.moved) {
      askRelation(drawn.fixedId, spanId, at)
      return true
    }
    const { annotation, labels, context } = desk.value
    const refusal = refusedEnd(annotation, drawn, spanId, labels, context)
    if (refusal !== null) {
      say(refusal)
      return false
    }
    drawing.value = null
    act(retargetRelation(annotation, drawn.moved.relationId, drawn.end, spanId, context))
    return true
  }

  /** Takes the only type that is allowed between the two, or lets the person choose. */
  function askRelation(subjectId: string, objectId: string, at: ScenePoint | null): void {
    drawing.value = null
    const [subject, object] = [spanById(subjectId), spanById(objectId)]
    if (!subject || !object) return
    const options = relationOptions(desk.value.labels, subject, object, prediction(), desk.value.keymap)
    const [only, ...others] = options.filter(({ isLegal }) => isLegal)
    if (only && others.length === 0) draw(subjectId, only.value, objectId)
    else if (options.length === 0) say('The label set of this corpus has no relation types yet')
    else {
      picker.value = { kind: 'relation', subject: subjectId, object: objectId, title: 'Relation type', options, at }
      say('Choose the type of the relation')
    }
  }

  function draw(subject: string, type: string, object: string): void {
    if (!act(addRelation(desk.value.annotation, subject, type, object, desk.value.context))) return
    const relation = desk.value.annotation.relations.at(-1)
    if (relation) selection.value = { ...selection.value, target: { kind: 'relation', relationId: relation.id } }
  }

  /** Closes what is open. False when nothing was. */
  function cancel(): boolean {
    const isOpen = picker.value !== null || drawing.value !== null
    if (drawing.value) say(drawing.value.moved ? 'The relation stays as it is' : 'No relation drawn')
    close()
    return isOpen
  }

  /** The same without a word. */
  function close(): void {
    picker.value = null
    drawing.value = null
  }

  /** Nothing is drawn any more where the spans to draw to are gone. */
  function dropStale(): void {
    if (hints.value.length === 0) drawing.value = null
  }

  return {
    ...{ picker, drawing, drawingFrom, hints, open, pick, cancel, close, dropStale },
    ...{ startDrawing, startMoving, drawToHint, drawToCaret, drawTo },
  }
}

const howToChoose = {
  choose: (end: string) => `Choose the ${end}: press its letter, or click it`,
  drag: (end: string) => `Drop it on the ${end}; Escape lets go`,
}
