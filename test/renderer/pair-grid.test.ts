/** The pair grid: what each pair shows, and what a click on it does. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type Annotation } from '#main/document/annotation'
import { applyChanges } from '#main/document/operation'
import { usualKeymap } from '#window/common/keys/actions.ts'
import type { Desk } from '#window/features/annotate/editor/acts.ts'
import { describeCell, gridEnds, gridRows, refuseEdit, toggleEdit } from '#window/features/annotate/editor/pair-grid.ts'
import { startSelection } from '#window/features/annotate/input/selection.ts'
import { predicted } from '../support/labelled-sentences.ts'

const provenance = { origin: 'import', author: 'file' } as const
const gold: Annotation = {
  ...emptyAnnotation,
  spans: [
    { id: 'mara', start: 0, end: 2, label: 'PER', provenance },
    { id: 'labs', start: 3, end: 5, label: 'ORG', provenance },
  ],
  relations: [{ id: 'r', subject: 'mara', type: 'founded', object: 'labs', provenance }],
}
const prediction = predicted(
  7,
  [
    [0, 2, 'PER'],
    [3, 5, 'ORG'],
    [6, 7, 'LOC'],
  ],
  [
    [0, 'founded', 1],
    [1, 'based_in', 2],
    [1, 'sold_in', 2],
  ],
)
const deskOf = (annotation: Annotation): Desk => ({
  ...{
    annotation,
    suggestions: [],
    tokenCount: 7,
    selection: startSelection,
    suggester: { origin: 'run', author: 'run-1' },
    keymap: usualKeymap,
  },
  labels: { entityTypes: [], relationTypes: [], signatures: [] },
  context: {
    author: 'Ada',
    words: 'Mara Velt founded Orbisk Labs in Tarnow'.split(' '),
    newId: () => crypto.randomUUID(),
  },
})
const cellAt = (annotation: Annotation, row: number, column: number, type: string | null = null) =>
  gridRows(deskOf(annotation), prediction, type)[row]![column]!

describe('the pair grid', () => {
  it('has every gold and predicted span once, in reading order', () => {
    expect(gridEnds(deskOf(gold), prediction).map(({ text }) => text)).toEqual(['Mara Velt', 'Orbisk Labs', 'Tarnow'])
  })

  it('tells the best type of a pair with its probability, and what is gold', () => {
    expect(describeCell(cellAt(gold, 0, 1))).toBe('founded, Mara Velt to Orbisk Labs: 0.90, gold')
    expect(describeCell(cellAt(gold, 1, 2))).toBe('based_in, Orbisk Labs to Tarnow: 0.90')
    expect(describeCell(cellAt(gold, 2, 0))).toBe('nothing, Tarnow to Mara Velt: below 0.05')
    expect(describeCell(cellAt(gold, 1, 2, 'sold_in'))).toBe('sold_in, Orbisk Labs to Tarnow: 0.90')
  })

  it('takes a pair as gold with the spans it needs, and takes gold away', () => {
    const accepted = applyChanges(gold, toggleEdit(cellAt(gold, 1, 2), deskOf(gold)).changes)
    expect(accepted.spans.map(({ label }) => label)).toEqual(['PER', 'ORG', 'LOC'])
    expect(accepted.relations[1]).toMatchObject({ type: 'based_in', provenance: { origin: 'run', confidence: 0.9 } })
    const removed = applyChanges(gold, toggleEdit(cellAt(gold, 0, 1), deskOf(gold)).changes)
    expect(removed.relations).toEqual([])
  })

  it('keeps a rejected pair as an explicit negative, and says why nothing can be done', () => {
    const rejected = applyChanges(gold, refuseEdit(cellAt(gold, 1, 2), deskOf(gold)).changes)
    expect(cellAt(rejected, 1, 2).isRejected).toBe(true)
    expect(refuseEdit(cellAt(gold, 0, 1), deskOf(gold)).changes).toEqual([])
    expect(toggleEdit(cellAt(gold, 2, 0), deskOf(gold)).changes).toEqual([])
  })
})
