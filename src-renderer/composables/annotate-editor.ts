/** The editor's state and what each command does to it. Knows no element: the panes draw this and send commands. */
import { computed, ref, shallowRef, watch } from 'vue'
import type { Edit } from '#main/document/edit'
import { retypeRelation } from '#main/document/edit-relations'
import { setReviewed } from '#main/document/edit-review'
import { violationsOf } from '#main/labels/check-annotation'
import { emptyAnnotation } from '#main/document/annotation'
import { emptyLabelSet } from '#main/labels/label-set'
import { tokenTexts } from '#main/document/token-text'
import type { useAnnotationStore } from '../stores/annotation.ts'
import { editFor, relationEdit, subjectSpan, type Desk } from './annotate-acts.ts'
import { entityOptions, objectHints, relationOptions, type PickerOption } from './annotate-choices.ts'
import type { Command } from './annotate-keys.ts'
import type { TokenLine } from './annotate-lines.ts'
import { tokenOnLine } from './annotate-scene.ts'
import * as selecting from './annotate-selection.ts'

/** The open list of types, and what it is about. */
export type Picker = { readonly title: string; readonly options: readonly PickerOption[] } & (
  | { readonly kind: 'span' }
  | { readonly kind: 'relation'; readonly subject: string; readonly object: string }
  | { readonly kind: 'retype'; readonly relationId: string }
)

/** Where the editor goes when it leaves its sentence. */
export interface EditorWays {
  readonly goTo: (sentenceId: number) => void
  readonly goBy: (by: 1 | -1) => Promise<void>
}

