/** The editor's state. Knows no element: the panes draw this and send commands, of which commands.ts says what each does. */
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { emptyAnnotation } from '#main/document/annotation'
import type { Token } from '#main/document/doc'
import type { Edit } from '#main/document/edit'
import type { SentenceLayer } from '#main/document/layer'
import type { Suggestion } from '#main/document/suggestions'
import { isRightToLeft, tokenTexts } from '#main/document/token-text'
import { violationsOf } from '#main/labels/check-annotation'
import { addType } from '#main/labels/edit-labels'
import { emptyLabelSet, symmetricTypes } from '#main/labels/label-set'
import type { useAnnotationStore } from '#window/features/annotate/stores/annotation.ts'
import type { Desk } from './acts.ts'
import { createCommands, type EditorWays, type NoteWishes } from './commands.ts'
import type { Keymap } from '#window/common/keys/actions.ts'
import type { KeyPlace } from '#window/common/keys/keys.ts'
import type { TokenLine } from '#window/features/annotate/scene/lines.ts'
import { useAdjudication, type AdjudicationWork } from './adjudication.ts'
import { useExamples } from './example.ts'
import { useFinishing } from './finishing.ts'
import { useLayers } from './layers.ts'
import { useMoves } from './moves.ts'
import { usePicker } from './picker.ts'
import { usePropagation } from './propagation.ts'
import { useSegmenting } from './segmenting.ts'
import { layersOf, withoutModels } from './view-layers.ts'
import { useStack } from '#window/features/annotate/input/stack.ts'
import * as selecting from '#window/features/annotate/input/selection.ts'

const noTokens: readonly Token[] = []
const noLayers: readonly SentenceLayer[] = []
const noSuggestions: readonly Suggestion[] = []

/** The open sentence as the editor needs it. */
export type EditedSentence = Pick<
  ReturnType<typeof useAnnotationStore>,
  | 'view'
  | 'suggestions'
  | 'suggester'
  | 'runId'
  | 'layerKey'
  | 'models'
  | 'author'
  | 'status'
  | 'apply'
  | 'segment'
  | 'changeLabels'
  | 'goBack'
>

/**
 * @param isAdjudicating whether the queue is one of sentences whose versions are adjudicated
 */
export function useAnnotateEditor(
  store: EditedSentence,
  ways: EditorWays,
  keymap: Readonly<Ref<Keymap>>,
  isAdjudicating: () => boolean = () => false,
) {
  const selection = shallowRef(selecting.startSelection)
  const isHelpOpen = ref(false)
  const isAcceptAllOpen = ref(false)
  const wantsAllArcs = ref(false)
  const noteWishes = ref<NoteWishes>({ sentence: 0, item: 0 })
  const lines = shallowRef<readonly TokenLine[]>([])

  // computed from the text alone, which stays while annotations change, so that an edit does not compute them again
  const sentenceText = computed(() => store.view?.text ?? '')
  const sentenceTokens = computed(() => store.view?.tokens ?? noTokens)
  const tokens = computed(() => tokenTexts(sentenceText.value, sentenceTokens.value))
  const words = computed(() => tokens.value.map(({ text }) => text))
  const desk = computed<Desk>(() => ({
    annotation: store.view?.annotation ?? emptyAnnotation,
    suggestions: adjudicating.hidesModels.value ? noSuggestions : store.suggestions,
    tokenCount: words.value.length,
    selection: selection.value,
    labels: store.view?.labels ?? emptyLabelSet,
    suggester: store.suggester,
    keymap: keymap.value,
    context: {
      ...{ author: store.author, words: words.value, tokens: sentenceTokens.value },
      newId: () => crypto.randomUUID(),
      symmetric: symmetricTypes(store.view?.labels ?? emptyLabelSet),
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
    versions: adjudicating.isHolding.value ? adjudicating.adjudicated.value.versions.length : 0,
  }))

  const moving = useMoves({ desk, selection, lines, say })
  const examples = useExamples(desk, () => store.view?.corpusId ?? null, say)
  const stacking = useStack(desk, selection, say)
  const propagating = usePropagation(desk, () => store.view?.sentenceId, say)
  const finishing = useFinishing({ desk, problems, say, apply: store.apply, onFinished: () => void ways.goBy(1) })
  const layers = useLayers({
    ...{ desk, selection, act, say, changeLabels: store.changeLabels },
    layers: () => shownView.value?.layers ?? noLayers,
    sentenceId: () => store.view?.sentenceId,
    shownKey: computed({ get: () => store.layerKey, set: (key) => (store.layerKey = key) }),
  })

  const allLayers = computed(() => layersOf(store.view, store.runId))
  const adjudicating: AdjudicationWork = useAdjudication({
    ...{ desk, selection, say, isActive: isAdjudicating, finish: finishing.finish, act: layers.actWithTypes },
    sentenceId: () => store.view?.sentenceId,
    annotation: () => store.view?.annotation ?? emptyAnnotation,
    isReviewed: () => store.view?.annotation.review.isReviewed ?? false,
    layers: () => allLayers.value,
    models: computed(() => store.models),
  })
  /** The sentence without what models say of it, as long as that is kept from the adjudicator. */
  const shownView = computed(() => {
    const { view } = store
    return view && adjudicating.hidesModels.value ? withoutModels(view) : view
  })

  const segmenting = useSegmenting(desk, (act) => void store.segment(act), say)

  const run = createCommands({
    ...{ desk, selection, noteWishes, isHelpOpen, isAcceptAllOpen, wantsAllArcs, ways, act, say, goBack },
    ...{ moving, picking, stacking, layers, adjudicating, examples, propagating, finishing, segmenting },
  })

  watch(
    () => store.view?.sentenceId,
    () => {
      selection.value = selecting.placeCaret(selecting.startSelection, 0, desk.value)
      finishing.isWarned.value = false
      wantsAllArcs.value = false
      picking.cancel()
      stacking.close()
      adjudicating.start()
    },
  )
  watch(isAdjudicating, () => adjudicating.start())
  watch(
    () => [store.view?.annotation, store.suggestions],
    () => {
      selection.value = selecting.keepValid(selection.value, desk.value)
      picking.dropStale()
    },
  )

  /** Applies an edit; after an answer to a suggestion the next one is chosen. False when nothing changed. */
  function act(edit: Edit, isAnswer = false): boolean {
    const next = isAnswer ? selecting.nextStop(selection.value, 1, desk.value, true) : null
    if (!store.apply(edit)) return false
    finishing.isWarned.value = false
    const isOpen = next?.kind === 'suggestion' && store.suggestions.some(({ key }) => key === next.key)
    selection.value = isOpen
      ? selecting.choose(selection.value, next, desk.value)
      : selecting.afterEdit(selection.value, desk.value)
    return true
  }

  function say(sentence: string): void {
    store.status = sentence
  }

  async function goBack(way: 'undo' | 'redo'): Promise<void> {
    const sentenceId = await store.goBack(way)
    if (sentenceId !== null && sentenceId !== store.view?.sentenceId) ways.goTo(sentenceId)
  }

  return {
    selection,
    propagation: propagating.propagation,
    segmenting,
    noteWishes,
    isHelpOpen,
    isAcceptAllOpen,
    wantsAllArcs,
    isWarned: finishing.isWarned,
    lines,
    tokens,
    desk,
    keyPlace,
    problems,
    picking,
    stacking,
    layers,
    adjudicating,
    shownView,
    run,
    act,
    say,
  }
}
