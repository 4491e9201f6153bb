/** Sentences of one corpus in pages: what is in sight is read, whatever the corpus holds. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { SentenceFilter, SentenceRow } from '#main/api/views'
import type { LabelSet } from '#main/labels/label-set'
import { client, messageOf, onAppEvent } from '../client.ts'

export const pageSize = 200

/** Pages kept; the ones asked for longest ago go first. */
const keptPages = 30

export const useSentencesStore = defineStore('sentences', () => {
  const total = ref(0)
  const pages = shallowRef<ReadonlyMap<number, readonly SentenceRow[]>>(new Map())
  const labels = shallowRef<LabelSet | null>(null)
  const isLoaded = ref(false)
  const failure = ref<string | null>(null)
  let corpusId: number | null = null
  let filter: SentenceFilter = {}
  let generation = 0
  const asked = new Set<number>()

  /** Shows another corpus or another filter, from the top. */
  async function show(shownCorpusId: number, shownFilter: SentenceFilter): Promise<void> {
    const isOther = shownCorpusId !== corpusId
    corpusId = shownCorpusId
    filter = shownFilter
    const mine = ++generation
    asked.clear()
    if (isOther) {
      isLoaded.value = false
      labels.value = null
    }
    try {
      const read = await client.labels.get({ corpusId })
      if (mine === generation) labels.value = read
    } catch (error) {
      failure.value = messageOf(error)
    }
    if (mine !== generation) return
    pages.value = new Map()
    await readPage(0)
  }

  async function readPage(page: number): Promise<void> {
    if (corpusId === null || asked.has(page)) return
    asked.add(page)
    const mine = generation
    try {
      const read = await client.corpora.sentences({ corpusId, filter, offset: page * pageSize, limit: pageSize })
      if (mine !== generation) return
      total.value = read.total
      const kept = [...pages.value].slice(-keptPages)
      pages.value = new Map([...kept, [page, read.rows]])
      for (const known of asked) if (!pages.value.has(known)) asked.delete(known)
      failure.value = null
    } catch (error) {
      asked.delete(page)
      if (mine === generation) failure.value = messageOf(error)
    } finally {
      if (mine === generation) isLoaded.value = true
    }
  }

  /** The row, or undefined while it is being read. */
  function rowAt(index: number): SentenceRow | undefined {
    const page = Math.floor(index / pageSize)
    const rows = pages.value.get(page)
    if (!rows) void readPage(page)
    return rows?.[index % pageSize]
  }

  onAppEvent((event) => {
    if (event.type === 'annotation-changed' && corpusId !== null) {
      for (const [page, rows] of pages.value)
        if (rows.some(({ sentenceId }) => sentenceId === event.sentenceId)) {
          asked.delete(page)
          void readPage(page)
        }
    }
    if (event.type === 'corpora-changed' && corpusId !== null) void show(corpusId, filter)
  })

  return { total, labels, isLoaded, failure, show, rowAt }
})