export function useAnnotateEditor(store: ReturnType<typeof useAnnotationStore>, ways: EditorWays) {
  const selection = shallowRef(selecting.startSelection)
  /** The span a relation is being drawn from. */
  const drawingFrom = ref<string | null>(null)
  const picker = shallowRef<Picker | null>(null)
  const isHelpOpen = ref(false)
  const isAcceptAllOpen = ref(false)
  /** Did the person read the list of problems and want to be done all the same? */
  const isWarned = ref(false)
  const lines = shallowRef<readonly TokenLine[]>([])

  const tokens = computed(() => (store.view ? tokenTexts(store.view.text, store.view.tokens) : []))
  const words = computed(() => tokens.value.map(({ text }) => text))
  const labels = computed(() => store.view?.labels ?? emptyLabelSet)
  const desk = computed<Desk>(() => ({
    annotation: store.view?.annotation ?? emptyAnnotation,
    suggestions: store.suggestions,
    tokenCount: words.value.length,
    selection: selection.value,
    labels: labels.value,
    runId: store.runId,
    context: { author: store.author, words: words.value, newId: () => crypto.randomUUID() },
  }))
  const problems = computed(() => violationsOf(labels.value, desk.value.annotation, words.value))
  const hints = computed(() => {
    const subject = desk.value.annotation.spans.find(({ id }) => id === drawingFrom.value)
    return subject ? objectHints(desk.value.annotation, subject, labels.value, store.view?.prediction ?? null) : []
  })

  watch(
    () => store.view?.sentenceId,
    () => {
      selection.value = selecting.startSelection
      drawingFrom.value = null
      picker.value = null
      isWarned.value = false
    },
  )
  watch(
    () => [store.view?.annotation, store.suggestions],
    () => {
      selection.value = selecting.keepValid(selection.value, desk.value)
      if (!desk.value.annotation.spans.some(({ id }) => id === drawingFrom.value)) drawingFrom.value = null
    },
  )

  /** Does what the command says. False when there was nothing for it, so that a key may keep its usual meaning. */
  function run(command: Command): boolean {
    const { value: now } = selection
    switch (command.name) {
      case 'move': {
        const token = now.caret + command.by
        moveTo(token, command.isExtending)
        return true
      }
      case 'edge':
        moveTo(command.by === 1 ? words.value.length - 1 : 0, command.isExtending)
        return true
      case 'row':
        moveRow(command.by)
        return true
      case 'stop':
      case 'suggestion': {
        const stop = selecting.nextStop(now, command.by, desk.value, command.name === 'suggestion')
        if (stop) selection.value = selecting.choose(now, stop, desk.value)
        else if (command.name === 'suggestion') store.status = 'No further suggestion in this sentence'
        return stop !== null || command.name === 'suggestion'
      }
      case 'sentence':
        void ways.goBy(command.by)
        return true
      case 'cycle':
        selection.value = selecting.cycleTargets(now, desk.value)
        return true
      case 'cancel':
        return cancel()
      case 'pick':
        return openPicker()
      case 'confirm':
        return confirm()
      case 'relation':
        return startDrawing()
      case 'hint': {
        const hint = hints.value.find(({ letter }) => letter === command.letter)
        if (hint && drawingFrom.value) askRelation(drawingFrom.value, hint.spanId)
        else store.status = `No span has the letter ${command.letter}`
        return true
      }
      case 'undo':
      case 'redo':
        void goBack(command.name)
        return true
      case 'done':
        return finish()
      case 'help':
        isHelpOpen.value = true
        return true
      case 'accept-all':
        if (store.suggestions.length > 0) isAcceptAllOpen.value = true
        else store.status = 'No suggestions in this sentence'
        return true
      default: {
        const edit = editFor(command, desk.value)
        if (!edit) return false
        act(edit, command.name === 'accept' || command.name === 'reject')
        return true
      }
    }
  }

  /** Applies an edit; after an answer to a suggestion the next one is chosen. */
  function act(edit: Edit, isAnswer = false): void {
    const next = isAnswer ? selecting.nextStop(selection.value, 1, desk.value, true) : null
    if (!store.apply(edit)) return
    isWarned.value = false
    const isOpen = next?.kind === 'suggestion' && store.suggestions.some(({ key }) => key === next.key)
    if (isOpen) selection.value = selecting.choose(selection.value, next, desk.value)
    else selection.value = selecting.placeTarget(selection.value, desk.value)
  }

  function moveTo(token: number, isExtending: boolean): void {
    selection.value = isExtending
      ? selecting.extendTo(selection.value, token, desk.value)
      : selecting.placeCaret(selection.value, token, desk.value)
  }

  /** Words, their tags, the next line's words, and so on; past the last (or first) row the next sentence. */
  function moveRow(by: 1 | -1): void {
    const { row, caret } = selection.value
    const isWithin = by === 1 ? row === 'words' : row === 'tags'
    if (isWithin) {
      selection.value = { ...selection.value, row: by === 1 ? 'tags' : 'words', anchor: caret }
      return
    }
    const token = tokenOnLine(lines.value, caret, by)
    if (token === null) void ways.goBy(by)
    else
      selection.value = {
        ...selecting.placeCaret(selection.value, token, desk.value),
        row: by === 1 ? 'words' : 'tags',
      }
  }

  function cancel(): boolean {
    if (picker.value) picker.value = null
    else if (drawingFrom.value) drawingFrom.value = null
    else selection.value = { ...selection.value, anchor: selection.value.caret, target: null, row: 'words' }
    return true
  }

  function confirm(): boolean {
    const { target, caret } = selection.value
    if (drawingFrom.value) {
      const object = selecting.targetsAt(caret, desk.value).find(({ kind }) => kind === 'span')
      if (object?.kind === 'span') askRelation(drawingFrom.value, object.spanId)
      return true
    }
    return target?.kind === 'suggestion' ? run({ name: 'accept' }) : openPicker()
  }

  function openPicker(): boolean {
    const { target } = selection.value
    const prediction = store.view?.prediction ?? null
    if (target?.kind === 'relation') {
      const { relationId } = target
      const relation = desk.value.annotation.relations.find(({ id }) => id === relationId)
      const [subject, object] = [relation?.subject, relation?.object].map((id) => spanById(id))
      if (!relation || !subject || !object) return true
      const options = relationOptions(labels.value, subject, object, prediction)
      picker.value = { kind: 'retype', relationId, title: 'Relation type', options }
      return true
    }
    const options = entityOptions(labels.value, selecting.selectedRange(selection.value, desk.value), prediction)
    const [only] = options
    if (only && options.length === 1) return run({ name: 'label', label: only.value })
    picker.value = { kind: 'span', title: 'Entity type', options }
    return true
  }

  function pick(value: string): void {
    const open = picker.value
    picker.value = null
    if (open?.kind === 'span') run({ name: 'label', label: value })
    if (open?.kind === 'relation') draw(open.subject, value, open.object)
    if (open?.kind === 'retype') act(retypeRelation(desk.value.annotation, open.relationId, value, desk.value.context))
  }

  function startDrawing(): boolean {
    const subject = subjectSpan(desk.value)
    if (!subject) store.status = 'Choose the span a relation shall start from'
    else if (desk.value.annotation.spans.length < 2) store.status = 'A relation needs a second span'
    else {
      drawingFrom.value = subject.id
      store.status = 'Choose the object: press its letter, or click it'
    }
    return true
  }

  /** Takes the only type that is allowed between the two, or lets the person choose. */
  function askRelation(subjectId: string, objectId: string): void {
    drawingFrom.value = null
    const [subject, object] = [spanById(subjectId), spanById(objectId)]
    if (!subject || !object) return
    const options = relationOptions(labels.value, subject, object, store.view?.prediction ?? null)
    const [only, ...others] = options.filter(({ isLegal }) => isLegal)
    if (only && others.length === 0) draw(subjectId, only.value, objectId)
    else if (options.length === 0) store.status = 'The label set of this corpus has no relation types yet'
    else picker.value = { kind: 'relation', subject: subjectId, object: objectId, title: 'Relation type', options }
  }

  function draw(subject: string, type: string, object: string): void {
    const edit = relationEdit(subject, type, object, desk.value)
    if (!store.apply(edit)) return
    isWarned.value = false
    const relation = desk.value.annotation.relations.at(-1)
    if (relation) selection.value = { ...selection.value, target: { kind: 'relation', relationId: relation.id } }
  }

  async function goBack(way: 'undo' | 'redo'): Promise<void> {
    const sentenceId = await store.goBack(way)
    if (sentenceId !== null && sentenceId !== store.view?.sentenceId) ways.goTo(sentenceId)
  }

  /** Validation first: problems are shown once, the second time they are taken as meant. */
  function finish(): boolean {
    if (!store.view) return false
    if (problems.value.length > 0 && !isWarned.value) {
      isWarned.value = true
      const count = problems.value.length === 1 ? 'one problem' : `${problems.value.length} problems`
      store.status = `There is ${count}: ${problems.value[0]?.message ?? ''}. Press D again to be done all the same.`
      return true
    }
    store.apply(setReviewed(desk.value.annotation, true))
    void ways.goBy(1)
    return true
  }

  function spanById(spanId: string | undefined) {
    return desk.value.annotation.spans.find(({ id }) => id === spanId)
  }

  return {
    ...{ selection, drawingFrom, picker, isHelpOpen, isAcceptAllOpen, isWarned, lines },
    ...{ tokens, words, labels, desk, problems, hints },
    ...{ run, act, pick, askRelation },
  }
}
