/** A long list whose pages begin behind places: it opens at once, and anywhere as soon as it is known where its pages begin. */
import { computed, ref, shallowRef } from 'vue'
import {
  countedAtOnce,
  firstCounted,
  rowsPerPage,
  type RowMarks,
  type RowPage,
  type RowPlace,
} from '#main/document/extracted-row'
import { messageOf } from '#window/client.ts'

/** Pages that are kept; others are asked for again. */
const keptPages = 12

/** Milliseconds for which scrolling rests before what is in sight is asked for. */
const restMs = 60

export type KeysetList<Row> = ReturnType<typeof useKeysetList<Row>>

export function useKeysetList<Row>(
  ask: (after: RowPlace | null, limit: number) => Promise<RowPage<Row>>,
  askMarks: (after: RowPlace | null, most: number) => Promise<RowMarks>,
) {
  const pages = shallowRef<ReadonlyMap<number, readonly Row[]>>(new Map())
  /** Page n begins behind the place with this index. */
  let places: (RowPlace | null | undefined)[] = [null]
  const known = ref<number | null>(null)
  const atLeast = ref(0)
  const first = ref(0)
  /** Another number whenever another list is shown. */
  const listing = ref(0)
  const isLoaded = ref(false)
  const isCounting = ref(false)
  const failure = ref<string | null>(null)
  const asked = new Set<number>()
  let wanted = new Set<number>()
  /** Pages in sight that begin nobody knows where yet. */
  let waiting: readonly number[] = []
  let generation = 0

  /** Shows the list from its top. */
  async function open(): Promise<void> {
    const mine = ++generation
    failure.value = null
    asked.clear()
    asked.add(0)
    waiting = []
    places = [null]
    try {
      const page = await ask(null, rowsPerPage)
      if (mine !== generation) return
      known.value = page.next ? page.total : page.rows.length
      atLeast.value = page.rows.length + (page.next ? 1 : 0)
      pages.value = new Map([[0, page.rows]])
      first.value = 0
      listing.value++
      isLoaded.value = true
      isCounting.value = page.next !== null
      if (!page.next) return
      places[1] = page.next
      await countAll(mine)
    } catch (error) {
      if (mine !== generation) return
      failure.value = messageOf(error)
      isCounting.value = false
    }
  }

  /** Counts the list piece by piece: the first is soon there, and each says more of the length. */
  async function countAll(mine: number): Promise<void> {
    const found: (RowPlace | null)[] = [null]
    let counted = 0
    let after: RowPlace | null = null
    do {
      const marks: RowMarks = await askMarks(after, counted === 0 ? firstCounted : countedAtOnce)
      if (mine !== generation) return
      found.push(...marks.places)
      counted += marks.count
      after = marks.next
      places = [...found]
      atLeast.value = Math.max(atLeast.value, counted + (after ? 1 : 0))
      if (!after) known.value = counted
      const pages = waiting
      waiting = pages.filter((page) => places[page] === undefined)
      for (const page of pages) void readPage(page)
    } while (after)
    isCounting.value = false
  }

  function clear(): void {
    generation++
    pages.value = new Map()
    known.value = null
    atLeast.value = 0
    isLoaded.value = false
    isCounting.value = false
    failure.value = null
  }

  async function readPage(page: number): Promise<void> {
    const after = places[page]
    if (after === undefined || asked.has(page)) return
    asked.add(page)
    const mine = generation
    try {
      const read = await ask(after, rowsPerPage)
      if (mine !== generation) return
      if (read.next) places[page + 1] ??= read.next
      atLeast.value = Math.max(atLeast.value, page * rowsPerPage + read.rows.length + (read.next ? 1 : 0))
      const others = [...pages.value].filter(([other]) => other !== page)
      for (const [dropped] of others.slice(0, -keptPages)) asked.delete(dropped)
      pages.value = new Map([...others.slice(-keptPages), [page, read.rows]])
    } catch (error) {
      asked.delete(page)
      if (mine === generation) failure.value = messageOf(error)
    }
  }

  /** Asks for what is in sight once scrolling rests; what begins nobody knows where waits for the marks. */
  function want(page: number): void {
    if (wanted.size === 0)
      setTimeout(() => {
        const inSight = [...wanted].slice(-2)
        wanted = new Set()
        waiting = inSight.filter((each) => places[each] === undefined)
        for (const each of inSight) void readPage(each)
      }, restMs)
    wanted.delete(page)
    wanted.add(page)
  }

  /** The row at an index; undefined while its page loads. */
  function rowAt(index: number): Row | undefined {
    const page = Math.floor(index / rowsPerPage)
    const rows = pages.value.get(page)
    if (!rows) want(page)
    return rows?.[index % rowsPerPage]
  }

  return {
    /** Number of rows of the list as far as it is known. */
    count: computed(() => known.value ?? atLeast.value),
    /** True while the list may hold more than `count` rows. */
    isMore: computed(() => known.value === null),
    ...{ first, listing, isLoaded, isCounting, failure, open, clear, rowAt },
  }
}
