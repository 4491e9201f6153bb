// @vitest-environment happy-dom
/** Results of an extraction in the window: long lists by place, rows, and where the nodes of a graph stand. */
import { nextTick } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import type { ExtractedRow, Neighbourhood, PairRow, RowMarks, RowPage, RowPlace } from '#main/document/extracted-row'
import { placeNodes } from '#window/features/extract/results/graph-layout.ts'
import PairRowItem from '#window/features/extract/results/PairRowItem.vue'
import ResultList from '#window/features/extract/results/ResultList.vue'
import TripleRowItem from '#window/features/extract/results/TripleRowItem.vue'
import { useKeysetList } from '#window/features/extract/results/keyset-list.ts'
import { find, mount } from '../support/mounted.ts'

const placeOf = (id: number): RowPlace => ({ part: '', key: id, id })

/** A list of the numbers from 1, whose count is only known by its marks. */
function numbers(length: number) {
  const asked: (number | null)[] = []
  const ask = async (after: RowPlace | null, limit: number): Promise<RowPage<number>> => {
    asked.push(after?.id ?? null)
    const first = (after?.id ?? 0) + 1
    const rows = Array.from({ length: Math.min(limit, length - first + 1) }, (_, at) => first + at)
    const last = rows.at(-1) ?? 0
    return { rows, next: last < length ? placeOf(last) : null, total: null }
  }
  const counted: number[] = []
  let tellMarks = (): void => undefined
  const marks = new Promise<void>((resolve) => (tellMarks = resolve))
  const askMarks = async (after: RowPlace | null, most: number): Promise<RowMarks> => {
    await marks
    const first = after?.id ?? 0
    const count = Math.min(most, length - first)
    const places = Array.from({ length: Math.floor(count / 100) }, (_, at) => placeOf(first + (at + 1) * 100))
    counted.push(count)
    return { count, places, next: first + count < length ? placeOf(first + count) : null }
  }
  return { list: useKeysetList(ask, askMarks), asked, counted, tellMarks }
}

describe('a list whose pages begin behind places', () => {
  it('opens at once, is counted piece by piece, the first of them small, and then opens anywhere without what lies between', async () => {
    const { list, asked, counted, tellMarks } = numbers(100_050)
    const opening = list.open()
    await vi.waitFor(() => expect(list.isLoaded.value).toBe(true))
    expect([list.rowAt(0), list.count.value, list.isMore.value]).toEqual([1, 101, true])
    expect(list.rowAt(70_000)).toBeUndefined()
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(asked).toEqual([null])
    tellMarks()
    await opening
    expect([list.count.value, list.isMore.value, counted]).toEqual([100_050, false, [10_000, 90_050]])
    await vi.waitFor(() => expect(list.rowAt(70_000)).toBe(70_001))
    await vi.waitFor(() => expect(list.rowAt(100_049)).toBe(100_050))
    expect(asked).toEqual([null, 70_000, 100_000])
  })

  it('that fits a page needs no counting', async () => {
    const { list, asked } = numbers(7)
    await list.open()
    expect([list.count.value, list.isMore.value, asked]).toEqual([7, false, [null]])
  })

  it('tells why it could not be read', async () => {
    const list = useKeysetList<number>(
      () => Promise.reject(new Error('The disk failed.')),
      () => Promise.reject(new Error('never asked')),
    )
    await list.open()
    expect(list.failure.value).toBe('The disk failed.')
  })
})

const row: ExtractedRow = {
  ...{ tripleId: 7, document: 'news.txt', position: 0, relation: 'founded', probability: 0.8123 },
  subject: { text: 'Mara', type: 'PER', start: 110, end: 114, entityId: 1, nameId: 1 },
  object: { text: 'Orbisk', type: 'ORG', start: 123, end: 129, entityId: 2, nameId: 2 },
  ...{ sentence: 'Mara founded Orbisk.', sentenceStart: 110 },
}

