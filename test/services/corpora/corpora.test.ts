/** The corpora and labels services: imports that are whole or nothing, exports that read back, honest statistics. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportReport } from '#main/api/imports'
import type { Split } from '#main/document/doc'
import { createCorpora } from '#main/services/corpora/corpora'
import { createLabels } from '#main/services/labels/labels'
import { openWorkspace } from '#main/storage/workspace'
import { recordedContext } from '../../support/recorded-context.ts'
import {
  temporaryFolder,
  temporaryWorkspace,
  tripleFile,
  type TripleRecord,
} from '../../support/temporary-workspace.ts'
import { onDisk } from '../../support/files-on-disk.ts'

const mara: TripleRecord = ['Mara Velt founded Orbisk .', ['Mara Velt', 'founder_of', 'Orbisk']]
const ada: TripleRecord = ['Ada met Ada in Tarnow .', ['Ada', 'in', 'Tarnow'], ['Ada', 'in', 'Nowhere']]

function open() {
  const recorded = recordedContext(temporaryWorkspace())
  // every look at the clock is a second later, so that all progress is told
  let nowMs = 1000
  const context = { ...recorded, now: () => (nowMs += 1000) }
  const corpora = createCorpora(context, () => undefined)
  const load = (name: string, text: string, split: Split = 'train', signal?: AbortSignal) =>
    corpora.import({ corpus: 'news', split, files: onDisk({ name, text }), taskId: 'task' }, signal)
  const preview = (name: string, text: string, choice: object = {}) =>
    corpora.previewImport({ corpus: 'news', split: 'train', files: onDisk({ name, text }), taskId: 'task', ...choice })
  /** The text that an export writes, and what it says. */
  const exportText = async (choice: { corpusId: number; format: string; split: Split | null }) => {
    const path = join(temporaryFolder(), 'export')
    const told = await corpora.export({ ...choice, path, taskId: 'task', replace: false })
    return { ...told, text: readFileSync(path, 'utf8') }
  }
  return { ...context, context, corpora, exportText, labels: createLabels(context), load, preview }
}

/** Many sentences, so that an import takes several steps. */
function longFile(sentences: number): string {
  return tripleFile(
    ...Array.from({ length: sentences }, (_, i): TripleRecord => [`Mara ${i} left .`, ['Mara', 'left', String(i)]]),
  )
}

