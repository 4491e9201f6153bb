/** The sentences of one corpus in pages. Only the pages in sight are loaded, however large the corpus is. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { SentenceFilter, SentencePage, SentenceRow } from '#main/document/sentence-row'
import type { LabelSet } from '#main/labels/label-set'
import { useRequest } from '#window/base/request.ts'
import { client, messageOf, onAppEvent, onReconnect } from '#window/client.ts'

export const pageSize = 200

/** Number of pages that stay in memory; the page loaded longest ago is dropped first. */
const keptPages = 30
/** Time after which the last pages in sight are loaded, so that pages that pass while the list is dragged are not. */
const restMs = 40

export const useSentencesStore = defineStore('sentences', () => {
  const corpusId = ref<number | null>(null)
  const filter = ref<SentenceFilter>({})
  /** Index of the first visible sentence, so that the list reopens where it was left. */
  const first = ref(0)
  /** Number of the list, which grows whenever another corpus or filter is shown. */
  const listing = ref(0)
  const total = ref(0)
  /** Number of sentences of the corpus of which the run of the filter has no prediction. */
  const unpredicted = ref(0)
  const pages = shallowRef<ReadonlyMap<number, readonly SentenceRow[]>>(new Map())
  const labels = shallowRef<LabelSet | null>(null)
  const opening = useRequest(async (corpusId: number, page: number) => {
    const [labels, read] = await Promise.all([client.labels.get({ corpusId }), readRows(corpusId, page)])
    return { labels, page: read }
  })
  const isLoaded = computed(() => !opening.isBusy.value || pages.value.size > 0)
  /** Why a page other than the first one could not be loaded. */
  const pageFailure = ref<string | null>(null)
  const asked = new Set<number>()
  let wanted = new Set<number>()
  let generation = 0
  let isNewList = true

  function readRows(of: number, page: number): Promise<SentencePage> {
    const part = { offset: page * pageSize, limit: pageSize }
    return client.corpora.sentences({ corpusId: of, filter: filter.value, ...part })
  }

  /** Shows a corpus from the top without filters. A corpus that is already shown stays as it is. */
  async function show(shownCorpusId: number): Promise<void> {
    if (shownCorpusId === corpusId.value) return
    corpusId.value = shownCorpusId
    pages.value = new Map()
    labels.value = null
    await filterBy({})
  }

  /** Shows the sentences that match the filter, from the top. */
  async function filterBy(chosen: SentenceFilter): Promise<void> {
    filter.value = chosen
    isNewList = true
    await refresh()
  }

  /** Loads the sentences in sight again. */
  async function refresh(): Promise<void> {
    const shown = corpusId.value
    if (shown === null) return
    generation++
    pageFailure.value = null
    const page = isNewList ? 0 : Math.floor(first.value / pageSize)
    asked.clear()
    asked.add(page)
    const read = await opening.ask(shown, page)
    if (!read) return
    labels.value = read.labels
    total.value = read.page.total
    unpredicted.value = read.page.unpredicted ?? 0
    pages.value = new Map([[page, read.page.rows]])
    if (!isNewList) return
    first.value = 0
    listing.value++
    isNewList = false
  }

  async function readPage(page: number): Promise<void> {
    if (corpusId.value === null || asked.has(page)) return
    asked.add(page)
    const mine = generation
    try {
      const read = await readRows(corpusId.value, page)
      if (mine !== generation) return
      total.value = read.total
      unpredicted.value = read.unpredicted ?? 0
      const others = [...pages.value].filter(([known]) => known !== page)
      const [dropped, kept] = [others.slice(0, -keptPages), others.slice(-keptPages)]
      for (const [known] of dropped) asked.delete(known)
      pages.value = new Map([...kept, [page, read.rows]])
    } catch (error) {
      asked.delete(page)
      if (mine === generation) pageFailure.value = messageOf(error)
    }
  }

  function want(page: number): void {
    if (wanted.size === 0)
      setTimeout(() => {
        const inSight = [...wanted].slice(-2)
        wanted = new Set()
        for (const each of inSight) void readPage(each)
      }, restMs)
    wanted.delete(page)
    wanted.add(page)
  }

  /** The row at an index; undefined while its page loads. */
  function rowAt(index: number): SentenceRow | undefined {
    const page = Math.floor(index / pageSize)
    const rows = pages.value.get(page)
    if (!rows) want(page)
    return rows?.[index % pageSize]
  }

  onReconnect(() => void refresh())
  onAppEvent((event) => {
    if (event.type === 'corpora-changed') void refresh()
    if (event.type !== 'annotation-changed') return
    for (const [page, rows] of pages.value) {
      if (!rows.some(({ sentenceId }) => sentenceId === event.sentenceId)) continue
      asked.delete(page)
      void readPage(page)
    }
  })

  const failure = computed(() => opening.failure.value ?? pageFailure.value)

  return {
    corpusId,
    filter,
    first,
    listing,
    total,
    unpredicted,
    labels,
    isLoaded,
    failure,
    show,
    filterBy,
    refresh,
    rowAt,
  }
})
