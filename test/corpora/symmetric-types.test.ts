/** That a relation type is symmetric goes with its corpus from file to file. */
import { expect, it } from 'vitest'
import { findFormat } from '#main/corpora/formats'
import { legalRelationTypes, mergeLabelSets } from '#main/labels/label-set'
import { renameType } from '#main/labels/edit-labels'
import { readText, writeText } from '../support/corpus-files.ts'

const types = {
  entities: { PER: { short: 'PER', verbose: 'PER' } },
  relations: {
    married: { short: 'married', verbose: 'married', symmetric: true },
    'born in': { short: 'born in', verbose: 'born in', symmetric: false },
  },
}
const corpus = '[{"tokens":["Ada","wed","Ben"],"entities":[],"relations":[]}]'

function formatNamed(name: string) {
  const format = findFormat(name)
  if (!format) throw new RangeError(name)
  return format
}

it.each([
  ['spert-json', 'corpus.json'],
  ['brat', 'train_1.txt'],
  ['jsonl', null],
])('comes back from %s', async (name, main) => {
  const { labels, docs } = await readText(
    formatNamed('spert-json'),
    corpus,
    'a.json',
    {},
    { 'types.json': JSON.stringify(types) },
  )
  const format = formatNamed(name)
  const { text, files } = await writeText(format, docs, labels)
  const file = main ?? 'main.jsonl'
  const [first = ''] =
    main === null || files[main] !== undefined ? [file] : Object.keys(files).filter((one) => one.endsWith('.txt'))
  const again = await readText(format, main === null ? text : String(files[first]), first, {}, files)
  const symmetric = again.labels.relationTypes.map((type) => [type.name, type.symmetric ?? false])
  expect(symmetric).toEqual([
    ['married', true],
    [name === 'brat' ? 'born_in' : 'born in', false],
  ])
})

it('is kept when the type is renamed, and when a corpus that has the type already gets the file', () => {
  const labels = { entityTypes: [], relationTypes: [{ name: 'married', symmetric: true as const }], signatures: [] }
  expect(renameType(labels, 'relation', 'married', 'wed').relationTypes).toEqual([{ name: 'wed', symmetric: true }])
  const present = { ...labels, relationTypes: [{ name: 'married', key: 'm' }] }
  expect(mergeLabelSets(present, labels).relationTypes).toEqual([{ name: 'married', key: 'm', symmetric: true }])
})

it('takes a relation that a file states in both directions once, the earlier mention first, and tells how many', async () => {
  const entities = [0, 2].map((start) => ({ type: 'P', start, end: start + 1 }))
  const relations = [
    { type: 'married', head: 1, tail: 0 },
    { type: 'married', head: 0, tail: 1 },
    { type: 'born in', head: 1, tail: 0 },
    { type: 'born in', head: 0, tail: 1 },
  ]
  const text = JSON.stringify([{ tokens: ['Ada', 'wed', 'Ben'], entities, relations }])
  const { docs, problems } = await readText(
    formatNamed('spert-json'),
    text,
    'a.json',
    {},
    { 'types.json': JSON.stringify(types) },
  )
  const { spans, relations: taken } = docs[0]?.annotations[0] ?? { spans: [], relations: [] }
  const startOf = (id: string) => spans.find((span) => span.id === id)?.start
  expect(taken.map(({ subject, type, object }) => [startOf(subject), type, startOf(object)])).toEqual([
    [0, 'married', 2],
    [2, 'born in', 0],
    [0, 'born in', 2],
  ])
  expect(problems.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('1 relation of a symmetric type stated in both directions, taken once'),
  )
})

it('allows a symmetric relation from either type of its signature', () => {
  const signatures = [{ relation: 'married', subject: 'P', object: 'Q' }]
  const labels = { entityTypes: [], relationTypes: [{ name: 'married', symmetric: true as const }], signatures }
  expect(legalRelationTypes(labels, 'Q', 'P')).toHaveLength(1)
  expect(legalRelationTypes({ ...labels, relationTypes: [{ name: 'married' }] }, 'Q', 'P')).toEqual([])
})