describe('importing', () => {
  it('makes the corpus, reports what came in and tells of its progress', async () => {
    const { corpora, load, events, tasksSeen } = open()
    const report = await load('a.json', tripleFile(mara, ada))
    expect(report).toMatchObject({
      format: 'casrel-json',
      files: [{ name: 'a.json', format: 'casrel-json', split: 'train', sentences: 2 }],
      sentences: 2,
      splits: { train: 2, dev: 0, test: 0 },
      ownSplit: 0,
      refusal: null,
      triples: 3,
      spans: 4,
      relationTypes: 2,
      accepted: 2,
      rejected: 0,
      ambiguousAnchors: 1,
      unanchored: 1,
      lostOnExport: [],
    })
    expect(report.preview[0]).toMatchObject({ text: mara[0], triples: [{ subject: 'Mara Velt', object: 'Orbisk' }] })
    expect((await corpora.list())[0]).toMatchObject({ name: 'news', entityTypes: 1, relationTypes: 2 })
    expect(events.filter(({ type }) => type === 'corpora-changed')).toHaveLength(1)
    const told = tasksSeen.map(({ state, fraction }) => [state, fraction])
    expect([told[0], told.at(-2), told.at(-1)]).toEqual([
      ['running', null],
      ['running', 1],
      ['finished', 1],
    ])
  })

  it('says beforehand what it would do, and does nothing', async () => {
    const { corpora, load, workspace } = open()
    const files = [{ name: 'a.json', text: tripleFile(mara, ada) }]
    const preview = await corpora.previewImport({
      corpus: 'news',
      split: 'train',
      files: onDisk(...files),
      taskId: 'task',
    })
    expect(await corpora.list()).toEqual([])
    expect({ ...preview, importId: null }).toEqual(await load('a.json', tripleFile(mara, ada)))
    expect(workspace.health().integrity).toBe('ok')
  })

  it('adds to what is there and extends the label set', async () => {
    const { corpora, labels, load } = open()
    await load('a.json', tripleFile(mara))
    await load('b.json', tripleFile(ada))
    await load('c.json', longFile(600), 'test')
    const [corpus] = await corpora.list()
    expect(corpus?.splits).toMatchObject({ train: { sentences: 2 }, dev: { sentences: 0 }, test: { sentences: 600 } })
    const { relationTypes } = await labels.get({ corpusId: corpus?.corpusId ?? 0 })
    expect(relationTypes.map(({ name }) => name)).toEqual(['founder_of', 'in', 'left'])
  })

  it('sends docs to the split that their file names, and counts them there', async () => {
    const { corpora, load } = open()
    const report = await load(
      'a.jsonl',
      '{"text": "Mara left.", "split": "dev"}\n{"text": "Ada left. So did Jon."}\n',
      'test',
    )
    expect((await corpora.list())[0]?.splits).toMatchObject({ dev: { sentences: 1 }, test: { sentences: 2 } })
    expect(report).toMatchObject({ sentences: 3, splits: { train: 0, dev: 1, test: 2 }, ownSplit: 1 })
  })

  it('tells files of one name apart by their folders, also when they come one after the other', async () => {
    const { exportText, corpora, load } = open()
    const files = ['a/x.txt', 'b/x.txt', 'c/y.txt'].map((name) => ({ name, text: `Mara left ${name}.` }))
    const named = async (report: Promise<ImportReport>) => (await report).files.map(({ name }) => name)
    const names = await named(
      corpora.import({ corpus: 'news', split: 'train', files: onDisk(...files), taskId: 'task' }),
    )
    expect(names).toEqual(['a/x.txt', 'b/x.txt', 'y.txt'])
    expect(await named(load('d/y.txt', 'Ada left.'))).toEqual(['d/y.txt'])
    expect(await named(load('y.txt', 'Jon left.'))).toEqual(['y (2).txt'])
    const corpusId = (await corpora.list())[0]?.corpusId ?? 0
    const { text } = await exportText({ corpusId, format: 'jsonl', split: null })
    const ids = text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => (JSON.parse(line) as { id: string }).id)
    expect(ids).toEqual(['a/x.txt', 'b/x.txt', 'y.txt', 'd/y.txt', 'y (2).txt'])
  })

  it('reads files as the person chooses where they do not say it, and offers it where it would help', async () => {
    const { preview } = open()
    const lines = 'Mara founded Orbisk\nAda left Tarnow\n'
    expect(await preview('a.txt', lines)).toMatchObject({
      sentences: 1,
      offers: [{ setting: 'sentencePerLine', count: 2 }],
    })
    expect(await preview('a.txt', lines, { settings: { sentencePerLine: true } })).toMatchObject({
      sentences: 2,
      offers: [],
    })
    const accents = tripleFile(['He left Cancun', ['He', 'left', 'Canc\u00fan']])
    expect(await preview('a.json', accents)).toMatchObject({
      unanchored: 1,
      offers: [{ setting: 'foldAccents', count: 1 }],
    })
    expect(await preview('a.json', accents, { settings: { foldAccents: true } })).toMatchObject({
      ...{ unanchored: 0, repaired: 1, offers: [] },
      repairs: ['1 string found where the text has no accents'],
    })
  })

  it('reads what looks like another layout as prose only when the format is named', async () => {
    const { preview, load } = open()
    const markup = '<TEI><p>Mara left.</p></TEI>'
    await expect(preview('a.txt', markup)).rejects.toThrow('a.txt looks like marked-up text')
    await expect(load('a.txt', markup)).rejects.toMatchObject({ code: 'unsupported-format' })
    expect(await preview('a.txt', markup, { format: 'plain-text' })).toMatchObject({
      format: 'plain-text',
      sentences: 1,
    })
  })

  it('tells in the dry run what would refuse the import, in the same words', async () => {
    const { corpora, load, preview } = open()
    const refused = async (name: string, text: string, choice: object = {}) => {
      const { refusal } = await preview(name, text, choice)
      const files = [{ name, text }]
      const real = corpora.import({
        corpus: 'news',
        split: 'train',
        files: onDisk(...files),
        taskId: 'task',
        ...choice,
      })
      await expect(real).rejects.toThrow(`${refusal} Nothing was imported.`)
      return refusal
    }
    expect(await refused('a.json', '[{"text": "Ma", "triple_list": [')).toMatch(/^a\.json: not valid JSON at line 1/)
    expect(await refused('a.json', '[{"text": 5, "triple_list": []}]')).toMatch(/no record could be taken/)
    const half = '[{"text": "Ma", "triple_list": []}, {"text": 5, "triple_list": []}]'
    expect(await refused('a.json', half, { isStrict: true })).toBe(
      '1 record cannot be taken (the first is a.json, 2: text: expected a string, found 5), and a strict import takes every record or nothing.',
    )
    expect((await preview('a.json', half)).refusal).toBeNull()
    await load('a.json', half)
    expect(await refused('b.json', half)).toMatch(/^b\.json is already imported/)
  })

  it.each([
    ['of no known format', 'a.bin', '\u0000', 'unsupported-format', /a\.bin is of no format that Espalier recognises/],
    [
      'broken',
      'a.json',
      '[{"text": "Ma", "triple_list": [',
      'invalid-input',
      /a\.json: not valid JSON at line 1.*Nothing/,
    ],
    [
      'without one good record',
      'a.json',
      '[{"text": 5, "triple_list": []}]',
      'invalid-input',
      /the first, at 1: text: expected a string/,
    ],
  ])('refuses a file %s, and with it the whole import', async (_, name, text, code, message) => {
    const { corpora, tasksSeen } = open()
    const files = [
      { name: 'good.json', text: tripleFile(mara) },
      { name, text },
    ]
    const refused = corpora.import({ corpus: 'news', split: 'train', files: onDisk(...files), taskId: 'task' })
    await expect(refused).rejects.toThrow(message)
    await expect(refused).rejects.toMatchObject({ code })
    expect(await corpora.list()).toEqual([])
    expect(tasksSeen.at(-1)?.state).toBe('failed')
  })

  it('leaves out a bad record by number and takes the others', async () => {
    const { load } = open()
    const report = await load('a.json', JSON.stringify([{ text: 'Mara .', triple_list: [] }, { text: 7 }]))
    expect(report).toMatchObject({ sentences: 1, accepted: 1, rejected: 1 })
    expect(report.problems[0]).toMatchObject({ file: 'a.json', line: 2, severity: 'rejected' })
  })

  it('refuses the same content twice, whatever the file is called', async () => {
    const { load, corpora } = open()
    await load('a.json', tripleFile(mara))
    await expect(load('b.json', tripleFile(mara), 'test')).rejects.toThrow(
      'b.json is already imported: news took the same content as a.json.',
    )
    const twins = ['c.json', 'd.json'].map((name) => ({ name, text: tripleFile(ada) }))
    const both = corpora.import({ corpus: 'other', split: 'dev', files: onDisk(...twins), taskId: 'task' })
    await expect(both).rejects.toThrow('d.json and c.json have the same content')
    expect((await corpora.list()).map(({ name }) => name)).toEqual(['news'])
  })

  it('can be cancelled on the way, and then has done nothing', async () => {
    const { load, corpora, tasksSeen, workspace } = open()
    const abort = new AbortController()
    tasksSeen.push = (...tasks) => {
      if (tasks.some(({ fraction }) => fraction !== null)) abort.abort() // as soon as the first docs are written
      return Array.prototype.push.apply(tasksSeen, tasks)
    }
    await expect(load('a.json', longFile(1000), 'train', abort.signal)).rejects.toMatchObject({ code: 'cancelled' })
    expect(tasksSeen.at(-1)?.state).toBe('cancelled')
    expect(await corpora.list()).toEqual([])
    await load('a.json', longFile(1000))
    expect((await corpora.list())[0]?.splits.train.sentences).toBe(1000)
    expect(workspace.health().integrity).toBe('ok')
  })

  it('killed on the way leaves the corpus as it was', async () => {
    const folder = temporaryFolder()
    const before = openWorkspace(folder)
    await createCorpora(recordedContext(before), () => undefined).import({
      ...{ corpus: 'news', split: 'train', taskId: 'task' },
      files: onDisk({ name: 'a.json', text: tripleFile(mara) }),
    })
    before.close()
    const text = longFile(20_000)
    const [path] = onDisk({ name: 'b.json', text }).map(({ file }) => file.path)
    const source = `const { openServices } = await import('#main/services/services')
      const { createProcessHost } = await import('#main/compute/host')
      const place = ${JSON.stringify(folder)}
      const { handlers } = await openServices({ workspace: place, config: place + '/config', compute: createProcessHost() })
      const events = await handlers.system.events()
      handlers.corpora.import({
        ...{ corpus: 'news', split: 'train', taskId: 'b', isStrict: false },
        files: [{ file: { path: ${JSON.stringify(path)}, name: 'b.json' } }],
      })
      for await (const { task } of events) if (task?.fraction > 0.3) console.log(task.fraction)`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [fraction] = (await once(child.stdout, 'data')) as [Buffer]
    expect(Number.parseFloat(String(fraction))).toBeLessThan(1)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const workspace = openWorkspace(folder)
    expect(workspace.corpora.list().map(({ name, splits }) => [name, splits.train.sentences])).toEqual([['news', 1]])
    expect(workspace.health().integrity).toBe('ok')
    const again = createCorpora(recordedContext(workspace), () => undefined)
    await again.import({ corpus: 'news', split: 'train', taskId: 'task', files: onDisk({ name: 'b.json', text }) })
    expect((await again.list())[0]?.splits.train.sentences).toBe(20_001)
    workspace.close()
  })
})

