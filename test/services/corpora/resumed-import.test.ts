/** An import whose program is killed goes on where it was, and gives what an uninterrupted one gives, row by row. */
import { spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CallInputs } from '#main/api/handlers'
import type { Services } from '#main/services/services'
import { openDatabase } from '#main/storage/database'
import { createTextHash } from '#main/services/corpora/text-prefix'
import { openTestServices, temporaryFolder } from '../../support/services.ts'

type Request = CallInputs['corpora']['import']

const entry = path.join(import.meta.dirname, '..', '..', 'support', 'import-entry.ts')

/** Starts the import, which kills itself at one of its writes to the database; true when it was done before. */
function importUntilKilled(
  folder: string,
  asked: Request,
  fatalWrite: number,
  act: 'import' | 'previewImport' = 'import',
  way: 'by path' | 'sent' = 'by path',
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const words = [entry, folder, act, JSON.stringify(asked), String(fatalWrite), way]
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(false)
      else if (code === 0) resolve(true)
      else reject(new Error(`it ended by itself: ${complaint}`))
    })
  })
}

const request = (files: readonly string[], taskId = 'again'): Request => ({
  ...{ corpus: 'news', split: 'train' as const, taskId },
  files: files.map((file) => ({ file: { path: file } })),
})

/** Every row that an import writes, without the numbers that SQLite gives. */
function rowsOf(folder: string) {
  const database = openDatabase(path.join(folder, 'espalier.sqlite'))
  try {
    const read = (sql: string) => database.all(sql)
    return {
      corpora: read('SELECT name, labels, is_staging, publishing IS NULL AS settled FROM corpus ORDER BY name'),
      docs: read(
        'SELECT file, source_id, text, tokens, split FROM doc JOIN corpus USING (corpus_id) WHERE is_staging = 0 ORDER BY doc_id',
      ),
      sentences: read(
        `SELECT split, position, text, tokens, span_count, triple_count, overlap, exact_hash FROM sentence ORDER BY split, position`,
      ),
      spans: read(
        `SELECT s.split, s.position, i.position AS at, start_token, end_token, label FROM span AS i JOIN sentence AS s USING (sentence_id)
         ORDER BY 1, 2, 3`,
      ),
      relations: read(
        `SELECT s.split, s.position, i.position AS at, subject, type, object FROM relation AS i JOIN sentence AS s USING (sentence_id)
         ORDER BY 1, 2, 3`,
      ),
      counts: read('SELECT split, kind, label, count, sentences FROM label_count WHERE count > 0 ORDER BY 1, 2, 3'),
      totals: read(
        'SELECT split, overlap, sentences, spans, triples FROM sentence_count WHERE sentences > 0 ORDER BY 1, 2',
      ),
      found: read(`SELECT count(*) AS found FROM sentence_text WHERE sentence_text MATCH '"name7"'`),
      problems: read('SELECT file, line, severity, message FROM import_problem ORDER BY problem_id'),
      files: read('SELECT name, split, sha256 FROM imported_file ORDER BY name'),
      jobs: read(`SELECT kind, state FROM job WHERE state <> 'finished'`),
    }
  } finally {
    database.close()
  }
}

/** Some files of triples; each tenth record cannot be taken. */
function makeFiles(folder: string, records: number): string[] {
  mkdirSync(folder, { recursive: true })
  return ['a.json', 'b.json'].map((name, file) => {
    const list = Array.from({ length: records }, (_, at) =>
      at % 10 === 9
        ? { text: 7 }
        : { text: `name${at} left city${file} for town .`, triple_list: [[`name${at}`, 'left', `city${file}`]] },
    )
    const place = path.join(folder, name)
    writeFileSync(place, JSON.stringify(list))
    return place
  })
}

async function withServices<T>(folder: string, work: (services: Services) => Promise<T>): Promise<T> {
  const services = await openTestServices(folder)
  try {
    return await work(services)
  } finally {
    await services.close()
  }
}

const { importId: _, ...noReport } = { importId: null }
const reportOf = (report: object) => ({ ...report, ...noReport })

