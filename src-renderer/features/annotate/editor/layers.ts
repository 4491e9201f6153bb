/** The layer that is shown beside the annotation: what differs, what is chosen of that, and taking it over. */
import { computed, ref, watch, type Ref, type ShallowRef } from 'vue'
import { compareLayer, differenceKey, type LayerDifference } from '#main/document/layer-differences'
import type { SentenceLayer } from '#main/document/layer'
import { describeDifference, takeDifference, takeLayer } from '#main/document/edit-layers'
import type { Edit } from '#main/document/edit'
import { withTypesOf } from '#main/labels/types-of-changes'
import type { LabelSet } from '#main/labels/label-set'
import { choose, extendTo, placeCaret, type Selection } from '#window/features/annotate/input/selection.ts'
import type { Desk } from './acts.ts'

/** A layer of the open sentence with the number of its differences from the annotation. */
export interface ListedLayer {
  readonly key: string
  readonly layer: SentenceLayer
  readonly differences: number
}

interface LayerWorld {
  readonly desk: Readonly<Ref<Desk>>
  readonly selection: ShallowRef<Selection>
  readonly layers: () => readonly SentenceLayer[]
  readonly sentenceId: () => number | undefined
  /** The key of the shown layer, which stays while sentences change; null for none. */
  readonly shownKey: Ref<string | null>
  readonly act: (edit: Edit) => boolean
  readonly changeLabels: (edit: (labels: LabelSet) => LabelSet) => Promise<boolean>
  readonly say: (sentence: string) => void
}

const keyOfLayer = ({ kind, name }: SentenceLayer): string => `${kind} ${name}`

export function useLayers({ desk, selection, layers, sentenceId, shownKey, act, changeLabels, say }: LayerWorld) {
  const annotation = computed(() => desk.value.annotation)
  const chosenKey = ref<string | null>(null)

  const listed = computed<readonly ListedLayer[]>(() =>
    layers().map((layer) => ({
      ...{ key: keyOfLayer(layer), layer },
      differences: compareLayer(annotation.value, layer.annotation).differences.length,
    })),
  )
  /** The layer that is shown; null where none is chosen or the sentence does not have it. */
  const shown = computed(() => layers().find((layer) => keyOfLayer(layer) === shownKey.value) ?? null)
  const differences = computed<readonly LayerDifference[]>(() =>
    shown.value ? compareLayer(annotation.value, shown.value.annotation).differences : [],
  )
  const chosen = computed(() => differences.value.find((one) => differenceKey(one) === chosenKey.value) ?? null)
  watch([sentenceId, shownKey], () => (chosenKey.value = null))

  function show(key: string | null): void {
    shownKey.value = key
    const layer = shown.value
    if (!layer) say('No layer is shown')
    else
      say(
        `${layer.name}: ${differences.value.length === 0 ? 'the same as the annotation' : `${differences.value.length} different`}`,
      )
  }

  /** Shows the next layer; after the last one none. */
  function showNext(): void {
    const keys = layers().map(keyOfLayer)
    if (keys.length === 0) return say('This sentence has no layers of others')
    const next = keys[keys.indexOf(shown.value ? keyOfLayer(shown.value) : '') + 1] ?? null
    show(next)
  }

  function chooseDifference(difference: LayerDifference): void {
    chosenKey.value = differenceKey(difference)
    const { item, here } = difference
    const now = selection.value
    if (here) {
      const target =
        item === 'span'
          ? ({ kind: 'span', spanId: here.id } as const)
          : ({ kind: 'relation', relationId: here.id } as const)
      selection.value = choose(now, target, desk.value)
    } else {
      const range = rangeOf(difference)
      if (range)
        selection.value = extendTo(
          placeCaret({ ...now, row: 'words' }, range.start, desk.value),
          range.end - 1,
          desk.value,
        )
    }
    const layer = shown.value
    if (layer) say(describeDifference(annotation.value, layer, difference, desk.value.context))
  }

  /** The words of a span of the layer, or of the subject of a relation of it. */
  function rangeOf({ item, there }: LayerDifference): { readonly start: number; readonly end: number } | null {
    if (!there) return null
    if (item === 'span') return 'start' in there ? there : null
    const subject = 'subject' in there ? there.subject : ''
    return shown.value?.annotation.spans.find(({ id }) => id === subject) ?? null
  }

  function goTo(by: 1 | -1): void {
    if (!shown.value) showNext()
    if (!shown.value) return
    const list = differences.value
    const at = list.findIndex((one) => one === chosen.value)
    const next = at < 0 ? list.at(by === 1 ? 0 : -1) : list[at + by]
    if (next) chooseDifference(next)
    else say(list.length === 0 ? `${shown.value.name} says the same` : 'No further difference')
  }

  /** Takes over one difference, and chooses the next. */
  async function take(difference: LayerDifference | null = chosen.value): Promise<void> {
    const layer = shown.value
    if (!layer) return say('No layer is shown')
    if (!difference) return say('No difference is chosen')
    const at = differences.value.indexOf(difference)
    const edit = takeDifference(annotation.value, layer, difference, desk.value.context)
    if (!(await actWithTypes(edit))) return
    const next = differences.value[at] ?? differences.value.at(-1)
    chosenKey.value = next ? differenceKey(next) : null
  }

  /** Makes the annotation what the shown layer says, as one act. */
  async function takeAll(): Promise<void> {
    const layer = shown.value
    if (!layer) return say('No layer is shown')
    const edit = takeLayer(annotation.value, layer, desk.value.context)
    if (edit.changes.length === 0) say(edit.description)
    else await actWithTypes(edit)
  }

  /** Types that only the layer has become part of the label set first, since a label must be one of its types. */
  async function actWithTypes(edit: Edit): Promise<boolean> {
    const id = sentenceId()
    const isKnown = withTypesOf(edit.changes, desk.value.labels) === desk.value.labels
    if (!isKnown && !(await changeLabels((labels) => withTypesOf(edit.changes, labels)))) return false
    return id === sentenceId() && act(edit)
  }

  return { listed, shown, differences, chosen, show, showNext, chooseDifference, goTo, take, takeAll, actWithTypes }
}

export type LayerWork = ReturnType<typeof useLayers>