describe('exporting', () => {
  it('writes what reads back as the same corpus, history included', async () => {
    const { exportText, corpora, load, workspace } = open()
    await load('a.json', tripleFile(mara))
    await load('b.json', tripleFile(ada), 'test')
    const corpusId = (await corpora.list())[0]?.corpusId ?? 0
    const [sentence] = (await corpora.sentences({ corpusId, filter: {}, offset: 0, limit: 1 })).rows
    const review = { isReviewed: false, isFlagged: false, note: '' }
    const change = { kind: 'review', before: review, after: { ...review, isReviewed: true } } as const
    workspace.annotations.apply(sentence?.sentenceId ?? 0, 'Ada', 'Reviewed', [change], 5)
    const { fileName, text, losses } = await exportText({ corpusId, format: 'jsonl', split: null })
    expect([fileName, losses]).toEqual(['news.jsonl', []])
    await corpora.import({ corpus: 'copy', split: 'dev', files: onDisk({ name: fileName, text }), taskId: 'task' })
    const copy = (await corpora.list())[1]
    expect(copy?.splits).toEqual((await corpora.list())[0]?.splits)
    expect(await exportText({ corpusId: copy?.corpusId ?? 0, format: 'jsonl', split: null })).toMatchObject({
      text,
    })
  })

  it('names what the format cannot hold, and refuses what it cannot do', async () => {
    const { exportText, corpora, load } = open()
    await load('a.json', tripleFile(mara))
    await load('b.json', tripleFile(ada), 'test')
    const corpusId = (await corpora.list())[0]?.corpusId ?? 0
    expect(await exportText({ corpusId, format: 'casrel-json', split: 'test' })).toMatchObject({
      fileName: 'news-test.json',
      losses: [],
    })
    expect((await exportText({ corpusId, format: 'casrel-json', split: null })).losses).toEqual([
      '2 documents of 2 splits lose their split',
    ])
    await expect(exportText({ corpusId, format: 'plain-text', split: null })).rejects.toThrow(
      '"plain-text" is no format that Espalier writes. Choose one of these: jsonl',
    )
    await expect(exportText({ corpusId, format: 'jsonl', split: 'dev' })).rejects.toThrow('no sentences in dev')
    expect((await corpora.formats()).map(({ name, canExport }) => [name, canExport])).toContainEqual([
      'plain-text',
      false,
    ])
  })
})

