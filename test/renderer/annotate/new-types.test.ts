/** Types that were added while annotating, and what an undo says of them. */
import { expect, it } from 'vitest'
import type { Change } from '#main/document/operation'
import { createNewTypes } from '#window/features/annotate/stores/new-types.ts'

const labels = (entityTypes: string[], relationTypes: string[] = []) => ({
  entityTypes: entityTypes.map((name) => ({ name })),
  relationTypes: relationTypes.map((name) => ({ name })),
  signatures: [],
})
const provenance = { origin: 'import', author: 'file' } as const
const taken = (label: string): Change => ({
  kind: 'span',
  before: { id: 'a', start: 0, end: 1, label, provenance },
  after: null,
})

it('tells once that a new type stays, and nothing of types that were there before', () => {
  const types = createNewTypes()
  types.add(labels(['PERSON']), labels(['PERSON', 'CITY'], ['founded']))
  expect(types.tellStaying([taken('PERSON')])).toBe('')
  const relation = { id: 'r', subject: 'a', type: 'founded', object: 'b', provenance }
  expect(types.tellStaying([taken('CITY'), { kind: 'relation', before: relation, after: null }])).toBe(
    'CITY, founded stay in the label set; Corpora → Labels removes them.',
  )
  expect(types.tellStaying([taken('CITY')])).toBe('')
})

it('tells nothing where a note of the span alone was undone', () => {
  const types = createNewTypes()
  types.add(labels([]), labels(['CITY']))
  const span = { id: 'a', start: 0, end: 1, label: 'CITY', provenance }
  expect(types.tellStaying([{ kind: 'span', before: span, after: { ...span, end: 2 } }])).toBe('')
})