describe('an import whose program is killed', () => {
  it('goes on with the same request and gives the rows and the report of an uninterrupted one', async () => {
    const folder = temporaryFolder()
    const files = makeFiles(path.join(folder, 'files'), 60)
    const [whole, killed] = ['whole', 'killed'].map((name) => path.join(folder, name))
    if (!whole || !killed) throw new Error('there are two')
    const expected = await withServices(whole, ({ handlers }) => handlers.corpora.import(request(files)))
    const progress: number[] = []
    for (const fatalWrite of [100, 151, 222, 333]) {
      expect(await importUntilKilled(killed, request(files), fatalWrite)).toBe(false)
      const database = openDatabase(path.join(killed, 'espalier.sqlite'))
      progress.push(database.get<{ docs: number }>(`SELECT json_extract(cursor, '$.docs') AS docs FROM job`)?.docs ?? 0)
      // nothing of it is in sight
      expect(database.column('SELECT count(*) FROM corpus WHERE is_staging = 0')).toEqual([0])
      database.close()
    }
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBeGreaterThan(0)
    const report = await withServices(killed, ({ handlers }) => handlers.corpora.import(request(files)))
    expect(reportOf(report)).toEqual(reportOf(expected))
    expect(rowsOf(killed)).toEqual(rowsOf(whole))
  })

  it('goes on by its job too, and then comes into sight', async () => {
    const folder = temporaryFolder()
    const files = makeFiles(path.join(folder, 'files'), 30)
    const killed = path.join(folder, 'killed')
    expect(await importUntilKilled(killed, request(files), 150)).toBe(false)
    await withServices(killed, async ({ handlers }) => {
      const [job] = (await handlers.jobs.list({ offset: 0, limit: 10 })).jobs
      expect(job).toMatchObject({ kind: 'import', state: 'interrupted', title: 'import a.json, b.json into news' })
      await handlers.jobs.resume({ jobId: job?.jobId ?? 0 })
      await expect
        .poll(async () => (await handlers.jobs.get({ jobId: job?.jobId ?? 0 })).state, { timeout: 60_000 })
        .toBe('finished')
      expect((await handlers.corpora.list()).map(({ name, splits }) => [name, splits.train.sentences])).toEqual([
        ['news', 54],
      ])
    })
  })

  /** Kills the act some times, lets the same import go on, and expects what an uninterrupted one gives. */
  async function expectSame(
    prepare: (folder: string) => Promise<Request>,
    act: 'import' | 'previewImport' = 'import',
  ): Promise<void> {
    const root = temporaryFolder()
    const [whole, killed] = ['whole', 'killed'].map((name) => path.join(root, name))
    if (!whole || !killed) throw new Error('there are two')
    const wanted = await prepare(whole)
    const expected = await withServices(whole, ({ handlers }) => handlers.corpora.import(wanted))
    const asked = await prepare(killed)
    const before = rowsOf(killed)
    for (const fatalWrite of [150, 250]) {
      expect(await importUntilKilled(killed, asked, fatalWrite, act)).toBe(false)
      expect(rowsOf(killed)).toMatchObject({ docs: before.docs, files: before.files })
    }
    const report = await withServices(killed, ({ handlers }) => handlers.corpora.import(asked))
    expect(reportOf(report)).toEqual(reportOf(expected))
    expect(rowsOf(killed)).toEqual(rowsOf(whole))
  }

  /** The files and the workspace with nothing in it. */
  const plain = async (folder: string): Promise<Request> => {
    await withServices(folder, () => Promise.resolve())
    return request(makeFiles(path.join(path.dirname(folder), 'files'), 60))
  }

  it('goes on into a corpus that is there, whose sentences stay what they were', async () => {
    await expectSame(async (folder) => {
      const asked = await plain(folder)
      const [first] = makeFiles(path.join(path.dirname(folder), 'first'), 20).slice(1)
      await withServices(folder, ({ handlers }) => handlers.corpora.import(request(first ? [first] : [])))
      return asked
    })
  })

  it('goes on with files of several annotators that are joined', async () => {
    await expectSame(async (folder) => {
      await plain(folder)
      const files = ['ada', 'ben'].map((name) => {
        const file = path.join(path.dirname(folder), `${name}.jsonl`)
        const lines = Array.from({ length: 60 }, (_, at) => ({
          ...{ text: `Mara${at} left city .`, relations: [] },
          entities: [{ id: 1, label: name === 'ada' ? 'PER' : 'LOC', start_offset: 0, end_offset: 4 }],
        }))
        writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
        return file
      })
      return request(files)
    })
  })

  it('goes on with files that a browser sent, which go when they are imported', async () => {
    const root = temporaryFolder()
    const [whole, killed] = [path.join(root, 'whole'), path.join(root, 'killed')]
    const files = makeFiles(path.join(root, 'files'), 30)
    const expected = await withServices(whole, ({ handlers }) => handlers.corpora.import(request(files)))
    expect(await importUntilKilled(killed, request(files), 100, 'import', 'sent')).toBe(false)
    const incoming = path.join(killed, 'incoming')
    const sent = readdirSync(incoming).flatMap((file) => {
      if (!file.endsWith('.json')) return []
      const { name } = JSON.parse(readFileSync(path.join(incoming, file), 'utf8')) as { readonly name: string }
      return [{ file: { uploadId: path.basename(file, '.json'), name } }]
    })
    const asked = { ...request([]), files: sent.toSorted((one, other) => (one.file.name < other.file.name ? -1 : 1)) }
    expect(asked.files.map(({ file }) => file.name)).toEqual(['a.json', 'b.json'])
    const report = await withServices(killed, ({ handlers }) => handlers.corpora.import(asked))
    expect(reportOf(report)).toEqual(reportOf(expected))
    expect(rowsOf(killed)).toEqual(rowsOf(whole))
    expect(readdirSync(incoming)).toEqual([])
  })

  it('goes on where a preview of the same files was', async () => {
    await expectSame(plain, 'previewImport')
  })

  it('is not brought into sight by the job of a preview: the same files go on with it, and wait for a person', async () => {
    const root = temporaryFolder()
    const folder = path.join(root, 'killed')
    const asked = await plain(folder)
    expect(await importUntilKilled(folder, asked, 150, 'previewImport')).toBe(false)
    await withServices(folder, async ({ handlers }) => {
      const [job] = (await handlers.jobs.list({ offset: 0, limit: 10 })).jobs
      expect(job).toMatchObject({ state: 'interrupted', title: 'preview of a.json, b.json for news' })
      expect(job?.needs).toMatch(/Choose the same files for the same corpus again/)
      await expect(handlers.jobs.resume({ jobId: job?.jobId ?? 0 })).rejects.toThrow('nothing is imported unasked')
      const { importId, sentences } = await handlers.corpora.previewImport(asked)
      expect([importId === null, sentences]).toEqual([false, 108])
      expect(await handlers.corpora.list()).toEqual([])
      await handlers.corpora.publishImport({ importId: importId ?? 0 })
      expect((await handlers.corpora.list()).map(({ name }) => name)).toEqual(['news'])
    })
    expect(rowsOf(folder).jobs).toEqual([])
  })

  it('fails with the name of a file that has changed or is gone, and leaves nothing', async () => {
    for (const spoil of [
      (file: string) => appendFileSync(file, ' '),
      (file: string) => utimesSync(file, 1, 1),
      (file: string) => rmSync(file),
    ]) {
      const folder = temporaryFolder()
      const files = makeFiles(path.join(folder, 'files'), 30)
      const killed = path.join(folder, 'killed')
      expect(await importUntilKilled(killed, request(files), 150)).toBe(false)
      spoil(files[0] ?? '')
      await withServices(killed, async ({ handlers }) => {
        const [job] = (await handlers.jobs.list({ offset: 0, limit: 10 })).jobs
        const jobId = job?.jobId ?? 0
        await handlers.jobs.resume({ jobId })
        await expect.poll(async () => (await handlers.jobs.get({ jobId })).state, { timeout: 60_000 }).toBe('failed')
        expect((await handlers.jobs.get({ jobId })).failure).toContain('a.json')
        expect(await handlers.corpora.list()).toEqual([])
      })
      await withServices(killed, async ({ handlers }) => expect(await handlers.corpora.list()).toEqual([]))
      expect(rowsOf(killed).sentences).toEqual([])
    }
  })
})

describe('the beginning of a text that is read again', () => {
  const former = () => {
    const hash = createTextHash('a.txt', null)
    for (const piece of ['Mara ', 'Velt ']) hash.update(piece)
    return hash.prefix()
  }
  it('may come in other pieces', () => {
    const again = createTextHash('a.txt', former())
    for (const piece of ['M', 'ara Velt left ', '.']) again.update(piece)
    const plain = createTextHash('a.txt', null)
    plain.update('Mara Velt left .')
    expect(again.finish()).toBe(plain.finish())
  })

  it('is refused by name when it is another one, or ends before', () => {
    const other = createTextHash('a.txt', former())
    expect(() => ['Mara V', 'ilt left'].forEach((piece) => other.update(piece))).toThrow(/^a\.txt has changed since/)
    const shorter = createTextHash('a.txt', former())
    shorter.update('Mara')
    expect(() => shorter.finish()).toThrow(/^a\.txt has changed since/)
  })
})