describe('statistics', () => {
  it('count what is there, and what memory alone and a perfect model would score', async () => {
    const { corpora, load } = open()
    await load('a.json', tripleFile(mara, ada, ['Mara']))
    await load('b.json', tripleFile(mara, ['Ada left .', ['Ada', 'left', 'Nobody']]), 'test')
    const statistics = await corpora.statistics({ corpusId: (await corpora.list())[0]?.corpusId ?? 0 })
    expect(statistics.splits[0]).toEqual({
      split: 'train',
      sentences: 3,
      tokens: 12,
      tokensWithPos: 0,
      uniqueTriples: 3,
      relationTypes: 2,
      spans: 4,
      multiTokenSpans: 1,
      classes: {
        list: { Normal: 1, SEO: 1, EPO: 0, SOO: 0, normalWithoutSoo: 1 },
        set: { Normal: 1, SEO: 1, EPO: 0, SOO: 0, normalWithoutSoo: 1 },
      },
      tripleCounts: [
        { label: 'none', count: 1 },
        { label: '1', count: 1 },
        { label: '2', count: 1 },
        ...['3', '4', '5 or more'].map((label) => ({ label, count: 0 })),
      ],
      lengths: { min: 1, median: 5, p95: 6, max: 6 },
      ambiguousAnchors: 1,
      unanchored: 1,
    })
    expect(statistics.relationTypes.slice(0, 2)).toEqual([
      { label: 'founder_of', count: 2 },
      { label: 'in', count: 2 },
    ])
    expect(statistics.memoryFloor?.scores).toMatchObject({ gold: 2, predicted: 1, correct: 1 })
    expect(statistics.oracle?.exact).toMatchObject({ gold: 2, correct: 1, recall: 0.5 })
  })

  it('say nothing of scores where there is nothing to score', async () => {
    const { corpora, load } = open()
    await load('a.json', tripleFile(mara))
    const corpusId = (await corpora.list())[0]?.corpusId ?? 0
    const { memoryFloor, oracle, splits } = await corpora.statistics({ corpusId })
    expect([memoryFloor, oracle]).toEqual([null, null])
    expect(splits[2]?.lengths).toEqual({ min: 0, median: 0, p95: 0, max: 0 })
  })
})

