/** The results that are looked at: which extraction, which view of it, its filters, and the lists. */
import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type {
  ComparedWith,
  EntityFilter,
  EntityRow,
  ExtractedRow,
  NamedEntity,
  PairFilter,
  PairRow,
  RowFilter,
  Sorting,
  pairSorts,
  rowSorts,
} from '#main/document/extracted-row'
import { useRequest } from '#window/base/request.ts'
import { client, onAppEvent, onReconnect } from '#window/client.ts'
import { useKeysetList } from '#window/features/extract/results/keyset-list.ts'

export type ResultView = 'triples' | 'pairs' | 'entities' | 'graph' | 'compare' | 'failures'

/** Side of a comparison that is listed: the rows of the other extraction have a list of their own. */
export type ComparedSide = 'onlyHere' | 'onlyThere' | 'changed' | 'both'

export const useResultsStore = defineStore('results', () => {
  const extractionId = ref<number | null>(null)
  const view = ref<ResultView>('triples')
  const filter = ref<RowFilter>({})
  const sorting = ref<Sorting<(typeof rowSorts)[number]>>({ by: 'order', isDescending: false })
  const pairFilter = ref<PairFilter>({})
  const pairSorting = ref<Sorting<(typeof pairSorts)[number]>>({ by: 'support', isDescending: true })
  const entityFilter = ref<EntityFilter>({})
  const centre = ref<NamedEntity | null>(null)
  const againstId = ref<number | null>(null)
  const side = ref<ComparedSide>('onlyHere')
  /** Relation to which the lists of a comparison are narrowed. */
  const comparedRelation = ref<string | null>(null)
  /** Number of the row that is open in the list of triples. */
  const openId = ref<number | null>(null)

  const facts = useRequest((id: number) => client.results.facts({ extractionId: id }))
  const compared = useRequest((id: number, otherId: number) =>
    client.results.compare({ extractionId: id, against: { extractionId: otherId } }),
  )
  const graph = useRequest((id: number, entityId: number, depth: 1 | 2, nodes: number) =>
    client.results.neighbourhood({ extractionId: id, entityId, depth, nodes }),
  )

  const id = (): number => extractionId.value ?? 0
  const triplesRequest = computed(() => ({
    of: 'triples' as const,
    ...{ extractionId: id(), filter: filter.value, sorting: sorting.value },
  }))
  const pairsRequest = computed(() => ({
    of: 'pairs' as const,
    ...{ extractionId: id(), filter: pairFilter.value, sorting: pairSorting.value },
  }))
  const entitiesRequest = computed(() => ({
    of: 'entities' as const,
    ...{ extractionId: id(), filter: entityFilter.value },
  }))
  /** Rows that only the other extraction has are a list of that one. */
  const comparedRequest = computed(() => {
    const isThere = side.value === 'onlyThere'
    const [own, other] = isThere ? [againstId.value ?? 0, id()] : [id(), againstId.value ?? 0]
    const are: ComparedWith['are'] = side.value === 'changed' || side.value === 'both' ? side.value : 'only'
    return {
      ...{ of: 'triples' as const, extractionId: own },
      filter: { relation: comparedRelation.value ?? undefined, against: { extractionId: other, are } },
      sorting: { by: 'order' as const, isDescending: false },
    }
  })
  const triples = useKeysetList<ExtractedRow>(
    (after, limit) => client.results.triples({ ...triplesRequest.value, after, limit }),
    (after, most) => client.results.marks({ ...triplesRequest.value, after, most }),
  )
  const pairs = useKeysetList<PairRow>(
    (after, limit) => client.results.pairs({ ...pairsRequest.value, after, limit }),
    (after, most) => client.results.marks({ ...pairsRequest.value, after, most }),
  )
  const entities = useKeysetList<EntityRow>(
    (after, limit) => client.results.entities({ ...entitiesRequest.value, after, limit }),
    (after, most) => client.results.marks({ ...entitiesRequest.value, after, most }),
  )
  const differences = useKeysetList<ExtractedRow>(
    (after, limit) => client.results.triples({ ...comparedRequest.value, after, limit }),
    (after, most) => client.results.marks({ ...comparedRequest.value, after, most }),
  )
  /** Triples that were rows when the lists were opened: there may be more by now. */
  const shownTriples = shallowRef(0)
  const newTriples = computed(() => Math.max(0, (facts.answer.value?.triples ?? 0) - shownTriples.value))

  watch(triplesRequest, () => void refresh('triples'))
  watch(pairsRequest, () => void refresh('pairs'))
  watch(entitiesRequest, () => void refresh('entities'))
  watch([comparedRequest, () => compared.answer.value], () => void refresh('compare'))
  watch(view, (now) => void refresh(now, true))

  const lists = { triples, pairs, entities, compare: differences }

  /** Opens the list of a view, if it is the one in sight. @param isKept leaves it as it is where it is open. */
  async function refresh(of: ResultView, isKept = false): Promise<void> {
    if (of === 'graph' || of === 'failures' || of !== view.value || extractionId.value === null) return
    if (of === 'compare' && !compared.answer.value) return
    if (isKept && lists[of].isLoaded.value) return
    shownTriples.value = facts.answer.value?.triples ?? 0
    await lists[of].open()
  }

  /** Shows an extraction from the top, without filters. One that is shown already stays as it is. */
  async function show(shownId: number): Promise<void> {
    if (shownId === extractionId.value) return
    for (const list of Object.values(lists)) list.clear()
    for (const request of [facts, compared, graph]) request.forget()
    extractionId.value = shownId
    view.value = 'triples'
    filter.value = {}
    pairFilter.value = {}
    entityFilter.value = {}
    centre.value = null
    againstId.value = null
    openId.value = null
    await facts.ask(shownId)
    await refresh('triples')
  }

  async function loadFacts(): Promise<void> {
    const shown = extractionId.value
    if (shown === null) return
    const had = facts.answer.value?.triples ?? 0
    await facts.ask(shown)
    // a list that was empty is looked at by somebody who waits for it
    if (had === 0 && shown === extractionId.value) await refresh(view.value)
  }

  onAppEvent((event) => {
    if (event.type === 'extractions-changed' && !facts.isBusy.value) void loadFacts()
  })
  onReconnect(() => void loadFacts())

  function openRows(narrowed: RowFilter): void {
    filter.value = narrowed
    openId.value = null
    view.value = 'triples'
  }

  async function openPairs(narrowed: PairFilter): Promise<void> {
    pairFilter.value = narrowed
    view.value = 'pairs'
  }

  function showGraph(entity: NamedEntity): void {
    centre.value = entity
    view.value = 'graph'
  }

  async function compare(otherId: number): Promise<void> {
    againstId.value = otherId
    comparedRelation.value = null
    differences.clear()
    compared.forget()
    if (extractionId.value !== null) await compared.ask(extractionId.value, otherId)
  }

  return {
    ...{ extractionId, view, filter, sorting, pairFilter, pairSorting, entityFilter, openId },
    ...{ centre, againstId, side, comparedRelation, newTriples },
    facts: facts.answer,
    factsFailure: facts.failure,
    compared: reactive({ answer: compared.answer, failure: compared.failure, isBusy: compared.isBusy }),
    graph: reactive({ answer: graph.answer, failure: graph.failure, isBusy: graph.isBusy }),
    askGraph: (entityId: number, depth: 1 | 2, nodes: number) => graph.ask(id(), entityId, depth, nodes),
    ...{ triples: reactive(triples), pairs: reactive(pairs), entities: reactive(entities) },
    differences: reactive(differences),
    refresh: () => refresh(view.value),
    ...{ show, openRows, openPairs, showGraph, compare },
  }
})
