/** The editor of Annotate without a window: one sentence in memory, worked on by keys. */
import { createPinia, setActivePinia } from 'pinia'
import { effectScope, ref, shallowReactive } from 'vue'
import type { SentenceView } from '#main/api/annotations'
import type { SegmentationAct } from '#main/api/segmentation'
import type { Annotation } from '#main/document/annotation'
import type { SentenceLayer } from '#main/document/layer'
import type { Edit } from '#main/document/edit'
import { applyChanges } from '#main/document/operation'
import { suggestionsOf } from '#main/document/suggestions'
import type { LabelSet } from '#main/labels/label-set'
import { usualKeymap } from '#window/common/keys/actions.ts'
import { commandFor } from '#window/common/keys/keys.ts'
import { useAnnotateEditor } from '#window/features/annotate/editor/editor.ts'

export interface KeyedEditor {
  readonly editor: ReturnType<typeof useAnnotateEditor>
  readonly annotation: () => Annotation
  readonly status: () => string
  /** Acts on words and sentences that were asked of the main side. */
  readonly segmented: readonly SegmentationAct[]
  /** Number of times that the editor went on to another sentence. */
  readonly timesLeft: () => number
  /** Presses keys one after the other, as a person with a US keyboard does. */
  press(...keys: string[]): void
}

/** Words are parted by single spaces. */
export function openEditor(
  text: string,
  labels: LabelSet,
  annotation: Annotation,
  layers: readonly SentenceLayer[] = [],
  isAdjudicating = false,
): KeyedEditor {
  setActivePinia(createPinia())
  let place = 0
  const tokens = text.split(' ').map((word) => {
    const start = place
    place += word.length + 1
    return { start, end: start + word.length }
  })
  const view: SentenceView = {
    ...{ sentenceId: 1, corpusId: 1, corpusName: 'Small', split: 'train', position: 1, text, tokens },
    ...{ previousText: null, nextText: null, annotation, unanchored: [], layers, labels },
    ...{ prediction: null, heldBack: null, origin: null },
  }
  const segmented: SegmentationAct[] = []
  const store = shallowReactive({
    ...{ view: view as SentenceView | null, suggestions: suggestionsOf(annotation, null) },
    ...{
      suggester: null,
      layerKey: null as string | null,
      runId: null,
      models: 'apart' as const,
      author: 'Ada',
      status: '',
      goBack: () => Promise.resolve(null),
    },
    changeLabels(edit: (labels: LabelSet) => LabelSet): Promise<boolean> {
      if (store.view) store.view = { ...store.view, labels: edit(store.view.labels) }
      return Promise.resolve(store.view !== null)
    },
    segment(act: SegmentationAct): Promise<void> {
      segmented.push(act)
      return Promise.resolve()
    },
    apply({ changes, description }: Edit): boolean {
      store.status = description
      if (!store.view || changes.length === 0) return false
      store.view = { ...store.view, annotation: applyChanges(store.view.annotation, changes) }
      return true
    },
  })
  let left = 0
  const ways = {
    goTo: () => undefined,
    goBy: () => Promise.resolve(void left++),
    goBack: () => undefined,
    canGoBack: () => false,
  }
  const editor = effectScope(true).run(() => useAnnotateEditor(store, ways, ref(usualKeymap), () => isAdjudicating))
  if (!editor) throw new Error('The editor did not start')
  const { picking, keyPlace } = editor
  editor.adjudicating.start()

  function pressOne(key: string): void {
    const picker = picking.picker.value
    const option = picker?.options.find((one) => one.key === key)
    if (picker && option) picking.pick(option.value)
    if (picker) return
    const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: /^[A-Z]$/.test(key) }
    const command = commandFor({ key, code: '', ...held }, keyPlace.value)
    if (command) editor?.run(command)
  }

  return {
    editor,
    annotation: () => store.view?.annotation ?? annotation,
    status: () => store.status,
    segmented,
    timesLeft: () => left,
    press: (...keys) => keys.forEach(pressOne),
  }
}