describe('a label set', () => {
  it('takes new types and refuses one that contradicts itself', async () => {
    const { corpora, labels, load, events } = open()
    await load('a.json', tripleFile(mara))
    const corpusId = (await corpora.list())[0]?.corpusId ?? 0
    const held = await labels.get({ corpusId })
    const wider = {
      entityTypes: [{ name: 'ENTITY', key: 'e' }, { name: 'PLACE' }],
      relationTypes: [...held.relationTypes],
      signatures: [...held.signatures],
    }
    expect(await labels.update({ corpusId, labels: wider })).toEqual(wider)
    expect(events.filter(({ type }) => type === 'corpora-changed')).toHaveLength(2)
    const refuse = (part: Partial<Parameters<typeof labels.update>[0]['labels']>) =>
      expect(labels.update({ corpusId, labels: { ...wider, ...part } })).rejects
    await refuse({ entityTypes: [{ name: 'PLACE' }] }).toThrow('ENTITY is used 2 times')
    await refuse({ relationTypes: [...held.relationTypes, { name: 'founder_of' }] }).toThrow('founder_of stands twice')
    await refuse({ entityTypes: [...wider.entityTypes, { name: 'X', key: 'e' }] }).toThrow('given to both ENTITY and X')
    await refuse({ signatures: [{ relation: 'founder_of', subject: 'PERSON', object: 'PLACE' }] }).toThrow(
      'names PERSON',
    )
    expect(await labels.get({ corpusId })).toEqual(wider)
  })
})
