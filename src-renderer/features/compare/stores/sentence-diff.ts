/** The sentence diff a person is looking at: which two are compared, the filter, the sentences found, and the one at hand. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ComparedThresholds } from '#main/comparison/saved-comparison'
import type { DiffFilter } from '#main/comparison/filter-diff'
import type { DiffSentence } from '#main/comparison/sentence-diff'
import type { Split } from '#main/document/doc'
import type { MatchMode } from '#main/evaluation/match-mode'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'

export interface DiffQuestion {
  readonly firstId: string
  readonly secondId: string
  readonly match: MatchMode
  readonly split: Split
  readonly thresholds: ComparedThresholds
}

/** Number of sentences that are asked for at once. */
const pageLength = 100

export const useSentenceDiffStore = defineStore('sentence-diff', () => {
  /** What was asked for last. */
  const asked = shallowRef<DiffQuestion | null>(null)
  let askedFilter: DiffFilter | null = null
  const filter = shallowRef<DiffFilter>({})
  const sentences = shallowRef<readonly DiffSentence[]>([])
  /** Id of the sentence at hand. */
  const selectedId = ref<number | null>(null)
  const request = useRequest((question: DiffQuestion, own: DiffFilter, offset: number) => {
    const { sentenceIds, ...rest } = own
    const filtered = { ...rest, ...(sentenceIds && { sentenceIds: [...sentenceIds] }) }
    return client.comparisons.diff({ ...question, filter: filtered, offset, limit: pageLength })
  })

  /** Asks for the first sentences; of the same question, as many as were there, so that one comes back to the same place. */
  async function load(question: DiffQuestion): Promise<void> {
    const own = filter.value
    const isSame = JSON.stringify([question, own]) === JSON.stringify([asked.value, askedFilter])
    const [count, place] = isSame ? [sentences.value.length, placeOf(selectedId.value)] : [0, 0]
    asked.value = question
    askedFilter = own
    const page = await request.ask(question, own, 0)
    if (!page) return
    sentences.value = page.sentences
    while (sentences.value.length < Math.min(count, page.total) && (await more()));
    // a sentence whose gold was corrected may be of another kind now
    if (placeOf(selectedId.value) < 0)
      selectedId.value = (sentences.value[place] ?? sentences.value.at(-1))?.sentenceId ?? null
  }

  /** Resolves to whether there were more. */
  async function more(): Promise<boolean> {
    if (!asked.value || request.isBusy.value || sentences.value.length >= total.value) return false
    const page = await request.ask(asked.value, filter.value, sentences.value.length)
    if (page) sentences.value = [...sentences.value, ...page.sentences]
    return page !== undefined && page.sentences.length > 0
  }

  const placeOf = (sentenceId: number | null): number =>
    sentences.value.findIndex((sentence) => sentence.sentenceId === sentenceId)

  /** Moves the sentence at hand by so many places, and loads more of them at the end. */
  async function move(by: number): Promise<void> {
    const at = placeOf(selectedId.value)
    if (at + by >= sentences.value.length) await more()
    const next = sentences.value[Math.max(0, Math.min(sentences.value.length - 1, at + by))]
    if (next) selectedId.value = next.sentenceId
  }

  /** Marks the gold of the sentence at hand as wrong, or takes that back. */
  async function toggleMark(): Promise<void> {
    if (!selected.value || !asked.value) return
    const { sentenceId, isMarked } = selected.value
    await client.comparisons.markGold({ sentenceId, isWrong: !isMarked })
    await load(asked.value)
  }

  const answer = computed(() => request.answer.value)
  const total = computed(() => answer.value?.total ?? 0)
  const selected = computed(() => sentences.value[placeOf(selectedId.value)] ?? null)
  return {
    ...{ asked, answer, total, filter, sentences, selected, selectedId, load, more, move, toggleMark },
    ...{ failure: request.failure, isBusy: request.isBusy },
  }
})
