/** The editor's state and what each command does to it. Knows no element: the panes draw this and send commands. */
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { emptyAnnotation } from '#main/document/annotation'
import type { Token } from '#main/document/doc'
import { quote, type Edit } from '#main/document/edit'
import type { SentenceLayer } from '#main/document/layer'
import { setReviewed } from '#main/document/edit-review'
import { isRightToLeft, tokenTexts } from '#main/document/token-text'
import { violationsOf } from '#main/labels/check-annotation'
import { addType } from '#main/labels/edit-labels'
import { emptyLabelSet } from '#main/labels/label-set'
import type { useAnnotationStore } from '#window/features/annotate/stores/annotation.ts'
import { editFor, chosenSpan, type Desk } from './acts.ts'
import type { Keymap } from '#window/common/keys/actions.ts'
import type { Command } from '#window/common/keys/command.ts'
import type { KeyPlace } from '#window/common/keys/keys.ts'
import type { TokenLine } from '#window/features/annotate/scene/lines.ts'
import { useExamples } from './example.ts'
import { useLayers } from './layers.ts'
import { useMoves } from './moves.ts'
import { usePicker } from './picker.ts'
import { useStack } from '#window/features/annotate/input/stack.ts'
import * as selecting from '#window/features/annotate/input/selection.ts'

const noTokens: readonly Token[] = []
const noLayers: readonly SentenceLayer[] = []

/** A label that is about to be given to the same words elsewhere. */
export interface Propagation {
  readonly sentenceId: number
  readonly start: number
  readonly end: number
  readonly label: string
  readonly text: string
}

/** Destination of the editor when it leaves its sentence. */
export interface EditorWays {
  readonly goTo: (sentenceId: number) => void
  readonly goBy: (by: 1 | -1) => Promise<void>
  /** To where the sentence was opened, or to the results that it was taken out of. */
  readonly goBack: () => void
  /** Was the sentence opened from elsewhere, or taken out of results? */
  readonly canGoBack: () => boolean
}

/** The open sentence as the editor needs it. */
export type EditedSentence = Pick<
  ReturnType<typeof useAnnotationStore>,
  'view' | 'suggestions' | 'runId' | 'layerKey' | 'author' | 'status' | 'apply' | 'changeLabels' | 'goBack'
>

