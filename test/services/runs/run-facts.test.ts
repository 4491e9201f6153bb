/** What is known of the data of a run: types that train never shows are not learnt, and that is said. */
import { describe, expect, it } from 'vitest'
import type { LabelSet } from '#main/labels/label-set'
import { factsOf } from '#main/services/runs/corpus-facts'
import { corpusPartOf, findRefusals, type RunData } from '#main/services/runs/run-data'
import { remarksOn, type RunFacts } from '#main/services/runs/run-facts'
import { makeRun } from '../../support/renderer-runs.ts'
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
      'Train has 2 sentences to learn from, and dev 1: such a run shows that all works, but its figures move by chance. A few hundred sentences give a first model that is of use.',
      'Types of the label set that never occur in train are not learnt (2): EVENT, met.',
    ])
  })

  it('keeps the only entity type of a corpus, whatever its spans say', async () => {
    const facts = await factsOf(
      dataOf({ labels: { ...labels, entityTypes: [{ name: 'ENTITY' }], relationTypes: [{ name: 'led' }] } }),
    )
    expect(corpusPartOf(facts, null)).toMatchObject({ tags: ['O', 'B', 'I', 'E', 'S'], untypedLabel: 'ENTITY' })
    expect(remarksOn({ ...facts, sentences: { train: 50, dev: 5, test: 0 } })).toEqual([])
  })

  it('says where dev is a part of train', async () => {
    expect(remarksOn(await factsOf(dataOf({ isDevLent: true })))[0]).toMatch(
      /^The corpus has no dev split: a tenth of train takes its place \(1 of 3 sentences/,
    )
  })

  it('is refused in one sentence where nothing is annotated, no relation is, or two sentences are all there is', async () => {
    const facts = await factsOf(dataOf())
    const { config } = makeRun('pmei', 1)
    const why = (changes: Partial<RunFacts>) => findRefusals({ ...facts, ...changes }, [config])[0]
    const noRelations = { labels: { ...facts.labels, relationTypes: [] } }
    expect(why({ ...noRelations, isAnnotated: false })).toMatch(/^No sentence of .* is annotated\. Annotate some/)
    expect(why(noRelations)).toMatch(/has a relation, so .* or train on entities alone \(the variant entity-a\)\.$/)
    expect(why({ sentences: { train: 1, dev: 1, test: 0 }, isDevLent: true })).toMatch(
      /^"Tiny" has two sentences in train, and one of them takes the place of dev/,
    )
    expect(why({ sentences: { train: 1, dev: 0, test: 0 } })).toMatch(/holds one sentence; at least two/)
  })
})
