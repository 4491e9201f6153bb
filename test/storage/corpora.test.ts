/** Corpora in the database: what goes in comes out, pages are filtered by an index, names are unique, nothing is lost. */
import fc from 'fast-check'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { splits } from '#main/document/doc'
import { annotatedDocs } from '../support/corpus-arbitraries.ts'
import { openWorkspace } from '#main/storage/workspace'
import {
  makeCorpus,
  sentenceIdsOf,
  temporaryFolder,
  temporaryWorkspace,
  tripleDocs,
} from '../support/temporary-workspace.ts'

const labels = { entityTypes: [], relationTypes: [], signatures: [] }
const people = tripleDocs(
  [
    'Mara Velt founded Orbisk Labs in Tarnow .',
    ['Mara Velt', 'founder_of', 'Orbisk Labs'],
    ['Orbisk Labs', 'in', 'Tarnow'],
  ],
  ['Ada Okafor lives in Łódź .', ['Ada Okafor', 'lives_in', 'Łódź']],
  ['Nothing is said here .'],
  ['Ada left Velt', ['Ada', 'knows', 'Velt'], ['Ada', 'left', 'Velt'], ['Ada', 'left', 'Nobody']],
)

describe('docs', () => {
  it('come out as they went in, whatever they hold', () => {
    const { corpora } = temporaryWorkspace()
    let number = 0
    fc.assert(
      fc.property(annotatedDocs, (docs) => {
        const corpusId = corpora.create(`corpus ${++number}`, labels)
        for (const doc of docs) corpora.addDocs(corpusId, doc.split ?? 'train', 'a.jsonl', [doc])
        const expected = splits.flatMap((split) =>
          docs.filter((doc) => (doc.split ?? 'train') === split).map((doc) => ({ ...doc, split })),
        )
        expect([...corpora.docsOf(corpusId, null)].flat()).toEqual(expected)
        expect([...corpora.docsOf(corpusId, 'dev')].flat()).toEqual(expected.filter(({ split }) => split === 'dev'))
      }),
      { numRuns: 60 },
    )
  })

  it('are the same through a staged import as written directly, behind what was there', async () => {
    const { corpora, transaction } = temporaryWorkspace()
    let number = 0
    await fc.assert(
      fc.asyncProperty(annotatedDocs, annotatedDocs, async (first, second) => {
        const corpusId = corpora.create(`corpus ${++number}`, labels)
        corpora.addDocs(corpusId, 'train', 'a.jsonl', first)
        const staged = corpora.stage()
        for (const doc of second) await staged.add('train', 'b.jsonl', [doc], setImmediate)
        const before = [...corpora.docsOf(corpusId, null)].flat()
        expect(before).toEqual(first.map((doc) => ({ ...doc, split: 'train' })))
        const steps = transaction(() => staged.publishInto(corpusId))
        while (!transaction(() => steps.next().done)) continue
        expect([...corpora.docsOf(corpusId, null)].flat()).toEqual(
          [...first, ...second].map((doc) => ({ ...doc, split: 'train' })),
        )
        const rows = corpora.sentencePage(corpusId, {}, 0, 1000).rows
        expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1))
      }),
      { numRuns: 40 },
    )
  })

  it('become a corpus of their own at once', async () => {
    const { corpora, transaction, health } = temporaryWorkspace()
    const staged = corpora.stage()
    await staged.add('dev', 'a.json', people, setImmediate)
    await staged.index(setImmediate)
    transaction(() => staged.publishAs('people', labels))
    expect(corpora.list()).toMatchObject([{ name: 'people', splits: { dev: { sentences: 4 } } }])
    const [{ corpusId = 0 } = {}] = corpora.list()
    expect(corpora.sentencePage(corpusId, { search: 'Mara' }, 0, 10).total).toBe(1)
    corpora.addDocs(corpusId, 'dev', 'b.json', people)
    expect(corpora.sentencePage(corpusId, { search: 'Mara' }, 0, 10).total).toBe(2)
    expect(health().integrity).toBe('ok')
  })

  it('whose publishing was interrupted are all there after the next opening', async () => {
    const folder = temporaryFolder()
    const before = openWorkspace(folder)
    const corpusId = before.corpora.create('news', labels)
    before.corpora.addDocs(corpusId, 'train', 'a.json', people)
    const staged = before.corpora.stage()
    const many = Array.from({ length: 300 }, () => people).flat()
    await staged.add('train', 'b.json', many, setImmediate)
    const steps = before.transaction(() => staged.publishInto(corpusId))
    before.transaction(() => steps.next()) // the first part, and then the program ends
    before.close()
    const after = openWorkspace(folder)
    onTestFinished(() => after.close())
    expect(after.corpora.list()).toMatchObject([{ name: 'news', splits: { train: { sentences: 1204 } } }])
    const [first] = after.corpora.sentencePage(corpusId, {}, 1203, 1).rows
    expect(first).toMatchObject({ position: 1204, text: people.at(-1)?.text })
    expect(after.health().integrity).toBe('ok')
  })

  it('that are staged are never seen, and leave nothing when they are erased', async () => {
    const { corpora, eraser, health } = temporaryWorkspace()
    const staged = corpora.stage()
    await staged.add('train', 'a.json', people, setImmediate)
    const indexed = corpora.stage()
    await indexed.add('train', 'a.json', people, setImmediate)
    await indexed.index(setImmediate)
    eraser.add(indexed.stagingId)
    expect(corpora.list()).toEqual([])
    eraser.add(staged.stagingId)
    while (eraser.step()) continue
    const corpusId = corpora.create('made', labels)
    corpora.addDocs(corpusId, 'train', 'a.json', people)
    expect(corpora.sentencePage(corpusId, { search: 'Mara' }, 0, 10).total).toBe(1)
    expect(health().integrity).toBe('ok')
  })
})

