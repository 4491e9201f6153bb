/** The sentence diff a person is looking at: which two are compared, the filter, the sentences found, and the one at hand. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { SentenceDiff } from '#main/api/comparisons'
import type { ComparedThresholds } from '#main/comparison/saved-comparison'
import type { DiffFilter, DiffSentence } from '#main/comparison/sentence-diff'
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
  const asked = shallowRef<DiffQuestion | null>(null)
  const filter = shallowRef<DiffFilter>({})
  const sentences = shallowRef<readonly DiffSentence[]>([])
  /** Id of the sentence at hand. */
  const selectedId = ref<number | null>(null)
  const request = useRequest((question: DiffQuestion, own: DiffFilter, offset: number) => {
    const { sentenceIds, ...rest } = own
    const filtered = { ...rest, ...(sentenceIds && { sentenceIds: [...sentenceIds] }) }
    return client.comparisons.diff({ ...question, filter: filtered, offset, limit: pageLength })
  })

  async function load(question: DiffQuestion, own: DiffFilter = filter.value): Promise<SentenceDiff | undefined> {
    asked.value = question
    filter.value = own
    const page = await request.ask(question, own, 0)
    if (!page) return undefined
    sentences.value = page.sentences
    if (!page.sentences.some(({ sentenceId }) => sentenceId === selectedId.value))
      selectedId.value = page.sentences[0]?.sentenceId ?? null
    return page
  }

  async function more(): Promise<void> {
    if (!asked.value || request.isBusy.value || sentences.value.length >= total.value) return
    const page = await request.ask(asked.value, filter.value, sentences.value.length)
    if (page) sentences.value = [...sentences.value, ...page.sentences]
  }

  /** Moves the sentence at hand by so many places, and loads more of them at the end. */
  async function move(by: number): Promise<void> {
    const at = sentences.value.findIndex(({ sentenceId }) => sentenceId === selectedId.value)
    if (at + by >= sentences.value.length) await more()
    const next = sentences.value[Math.max(0, Math.min(sentences.value.length - 1, at + by))]
    if (next) selectedId.value = next.sentenceId
  }

  const answer = computed(() => request.answer.value)
  const total = computed(() => answer.value?.total ?? 0)
  return {
    ...{ answer, total, filter, sentences, selectedId, load, more, move },
    ...{ failure: request.failure, isBusy: request.isBusy },
  }
})
