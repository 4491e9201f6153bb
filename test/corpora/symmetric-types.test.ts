/** That a relation type is symmetric goes with its corpus from file to file. */
import { expect, it } from 'vitest'
import { findFormat } from '#main/corpora/formats'
import { mergeLabelSets } from '#main/labels/label-set'
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