describe('a page of sentences', () => {
  const corpusOf = () => {
    const workspace = temporaryWorkspace()
    return { ...workspace, corpusId: makeCorpus(workspace, people) }
  }
  const textsOf = (filter: object) => {
    const { corpora, corpusId } = corpusOf()
    return corpora.sentencePage(corpusId, filter, 0, 10).rows.map(({ text }) => text.split(' ')[0])
  }

  it('shows the sentence with its spans and triples', () => {
    const { corpora, corpusId } = corpusOf()
    const { total, rows } = corpora.sentencePage(corpusId, {}, 3, 1)
    expect(total).toBe(4)
    expect(rows).toEqual([
      {
        sentenceId: expect.any(Number) as number,
        split: 'train',
        position: 4,
        text: 'Ada left Velt',
        tokens: [
          { start: 0, end: 3 },
          { start: 4, end: 8 },
          { start: 9, end: 13 },
        ],
        spans: [
          { start: 0, end: 1, label: 'ENTITY' },
          { start: 2, end: 3, label: 'ENTITY' },
        ],
        triples: [
          { subject: 'Ada', type: 'knows', object: 'Velt' },
          { subject: 'Ada', type: 'left', object: 'Velt' },
          { subject: 'Ada', type: 'left', object: 'Nobody' },
        ],
        isReviewed: false,
        isFlagged: false,
        flaggedItems: 0,
        overlapClasses: ['SEO', 'EPO'],
      },
    ])
  })

  it.each([
    ['nothing', {}, ['Mara', 'Ada', 'Nothing', 'Ada']],
    ['a split', { splits: ['dev'] }, []],
    ['several splits', { splits: ['test', 'train'] }, ['Mara', 'Ada', 'Nothing', 'Ada']],
    ['a relation type', { relationType: 'lives_in' }, ['Ada']],
    ['an entity type', { entityType: 'ENTITY' }, ['Mara', 'Ada', 'Ada']],
    ['an overlap class', { overlapClass: 'SEO' }, ['Mara', 'Ada']],
    ['no triples', { overlapClass: 'none' }, ['Nothing']],
    ['a new status', { status: 'new', overlapClass: 'Normal' }, ['Ada']],
    ['a reviewed status', { status: 'reviewed' }, []],
    ['the beginning of a word', { search: 'oka' }, ['Ada']],
    ['all words', { search: 'velt ada' }, ['Ada']],
    ['letters without their accents', { search: 'łodz' }, ['Ada']],
    ['a phrase', { search: '"orbisk labs"' }, ['Mara']],
    ['a phrase in another order', { search: '"labs orbisk"' }, []],
    ['signs alone', { search: '. "' }, []],
    ['the words of a query language', { search: 'NEAR(ada OR "' }, []],
  ])('can be narrowed to %s', (_, filter, expected) => expect(textsOf(filter)).toEqual(expected))

  it('never fails, whatever is searched', () => {
    const { corpora, corpusId } = corpusOf()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '"', '*', ' OR ', ':', '-'), (search, sign) => {
        expect(corpora.sentencePage(corpusId, { search: search + sign }, 0, 1).total).toBeLessThanOrEqual(4)
      }),
    )
  })
})

