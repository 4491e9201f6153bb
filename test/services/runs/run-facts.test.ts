/** What is known of the data of a run: types that train never shows are not learnt, and that is said. */
import { describe, expect, it } from 'vitest'
import type { LabelSet } from '#main/labels/label-set'
import { factsOf } from '#main/services/runs/corpus-facts'
import { corpusPartOf, type RunData } from '#main/services/runs/run-data'
import { remarksOn } from '#main/services/runs/run-facts'
import { labelled } from '../../support/labelled-sentences.ts'

const labels: LabelSet = {
  entityTypes: [{ name: 'PER' }, { name: 'ORG' }, { name: 'EVENT' }],
  relationTypes: [{ name: 'led' }, { name: 'met' }],
  signatures: [],
}

function dataOf(changes: Partial<RunData> = {}): RunData {
  const typed = labelled(
    'Mara led Orbisk',
    [
      [0, 1, 'PER'],
      [2, 3, 'ORG'],
    ],
    [[0, 'led', 1]],
  )
  const other = labelled('Mara met Jon')
  return {
    corpusName: 'Tiny',
    splitting: { language: 'en', han: 'characters', rules: 1 },
    labels,
    splits: { train: [typed, other], dev: [typed], test: [] },
    isDevLent: false,
    ...changes,
  } as RunData
}

describe('the data of a run', () => {
  it('gives the model the types that train shows, and names the others', async () => {
    const facts = await factsOf(dataOf())
    const { tags, relations } = corpusPartOf(facts, null)
    expect(relations).toEqual(['led'])
    expect(tags).toEqual(['O', 'B-PER', 'I-PER', 'E-PER', 'S-PER', 'B-ORG', 'I-ORG', 'E-ORG', 'S-ORG'])
    expect(remarksOn(facts)).toEqual([
      'Types of the label set that never occur in train are not learnt (2): EVENT, met.',
    ])
  })

  it('keeps the only entity type of a corpus, whatever its spans say', async () => {
    const facts = await factsOf(
      dataOf({ labels: { ...labels, entityTypes: [{ name: 'ENTITY' }], relationTypes: [{ name: 'led' }] } }),
    )
    expect(corpusPartOf(facts, null)).toMatchObject({ tags: ['O', 'B', 'I', 'E', 'S'], untypedLabel: 'ENTITY' })
    expect(remarksOn(facts)).toEqual([])
  })

  it('says where dev is a part of train', async () => {
    expect(remarksOn(await factsOf(dataOf({ isDevLent: true })))[0]).toMatch(
      /^The corpus has no dev split: a tenth of train takes its place \(1 of 3 sentences/,
    )
  })
})
