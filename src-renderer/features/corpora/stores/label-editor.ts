/** The label set of a corpus while it is edited: every change is saved at once, renaming after a preview. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, type Ref } from 'vue'
import { useRequest } from '#window/base/request.ts'
import type { Count } from '#main/core/count'
import type { ViolationPage } from '#main/api/labels'
import * as editing from '#main/labels/edit-labels'
import type { LabelKind } from '#main/labels/edit-labels'
import { emptyLabelSet, mergeLabelSets, type LabelSet, type Signature } from '#main/labels/label-set'
import { client, onAppEvent } from '#window/client.ts'

const violationsShown = 100

export const useLabelEditorStore = defineStore('label-editor', () => {
  const corpusId = ref<number | null>(null)
  const labels = shallowRef<LabelSet>(emptyLabelSet)
  const counts = shallowRef<ReadonlyMap<string, number>>(new Map())
  const violations = shallowRef<ViolationPage>({ total: 0, items: [], isComplete: true })
  const isLoaded = ref(false)
  const id = computed(() => corpusId.value ?? 0)
  const loading = useRequest((of: number) =>
    Promise.all([
      client.labels.get({ corpusId: of }),
      client.labels.usage({ corpusId: of }),
      client.labels.violations({ corpusId: of, offset: 0, limit: violationsShown }),
    ]),
  )
  /** From the label set as it is now: another window may have edited it meanwhile. */
  async function update(of: number, edit: (labels: LabelSet) => LabelSet): Promise<LabelSet> {
    const updated = await client.labels.update({
      corpusId: of,
      labels: edit(await client.labels.get({ corpusId: of })),
    })
    if (of === corpusId.value) labels.value = updated
    return updated
  }
  const changing = useRequest(update)
  const previewing = useRequest((kind: LabelKind, from: string, to: string) =>
    client.labels.previewRelabel({ corpusId: id.value, kind, from, to }),
  )
  const renaming = useRequest((kind: LabelKind, from: string, to: string) =>
    client.labels.relabel({ corpusId: id.value, kind, from, to }),
  )
  const undoing = useRequest((of: number) => client.annotations.undo({ corpusId: of }))
  /** Why the latest change or question failed; null when it did not. */
  const failure = ref<string | null>(null)

  /** Waits for the answer of a request and replaces `failure` with the failure of that request. */
  async function tell<Answer>(
    request: { readonly failure: Ref<string | null> },
    asked: Promise<Answer>,
  ): Promise<Answer> {
    const answer = await asked
    failure.value = request.failure.value
    return answer
  }

  onAppEvent(({ type }) => {
    if (type === 'corpora-changed' && corpusId.value !== null) void load(corpusId.value)
  })

  async function load(of: number): Promise<void> {
    if (corpusId.value !== of) isLoaded.value = false
    corpusId.value = of
    const loaded = await tell(loading, loading.ask(of))
    if (!loaded) return
    const [set, used, found] = loaded
    labels.value = set
    const count = (kind: LabelKind, items: readonly Count[]) =>
      items.map((item): [string, number] => [countKey(kind, item.label), item.count])
    counts.value = new Map([...count('entity', used.entityTypes), ...count('relation', used.relationTypes)])
    violations.value = found
    isLoaded.value = true
  }

  const countOf = (kind: LabelKind, name: string): number => counts.value.get(countKey(kind, name)) ?? 0

  /** The latest change. Each change waits for the one before, since it starts from the set that this leaves. */
  let last: Promise<unknown> = Promise.resolve()

  /** Changes the label set of a corpus, that in sight by default; false when it was refused, with the reason in `failure`. */
  function change(edit: (labels: LabelSet) => LabelSet, of = id.value): Promise<boolean> {
    const done = last.then(async () => (await tell(changing, changing.ask(of, edit))) !== undefined)
    last = done
    return done
  }

  /** The label set of a corpus as it was. */
  const restore = (of: number, before: LabelSet) => change(() => before, of)
  /** Saves a text of a type where it was begun, whatever is in sight by now. @throws Error where it is not written. */
  function saveText(of: number, kind: LabelKind, name: string, part: (type: editing.LabelType) => editing.TypePart) {
    const done = last.then(() =>
      update(of, (set) => {
        const type = editing.typesOf(set, kind).find((one) => one.name === name)
        if (!type) throw new Error(`There is no ${kind} type ${name} any more.`)
        return editing.changeType(set, kind, name, part(type))
      }),
    )
    last = done.catch(() => undefined)
    return done
  }
  const add = (kind: LabelKind, name: string) => change((set) => editing.addType(set, kind, name))
  /** Adds what another label set has beyond this one. */
  const takeOver = (other: LabelSet) => change((set) => mergeLabelSets(set, other))
  const remove = (kind: LabelKind, name: string) => change((set) => editing.removeType(set, kind, name))
  const move = (kind: LabelKind, name: string, by: number) => change((set) => editing.moveType(set, kind, name, by))
  const changeType = (kind: LabelKind, name: string, part: editing.TypePart) =>
    change((set) => editing.changeType(set, kind, name, part))
  const toggle = (signature: Signature) => change((set) => editing.toggleSignature(set, signature))

  /** Asks what renaming would do, and puts the answer into `preview`. */
  async function look(kind: LabelKind, from: string, to: string): Promise<void> {
    previewing.forget()
    await tell(previewing, previewing.ask(kind, from, to))
  }

  /** Renames a type. Resolves to the number of changed sentences, or to null when it was refused. */
  async function rename(kind: LabelKind, from: string, to: string): Promise<number | null> {
    const renamed = await tell(renaming, renaming.ask(kind, from, to))
    if (renamed) labels.value = renamed.labels
    return renamed?.sentences ?? null
  }

  async function undo(of: number): Promise<void> {
    await tell(undoing, undoing.ask(of))
  }

  return {
    ...{ labels, violations, isLoaded, failure, preview: previewing.answer, isRenaming: renaming.isBusy },
    ...{ load, countOf, add, takeOver, remove, move, changeType, saveText, toggle, restore, look, rename, undo },
  }
})

const countKey = (kind: LabelKind, name: string): string => `${kind} ${name}`