describe('sentences', () => {
  it('are given to training with words, spans, triples and unanchored triples', () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(workspace, people)
    const [, , empty, last] = workspace.corpora.labelledSentences(corpusId, 'train')
    const [ada, velt] = [
      { start: 0, end: 1, label: 'ENTITY' },
      { start: 2, end: 3, label: 'ENTITY' },
    ]
    expect(empty?.spans).toEqual([])
    expect(last).toEqual({
      sentenceId: sentenceIdsOf(workspace, corpusId)[3],
      words: ['Ada', 'left', 'Velt'],
      spans: [ada, velt],
      triples: [
        { subject: ada, type: 'knows', object: velt },
        { subject: ada, type: 'left', object: velt },
      ],
      unanchored: [{ subject: 'Ada', type: 'left', object: 'Nobody' }],
    })
    expect(workspace.corpora.labelledSentences(corpusId, 'test')).toEqual([])
  })

  it('know their neighbours in the same text, and no others', () => {
    const workspace = temporaryWorkspace()
    const text = '😀 One. Two here.'
    const doc = {
      id: 'd',
      text,
      tokens: [
        { start: 0, end: 1 },
        { start: 2, end: 6 },
        { start: 7, end: 10 },
        { start: 11, end: 16 },
      ],
      sentences: [
        { start: 0, end: 2 },
        { start: 2, end: 4 },
      ],
      annotations: [],
    }
    const corpusId = makeCorpus(workspace, [doc, ...people])
    const [, second = 0, third = 0] = sentenceIdsOf(workspace, corpusId)
    expect(workspace.corpora.sentence(second)).toMatchObject({
      text: 'Two here.',
      tokens: [
        { start: 0, end: 3 },
        { start: 4, end: 9 },
      ],
      previousText: '😀 One.',
      nextText: null,
      corpusName: 'made',
      position: 2,
    })
    expect(workspace.corpora.sentence(third).previousText).toBeNull()
    expect(() => workspace.corpora.sentence(999)).toThrow('There is no sentence 999')
  })
})

describe('a corpus', () => {
  it('is counted by split', () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(workspace, people)
    workspace.corpora.addDocs(corpusId, 'test', 'b.json', people.slice(0, 1))
    expect(workspace.corpora.find(corpusId).splits).toEqual({
      train: { sentences: 4, reviewed: 0, spans: 7, triples: 6 },
      dev: { sentences: 0, reviewed: 0, spans: 0, triples: 0 },
      test: { sentences: 1, reviewed: 0, spans: 3, triples: 2 },
    })
  })

  it('is put away and brought back with all it holds; its name is free meanwhile', () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(workspace, people)
    const before = workspace.corpora.find(corpusId)
    const binId = workspace.bin.putCorpus(corpusId, [], 'Ada')
    expect(workspace.corpora.list()).toEqual([])
    const other = workspace.corpora.create('made', labels)
    workspace.corpora.rename(other, 'other')
    workspace.bin.restore(binId, null)
    expect(workspace.corpora.findByName('made')).toEqual(before)
    expect(() => workspace.corpora.rename(corpusId, 'other')).toThrow('Choose another name')
    expect(() => workspace.corpora.rename(99, 'x')).toThrow('There is no corpus 99')
  })

  it('keeps every type in use in its label set', () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(workspace, people)
    const { labels: repository } = workspace
    expect(repository.used(corpusId)).toEqual({
      entityTypes: [{ label: 'ENTITY', count: 7 }],
      relationTypes: [
        { label: 'left', count: 2 },
        ...['founder_of', 'in', 'knows', 'lives_in'].map((label) => ({ label, count: 1 })),
      ],
    })
    const relationTypes = ['left', 'founder_of', 'in', 'knows', 'lives_in', 'unused'].map((name) => ({ name }))
    const wanted = { entityTypes: [{ name: 'ENTITY', hue: 3 }], relationTypes, signatures: [] }
    expect(repository.update(corpusId, wanted)).toEqual(wanted)
    expect(() => repository.update(corpusId, { ...wanted, relationTypes: relationTypes.slice(1) })).toThrow(
      'The relation type left is used 2 times',
    )
    expect(repository.get(corpusId)).toEqual(wanted)
  })
  it('takes in the files of an import a part at a time, with the sentences and never before them', async () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(workspace, people)
    const files = Array.from({ length: 20_000 }, (_, at) => ({
      ...{ name: `${at}.json`, split: 'dev' as const, sha256: `hash ${at}`, atMs: 1 },
    }))
    const staged = workspace.corpora.stage()
    let pauses = 0
    await staged.rememberFiles(files, async () => void pauses++)
    await staged.rememberFiles(files.slice(0, 10), setImmediate) // an import that goes on says it again
    expect(pauses).toBeGreaterThan(0)
    expect(workspace.corpora.findFile(corpusId, 'hash 7')).toBeNull()
    const steps = workspace.transaction(() => staged.publishInto(corpusId))
    expect([...steps].length).toBeGreaterThan(files.length / 1000)
    expect(workspace.corpora.findFile(corpusId, 'hash 7')).toEqual(files[7])
    expect(workspace.corpora.fileNames(corpusId).size).toBe(files.length)
  })
})
