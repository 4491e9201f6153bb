/** The label set of a corpus while it is edited: every change is written at once; renaming is looked at first. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Count } from '#main/core/count'
import type { RelabelPreview, ViolationPage } from '#main/api/labels'
import * as editing from '#main/labels/edit-labels'
import type { LabelKind } from '#main/labels/edit-labels'
import { emptyLabelSet, type LabelSet, type Signature } from '#main/labels/label-set'
import { client, messageOf, onAppEvent } from '#window/client.ts'

const violationsShown = 100

export const useLabelEditorStore = defineStore('label-editor', () => {
  const corpusId = ref<number | null>(null)
  const labels = shallowRef<LabelSet>(emptyLabelSet)
  const counts = shallowRef<ReadonlyMap<string, number>>(new Map())
  const violations = shallowRef<ViolationPage>({ total: 0, items: [] })
  const isLoaded = ref(false)
  const failure = ref<string | null>(null)
  const preview = shallowRef<RelabelPreview | null>(null)
  const id = computed(() => corpusId.value ?? 0)

  onAppEvent(({ type }) => {
    if (type === 'corpora-changed' && corpusId.value !== null) void load(corpusId.value)
  })

  async function load(of: number): Promise<void> {
    if (corpusId.value !== of) isLoaded.value = false
    corpusId.value = of
    try {
      const [set, used, found] = await Promise.all([
        client.labels.get({ corpusId: of }),
        client.labels.usage({ corpusId: of }),
        client.labels.violations({ corpusId: of, offset: 0, limit: violationsShown }),
      ])
      if (corpusId.value !== of) return
      labels.value = set
      const count = (kind: LabelKind, items: readonly Count[]) =>
        items.map((item): [string, number] => [countKey(kind, item.label), item.count])
      counts.value = new Map([...count('entity', used.entityTypes), ...count('relation', used.relationTypes)])
      violations.value = found
      failure.value = null
      isLoaded.value = true
    } catch (error) {
      failure.value = messageOf(error)
    }
  }

  const countOf = (kind: LabelKind, name: string): number => counts.value.get(countKey(kind, name)) ?? 0

  /** One after the other: each change starts from the set that the one before left. */
  let last: Promise<unknown> = Promise.resolve()

  /** False when it was refused; the reason then stands in `failure`. */
  function change(edit: (labels: LabelSet) => LabelSet): Promise<boolean> {
    const done = last.then(async () => {
      try {
        labels.value = await client.labels.update({ corpusId: id.value, labels: edit(labels.value) })
        failure.value = null
        return true
      } catch (error) {
        failure.value = messageOf(error)
        return false
      }
    })
    last = done
    return done
  }

  /** The label set as it was. */
  const restore = (before: LabelSet) => change(() => before)
  const add = (kind: LabelKind, name: string) => change((set) => editing.addType(set, kind, name))
  const remove = (kind: LabelKind, name: string) => change((set) => editing.removeType(set, kind, name))
  const move = (kind: LabelKind, name: string, by: number) => change((set) => editing.moveType(set, kind, name, by))
  const changeType = (kind: LabelKind, name: string, part: editing.TypePart) =>
    change((set) => editing.changeType(set, kind, name, part))
  const toggle = (signature: Signature) => change((set) => editing.toggleSignature(set, signature))

  /** What renaming would do; the answer stands in `preview`. */
  async function look(kind: LabelKind, from: string, to: string): Promise<void> {
    preview.value = null
    try {
      preview.value = await client.labels.previewRelabel({ corpusId: id.value, kind, from, to })
      failure.value = null
    } catch (error) {
      failure.value = messageOf(error)
    }
  }

  /** How many sentences it changed; null when it was refused. */
  async function rename(kind: LabelKind, from: string, to: string): Promise<number | null> {
    try {
      const renamed = await client.labels.relabel({ corpusId: id.value, kind, from, to })
      labels.value = renamed.labels
      failure.value = null
      return renamed.sentences
    } catch (error) {
      failure.value = messageOf(error)
      return null
    }
  }

  async function undo(): Promise<void> {
    try {
      await client.annotations.undo({ corpusId: id.value })
    } catch (error) {
      failure.value = messageOf(error)
    }
  }

  return {
    ...{ labels, violations, isLoaded, failure, preview },
    ...{ load, countOf, add, remove, move, changeType, toggle, restore, look, rename, undo },
  }
})

const countKey = (kind: LabelKind, name: string): string => `${kind} ${name}`
