/** Adjudication of the open sentence: its versions, where they differ, what was decided, and the keys that decide. */
import { computed, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { emptyAnnotation, type Annotation } from '#main/document/annotation'
import { findDisputes, versionsOf, type Dispute, type ModelsView } from '#main/document/disputes'
import {
  describeClaim,
  nameOfVersion,
  saysAs,
  takeAgreed,
  takeVersion,
  type Adjudicated,
} from '#main/document/edit-adjudicate'
import { quote, type Edit } from '#main/document/edit'
import { isMachine, ownLayer, type SentenceLayer } from '#main/document/layer'
import { countOf } from '#window/common/figures.ts'
import {
  extendTo,
  letGo as withoutChoice,
  placeCaret,
  type Selection,
} from '#window/features/annotate/input/selection.ts'
import type { Desk } from './acts.ts'

/** The number of the version that the annotation follows at a dispute; 'own' where it says something else than all of them. */
export type Decision = number | 'own' | null

interface AdjudicatedWorld {
  readonly desk: Readonly<Ref<Desk>>
  readonly selection: ShallowRef<Selection>
  /** Whether the queue is one of sentences that are adjudicated. */
  readonly isActive: () => boolean
  readonly sentenceId: () => number | undefined
  readonly annotation: () => Annotation
  readonly isReviewed: () => boolean
  /** Layers of the sentence, those of models among them. */
  readonly layers: () => readonly SentenceLayer[]
  readonly models: Readonly<Ref<ModelsView>>
  /** Applies an edit, after its types have become part of the label set. */
  readonly act: (edit: Edit) => Promise<boolean>
  readonly say: (sentence: string) => void
  readonly finish: () => void
}

export function useAdjudication(world: AdjudicatedWorld) {
  const { desk, selection, models, say } = world
  /** The annotation as it stood when the sentence was opened: it is one of the versions. */
  const before = shallowRef<Annotation>(emptyAnnotation)
  const marks = shallowRef<ReadonlyMap<string, number>>(new Map())
  const at = ref<number | null>(null)
  /** The selection that shows the current dispute. Once the person selects something else, digits are types again. */
  const shownBy = shallowRef<Selection | null>(null)
  const isWarned = ref(false)
  /** What each sentence was like before it was adjudicated, and its marks, for whoever comes back to it by an undo. */
  const begun = new Map<number, { readonly before: Annotation; readonly marks: ReadonlyMap<string, number> }>()

  const adjudicated = computed<Adjudicated>(() => {
    const versions = world.isActive() ? versionsOf(before.value, world.layers(), models.value) : []
    return { versions, ...findDisputes(versions) }
  })
  const disputes = computed(() => adjudicated.value.disputes)
  const modelLayers = computed(() => world.layers().filter(isMachine))
  const decisions = computed<readonly Decision[]>(() => disputes.value.map(decisionAt))
  const undecided = computed(() => decisions.value.filter((decision) => decision === null).length)
  const current = computed(() => (at.value === null ? null : (disputes.value[at.value] ?? null)))
  const isHolding = computed(
    () => current.value !== null && shownBy.value !== null && isSameSelection(shownBy.value, selection.value),
  )
  /** Whether what models say is kept from the adjudicator for the time being. */
  const hidesModels = computed(
    () => world.isActive() && models.value === 'apart' && undecided.value > 0 && !world.isReviewed(),
  )

  function decisionAt(dispute: Dispute): Decision {
    const annotation = world.annotation()
    const { versions } = adjudicated.value
    const says = (number: number): boolean => {
      const version = versions[number]
      return version !== undefined && saysAs(annotation, version, dispute)
    }
    const mark = marks.value.get(dispute.key)
    if (mark !== undefined && says(mark)) return mark
    if (saysAs(annotation, { ...ownLayer, annotation: before.value }, dispute)) return null
    const like = dispute.claims.findIndex(({ hasOpinion }, number) => hasOpinion && says(number))
    return like < 0 ? 'own' : like
  }

  /** Begins with the open sentence. */
  function start(): void {
    const known = begun.get(world.sentenceId() ?? 0)
    before.value = known?.before ?? world.annotation()
    marks.value = known?.marks ?? new Map()
    at.value = null
    shownBy.value = null
    isWarned.value = false
    if (!world.isActive() || disputes.value.length === 0) return
    goTo(Math.max(0, decisions.value.indexOf(null)))
  }

  function goTo(number: number, first = ''): void {
    const dispute = disputes.value[number]
    if (!dispute) return
    at.value = number
    const { start, end } = dispute.ranges[0] ?? { start: 0, end: 1 }
    const caret = placeCaret({ ...selection.value, row: 'words' }, start, desk.value)
    selection.value = extendTo(caret, end - 1, desk.value)
    shownBy.value = selection.value
    say(`${first}${announce(dispute, number)}`)
  }

  function announce(dispute: Dispute, number: number): string {
    const { versions } = adjudicated.value
    const words = dispute.ranges.map((range) => quote(range, desk.value.context)).join(' and ')
    const claims = versions.map(
      (version, index) =>
        `${index + 1} ${nameOfVersion(version)}: ${describeClaim(version, dispute, index, desk.value.context)}`,
    )
    return `Difference ${number + 1} of ${disputes.value.length}, ${words}. ${claims.join('. ')}`
  }

  function goBy(by: 1 | -1): void {
    const next = at.value === null ? (by === 1 ? 0 : disputes.value.length - 1) : at.value + by
    if (disputes.value[next]) goTo(next)
    else say(disputes.value.length === 0 ? 'Nobody differs here' : 'No further difference')
  }

  /** The next dispute that is not decided, from the current one on. */
  function nextOpen(): number {
    const from = (at.value ?? -1) + 1
    return decisions.value.findIndex((decision, number) => number >= from && decision === null)
  }

  /** Takes over what a version says at the current dispute, and goes to the next that is not decided. */
  async function choose(number: number, dispute = current.value): Promise<void> {
    const version = adjudicated.value.versions[number]
    if (!dispute) return say('No difference is chosen')
    if (!version) return say(`There is no version ${number + 1} here. Escape first, to label with digits`)
    const edit = takeVersion(world.annotation(), adjudicated.value, dispute, number, desk.value.context)
    const id = world.sentenceId()
    if (edit.changes.length > 0 && !(await world.act(edit))) return
    if (id !== world.sentenceId()) return
    marks.value = new Map(marks.value).set(dispute.key, number)
    begun.set(id ?? 0, { before: before.value, marks: marks.value })
    at.value = disputes.value.indexOf(dispute)
    isWarned.value = false
    goOnAfter(`${edit.description}. `)
  }

  function goOnAfter(told: string): void {
    const next = nextOpen()
    const first = decisions.value.indexOf(null)
    if (next >= 0) return goTo(next, told)
    if (first >= 0) return goTo(first, told)
    // the selection may have lost what was chosen
    shownBy.value = selection.value
    say(`${told}All ${disputes.value.length} decided. Enter: done, next sentence`)
  }

  /** Goes to the next dispute that is not decided; after the last one the sentence is done. */
  async function goOn(): Promise<void> {
    const next = nextOpen()
    if (next >= 0) return goTo(next)
    if (undecided.value > 0 && !isWarned.value) {
      isWarned.value = true
      const left = countOf(undecided.value, 'difference')
      return say(`${left} not decided: the annotation stays as it is there. Press Enter again to be done`)
    }
    const agreed = takeAgreed(world.annotation(), adjudicated.value, desk.value.context)
    if (agreed.changes.length > 0 && !(await world.act(agreed))) return
    world.finish()
  }

  /** Lets go of the dispute, so that digits and Enter have their usual meaning. */
  function letGo(): void {
    shownBy.value = null
    selection.value = withoutChoice(selection.value)
    say('Digits label again. The key for the next difference comes back')
  }

  return {
    ...{ adjudicated, disputes, decisions, undecided, current, isHolding, hidesModels, modelLayers },
    isActive: world.isActive,
    ...{ start, goTo, goBy, choose, goOn, letGo },
  }
}

export type AdjudicationWork = ReturnType<typeof useAdjudication>

function isSameSelection(one: Selection, other: Selection): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
