/** Drawing relations: from a span to another, or an end of a relation that is there to another span. */
import { computed, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { AnnotatedSpan } from '#main/document/annotation'
import { addRelation, retargetRelation } from '#main/document/edit-relations'
import { quote, type Edit } from '#main/document/edit'
import type { Prediction } from '#main/document/prediction'
import type { KeyPlace } from '#window/common/keys/keys.ts'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'
import { choose, type Selection } from '#window/features/annotate/input/selection.ts'
import { chosenSuggestion, nextSubject, type Desk } from './acts.ts'
import { endAt, endHints, refusedEnd, relationOptions, type Drawing, type PickerOption } from './choices.ts'

/** Two spans whose relation has several types to choose from. */
export interface TypeQuestion {
  readonly subject: AnnotatedSpan
  readonly object: AnnotatedSpan
  readonly options: readonly PickerOption[]
  readonly at: ScenePoint | null
}

export interface DrawingDesk {
  readonly desk: Readonly<Ref<Desk>>
  readonly prediction: () => Prediction | null
  readonly selection: ShallowRef<Selection>
  /** Applies an edit; false when it changed nothing. */
  readonly act: (edit: Edit) => boolean
  readonly say: (sentence: string) => void
  readonly askType: (question: TypeQuestion) => void
}

export function useDrawing({ desk, prediction, selection, act, say, askType }: DrawingDesk) {
  const drawing = shallowRef<Drawing | null>(null)
  /** Why the last R was refused, as long as its letter and digit may still come. */
  const refusal = shallowRef<string | null>(null)
  const awaits = shallowRef<KeyPlace['awaits']>(null)
  /** The span a relation is being drawn from, or that its other end stays on. */
  const drawingFrom = computed(() => drawing.value?.fixedId ?? null)
  const hints = computed(() =>
    drawing.value ? endHints(desk.value.annotation, drawing.value, desk.value.labels, prediction()) : [],
  )
  const spanById = (spanId: string) => desk.value.annotation.spans.find(({ id }) => id === spanId)

  // whoever goes elsewhere has given up what was refused or drawn
  watch(
    () => JSON.stringify([selection.value.caret, selection.value.anchor, selection.value.row, selection.value.target]),
    expectNothing,
    { flush: 'sync' },
  )

  function letGo(): void {
    drawing.value = null
    refusal.value = null
    awaits.value = null
  }

  /** Another act than that of a letter: what was refused or drawn is over. */
  function expectNothing(): void {
    if (!drawing.value) letGo()
  }

  function begin(next: Drawing): true {
    drawing.value = next
    refusal.value = null
    awaits.value = 'end'
    return true
  }

  /** A refused end still swallows the letter and the digit that a practised hand types next. */
  function refuse(reason: string): false {
    drawing.value = null
    refusal.value = reason
    awaits.value = 'end'
    say(reason)
    return false
  }

  /** From the chosen span, or from the subject of the chosen relation; false, with the reason said, where there is none. */
  function startDrawing(how: keyof typeof howToChoose = 'choose'): boolean {
    const subject = nextSubject(desk.value)
    if (!subject) return refuse(chosenSuggestion(desk.value) ? onSuggestion : onNothing)
    selection.value = choose(selection.value, { kind: 'span', spanId: subject.id }, desk.value)
    say(`From ${quote(subject, desk.value.context)}: ${howToChoose[how]('object')}`)
    return begin({ fixedId: subject.id, end: 'object', moved: null })
  }

  /** Lets the chosen relation have another subject or object; false, with the reason said, where there is none. */
  function startMoving(end: 'subject' | 'object', how: keyof typeof howToChoose = 'choose'): boolean {
    const { target } = selection.value
    const relation = desk.value.annotation.relations.find(
      ({ id }) => target?.kind === 'relation' && id === target.relationId,
    )
    if (!relation) return refuse('Choose the relation whose end is to move')
    const [fixedId, from] = end === 'object' ? [relation.subject, relation.object] : [relation.object, relation.subject]
    if (desk.value.annotation.spans.every(({ id }) => id === from))
      return refuse('There is no other span to move it to')
    say(`New ${end}: ${howToChoose[how](end)}`)
    return begin({ fixedId, end, moved: { relationId: relation.id, type: relation.type, from } })
  }

  /** The other end by its letter; a letter or digit that belongs to nothing is told and does nothing else. */
  function drawToHint(letter: string): void {
    const hint = hints.value.find((one) => one.letter === letter)
    if (awaits.value === 'type') {
      awaits.value = null
      say(refusal.value ?? 'The relation has the only type that is allowed between the two')
    } else if (refusal.value !== null) {
      awaits.value = 'type'
      say(`No relation is being drawn. ${refusal.value}`)
    } else if (hint) drawTo(hint.spanId)
    else say(`No span has the letter ${letter}`)
  }

  /** The other end by the caret. */
  function drawToCaret(): void {
    const spanId = endAt(selection.value.caret, desk.value.annotation, hints.value)
    if (spanId) drawTo(spanId)
    else say('Move to another span, or press the letter of one')
  }

  /** False when the relation may not end there: then it is still being drawn. */
  function drawTo(spanId: string, at: ScenePoint | null = null): boolean {
    const drawn = drawing.value
    if (!drawn) return false
    const { annotation, labels, context } = desk.value
    if (!drawn.moved) {
      askRelation(drawn.fixedId, spanId, at)
      return true
    }
    const reason = refusedEnd(annotation, drawn, spanId, labels, context)
    if (reason !== null) {
      say(reason)
      return false
    }
    letGo()
    act(retargetRelation(annotation, drawn.moved.relationId, drawn.end, spanId, context))
    return true
  }

  /** Takes the only type that is allowed between the two, or lets the person choose. */
  function askRelation(subjectId: string, objectId: string, at: ScenePoint | null): void {
    letGo()
    const [subject, object] = [spanById(subjectId), spanById(objectId)]
    if (!subject || !object) return
    const options = relationOptions(desk.value.labels, subject, object, prediction(), desk.value.keymap)
    const [only, ...others] = options.filter(({ isLegal }) => isLegal)
    if (only && others.length === 0) {
      draw(subjectId, only.value, objectId)
      awaits.value = 'type'
    } else {
      askType({ subject, object, options, at })
      say('Choose the type of the relation')
    }
  }

  /** The subject stays chosen, so that R draws the next relation from it. */
  function draw(subject: string, type: string, object: string): void {
    act(addRelation(desk.value.annotation, subject, type, object, desk.value.context))
    selection.value = choose(selection.value, { kind: 'span', spanId: subject }, desk.value)
  }

  /** Gives up what is being drawn; false when nothing was. */
  function cancel(): boolean {
    const drawn = drawing.value
    if (drawn) say(drawn.moved ? 'The relation stays as it is' : 'No relation drawn')
    letGo()
    return drawn !== null
  }

  /** Nothing is drawn any more where the spans to draw to are gone. */
  function dropStale(): void {
    if (drawing.value && hints.value.length === 0) letGo()
  }

  return {
    ...{ drawing, drawingFrom, hints, awaits, letGo, expectNothing, draw, cancel, dropStale },
    ...{ startDrawing, startMoving, drawToHint, drawToCaret, drawTo },
  }
}

const onNothing = 'A relation starts from a span: move into one, or choose one, then press R again'
const onSuggestion = 'A suggested span has to be accepted before a relation can start from it'

const howToChoose = {
  choose: (end: string) => `press the letter of the ${end}, or click it`,
  drag: (end: string) => `drop it on the ${end}; Escape lets go`,
}