export function useAnnotateEditor(store: EditedSentence, ways: EditorWays, keymap: Readonly<Ref<Keymap>>) {
  const selection = shallowRef(selecting.startSelection)
  const isHelpOpen = ref(false)
  const isAcceptAllOpen = ref(false)
  const propagation = shallowRef<Propagation | null>(null)
  /** Counts the wishes to write a note: the field takes the focus. */
  const noteWishes = ref({ sentence: 0, item: 0 })
  /** Has the person been told of the problems, so that "done" now means "done all the same"? */
  const isWarned = ref(false)
  const lines = shallowRef<readonly TokenLine[]>([])

  // computed from the text alone, which stays while annotations change, so that an edit does not compute them again
  const sentenceText = computed(() => store.view?.text ?? '')
  const sentenceTokens = computed(() => store.view?.tokens ?? noTokens)
  const tokens = computed(() => tokenTexts(sentenceText.value, sentenceTokens.value))
  const words = computed(() => tokens.value.map(({ text }) => text))
  const desk = computed<Desk>(() => ({
    annotation: store.view?.annotation ?? emptyAnnotation,
    suggestions: store.suggestions,
    tokenCount: words.value.length,
    selection: selection.value,
    labels: store.view?.labels ?? emptyLabelSet,
    runId: store.runId,
    keymap: keymap.value,
    context: {
      ...{ author: store.author, words: words.value, tokens: sentenceTokens.value },
      newId: () => crypto.randomUUID(),
    },
  }))
  const problems = computed(() =>
    violationsOf(desk.value.labels, desk.value.annotation, words.value, sentenceTokens.value),
  )
  const picking = usePicker({
    desk,
    prediction: () => store.view?.prediction ?? null,
    selection,
    act,
    label: (label) => run({ name: 'label', label }),
    addType: (kind, name) => store.changeLabels((labels) => addType(labels, kind, name)),
    say,
  })

  const isMirrored = computed(() => isRightToLeft(sentenceText.value))
  const keyPlace = computed<KeyPlace>(() => ({
    ...{ row: selection.value.row, target: selection.value.target?.kind ?? null, awaits: picking.awaits.value },
    ...{ isRightToLeft: isMirrored.value, labels: desk.value.labels, keymap: keymap.value },
  }))

  const moving = useMoves({ desk, selection, lines, say })
  const examples = useExamples(desk, () => store.view?.corpusId ?? null, say)
  const stacking = useStack(desk, selection, say)
  const layers = useLayers({
    ...{ desk, selection, act, say, changeLabels: store.changeLabels },
    layers: () => store.view?.layers ?? noLayers,
    sentenceId: () => store.view?.sentenceId,
    shownKey: computed({ get: () => store.layerKey, set: (key) => (store.layerKey = key) }),
  })

  watch(
    () => store.view?.sentenceId,
    () => {
      selection.value = selecting.placeCaret(selecting.startSelection, 0, desk.value)
      isWarned.value = false
      picking.cancel()
      stacking.close()
    },
  )
  watch(
    () => [store.view?.annotation, store.suggestions],
    () => {
      selection.value = selecting.keepValid(selection.value, desk.value)
      picking.dropStale()
    },
  )

  /** Does what the command says. False when there was nothing to do, so that its key may keep its usual meaning. */
  function run(command: Command): boolean {
    if (command.name !== 'hint') picking.expectNothing()
    switch (command.name) {
      case 'move':
        moving.by(command.by, command.isExtending)
        return true
      case 'edge':
        moving.toEdge(command.by, command.isExtending)
        return true
      case 'clause':
        moving.toClause(command.by, command.isExtending)
        return true
      case 'row':
        if (!moving.byRow(command.by)) void ways.goBy(command.by)
        return true
      case 'stop':
      case 'suggestion':
        moving.toStop(command.by, command.name === 'suggestion')
        return true
      case 'sentence':
        void ways.goBy(command.by)
        return true
      case 'cycle':
        selection.value = selecting.cycleTargets(selection.value, desk.value)
        return true
      case 'stack':
        stacking.openHere()
        return true
      case 'cancel':
        if (!picking.cancel()) selection.value = selecting.letGo(selection.value)
        return true
      case 'confirm':
        if (picking.drawingFrom.value) picking.drawToCaret()
        else if (selection.value.target?.kind === 'suggestion') run({ name: 'accept' })
        else picking.open()
        return true
      case 'pick':
        picking.open(command.at ?? null, true)
        return true
      case 'relation':
        picking.startDrawing()
        return true
      case 'retarget':
        picking.startMoving(command.end)
        return true
      case 'propagate':
        askPropagation()
        return true
      case 'example':
        void examples.add()
        return true
      case 'unsure':
        answerUnsure()
        return true
      case 'note':
        noteWishes.value = { ...noteWishes.value, sentence: noteWishes.value.sentence + 1 }
        return true
      case 'note-item':
        noteWishes.value = { ...noteWishes.value, item: noteWishes.value.item + 1 }
        return true
      case 'hint':
        picking.drawToHint(command.letter)
        return true
      case 'layer':
        layers.showNext()
        return true
      case 'difference':
        layers.goTo(command.by)
        return true
      case 'take-difference':
        void layers.take()
        return true
      case 'take-layer':
        void layers.takeAll()
        return true
      case 'undo':
      case 'redo':
        void goBack(command.name)
        return true
      case 'done':
        finish()
        return true
      case 'results':
        if (ways.canGoBack()) ways.goBack()
        else store.status = 'This sentence was opened here: there is nothing to go back to'
        return true
      case 'help':
        isHelpOpen.value = true
        return true
      case 'accept-all':
        if (store.suggestions.length > 0) isAcceptAllOpen.value = true
        else store.status = 'No suggestions in this sentence'
        return true
      default: {
        const edit = editFor(command, desk.value)
        if (edit) act(edit, command.name === 'accept' || command.name === 'reject')
        return edit !== null
      }
    }
  }

  /** Applies an edit; after an answer to a suggestion the next one is chosen. False when nothing changed. */
  function act(edit: Edit, isAnswer = false): boolean {
    const next = isAnswer ? selecting.nextStop(selection.value, 1, desk.value, true) : null
    if (!store.apply(edit)) return false
    isWarned.value = false
    const isOpen = next?.kind === 'suggestion' && store.suggestions.some(({ key }) => key === next.key)
    selection.value = isOpen
      ? selecting.choose(selection.value, next, desk.value)
      : selecting.afterEdit(selection.value, desk.value)
    return true
  }

  function say(sentence: string): void {
    store.status = sentence
  }

  function askPropagation(): void {
    const span = chosenSpan(desk.value)
    if (!span || !store.view) {
      store.status = 'Choose the span whose words shall be labelled elsewhere too'
      return
    }
    const { start, end, label } = span
    propagation.value = {
      sentenceId: store.view.sentenceId,
      start,
      end,
      label,
      text: quote({ start, end }, desk.value.context),
    }
  }

  /** The suggestion stays open for somebody who knows; the sentence is flagged for them. */
  function answerUnsure(): void {
    const edit = editFor({ name: 'unsure' }, desk.value)
    if (!edit) return
    act(edit)
    if (edit.changes.length > 0 || store.view?.annotation.review.isFlagged) moving.toStop(1, true)
  }

  async function goBack(way: 'undo' | 'redo'): Promise<void> {
    const sentenceId = await store.goBack(way)
    if (sentenceId !== null && sentenceId !== store.view?.sentenceId) ways.goTo(sentenceId)
  }

  /** Validation first: problems are told once, the second time they are taken as meant. */
  function finish(): void {
    const [first, ...others] = problems.value
    if (!store.view) return
    if (first && !isWarned.value) {
      isWarned.value = true
      const more = others.length === 0 ? '' : `, and ${others.length} more`
      store.status = `${first.message}${more}. Press D again to be done all the same.`
      return
    }
    store.apply(setReviewed(desk.value.annotation, true))
    void ways.goBy(1)
  }

  return {
    selection,
    propagation,
    noteWishes,
    isHelpOpen,
    isAcceptAllOpen,
    isWarned,
    lines,
    tokens,
    desk,
    keyPlace,
    problems,
    picking,
    stacking,
    layers,
    run,
    act,
    say,
  }
}