describe('a row of results', () => {
  it('shows subject and object in the sentence, and where they stand when it is open', () => {
    const { element } = mount(TripleRowItem, { props: { row, isCurrent: true, isOpen: true, isBusy: false } })
    expect([...element.querySelectorAll('mark')].map((mark) => [mark.title, mark.textContent])).toEqual([
      ['subject', 'Mara'],
      ['object', 'Orbisk'],
    ])
    expect(element.textContent).toContain(
      'news.txt, sentence at 110 to 130, subject at 110 to 114, object at 123 to 129',
    )
    expect(element.textContent).toContain('81.2 %')
  })

  it('is corrected by its button and by C, but not by a chord of the browser', () => {
    const { element, emitted } = mount(TripleRowItem, {
      props: { row, isCurrent: true, isOpen: true, isBusy: false },
      listens: ['correct', 'toggle'],
    })
    find('button', 'Correct this').click()
    const press = (options: KeyboardEventInit) =>
      element.querySelector('button')?.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...options }))
    press({ key: 'c', ctrlKey: true })
    expect(emitted.get('correct')).toHaveLength(1)
    press({ key: 'c' })
    expect(emitted.get('correct')).toHaveLength(2)
  })

  it('shows what a probability is worth, and that of the other extraction where two are compared', () => {
    const compared = { ...row, otherProbability: 0.5, calibratedProbability: 0.664 }
    const { element } = mount(TripleRowItem, {
      props: { row: compared, isCurrent: true, isOpen: false, isBusy: false },
    })
    expect(element.textContent).toContain('there 50.0 %')
    expect(element.textContent).toContain('right 66.4 %')
  })
})

it('a pair says what contradicts it', () => {
  const pair: PairRow = {
    ...{ pairId: 3, relation: 'born_in', triples: 4, sentences: 3, documents: 2 },
    ...{ bestProbability: 0.9, meanProbability: 0.7 },
    subject: { entityId: 1, name: 'Ada' },
    object: { entityId: 2, name: 'Hask' },
    otherObjects: [{ pairId: 4, name: 'Lunde', sentences: 1 }],
    otherRelations: [{ pairId: 5, name: 'lives_in', sentences: 2 }],
  }
  const { element } = mount(PairRowItem, { props: { pair, isCurrent: true } })
  expect(element.textContent).toContain('Mostly one object in training; also Lunde (1)')
  expect(element.textContent).toContain('The same two also: lives_in (2)')
  expect(element.textContent).toContain('3 sentences')
})

describe('a list of results', () => {
  const props = {
    ...{ label: 'Entities', noun: 'entity', nouns: 'entities', isMore: false, isLoaded: true, failure: null },
    ...{ listing: 1, rowAt: () => undefined, isFiltered: true, emptyMessage: 'None yet.', rowPx: 40 },
  }

  it('that is empty says why and offers a way on', async () => {
    const { element, emitted, set } = mount(ResultList, {
      props: { ...props, count: 0 },
      models: { first: 0 },
      listens: ['clear', 'retry'],
    })
    expect(element.textContent).toContain('0 entities')
    find('button', 'Remove all filters').click()
    expect(emitted.get('clear')).toHaveLength(1)
    await set({ isFiltered: false })
    expect(element.textContent).toContain('None yet.')
    await set({ failure: 'The disk failed.' })
    find('button', 'Try again').click()
    expect(emitted.get('retry')).toHaveLength(1)
  })

  it('says "more than" while it is counted', async () => {
    const { element } = mount(ResultList, { props: { ...props, count: 101, isMore: true }, models: { first: 0 } })
    await nextTick()
    expect(element.textContent).toContain('More than 100 entities, counting …')
  })
})

it('a graph has its centre in the middle, its neighbours around it and theirs behind them, always in the same places', () => {
  const nodes = [0, 1, 1, 1, 2, 2].map((distance, at) => ({
    ...{ entityId: at + 1, name: `n${at}`, type: 'T', mentions: 1, distance },
  }))
  const edge = (subjectId: number, objectId: number) => ({
    ...{ pairId: subjectId * 10 + objectId, subjectId, objectId, relation: 'r', sentences: 1, bestProbability: 1 },
  })
  const neighbourhood: Neighbourhood = {
    centre: { entityId: 1, name: 'n0' },
    nodes,
    edges: [edge(1, 2), edge(3, 1), edge(1, 4), edge(2, 5), edge(6, 2)],
    ...{ leftOut: 0, isMore: false },
  }
  const places = placeNodes(neighbourhood)
  const radius = (id: number): number => Math.hypot(places.get(id)?.x ?? NaN, places.get(id)?.y ?? NaN)
  expect([1, 2, 3, 4].map(radius)).toEqual([0, 1, 1, 1].map((one) => expect.closeTo(one, 9)))
  for (const id of [5, 6]) expect(radius(id)).toBeGreaterThan(1.9)
  expect(new Set([...places.values()].map(({ x, y }) => `${x.toFixed(6)} ${y.toFixed(6)}`)).size).toBe(6)
  expect(placeNodes(neighbourhood)).toEqual(places)
})
