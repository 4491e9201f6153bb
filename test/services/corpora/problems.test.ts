/** Problems of an import: kept with the corpus, counted by kind however many there are, and found by page. */
import { describe, expect, it } from 'vitest'
import type { ProblemFilter } from '#main/document/import-problem'
import { createCorpora } from '#main/services/corpora/corpora'
import { openWorkspace } from '#main/storage/workspace'
import { onDisk } from '../../support/files-on-disk.ts'
import { recordedContext } from '../../support/recorded-context.ts'
import { temporaryFolder, tripleFile, type TripleRecord } from '../../support/temporary-workspace.ts'

function open(folder = temporaryFolder()) {
  const workspace = openWorkspace(folder)
  const corpora = createCorpora(recordedContext(workspace), () => undefined)
  const load = (name: string, text: string, split: 'train' | 'dev' = 'train') =>
    corpora.import({ corpus: 'news', split, files: onDisk({ name, text }), taskId: name })
  const problems = async (filter: ProblemFilter = {}, offset = 0, limit = 100) => {
    const [corpus] = await corpora.list()
    return corpora.problems({ corpusId: corpus?.corpusId ?? 0, filter, offset, limit })
  }
  return { workspace, corpora, load, problems, folder }
}

const lost = (name: string): TripleRecord => [`Ada met ${name} .`, ['Ada', 'met', `${name}x`]]
const bad = '[{"text": "Ada met Jon .", "triple_list": [["Ada", "met", "Jon"]]}, {"text": 3, "triple_list": []}]'

describe('the problems of an import', () => {
  it('are kept with file, record, severity and the sentence that a record became', async () => {
    const { load, problems, workspace } = open()
    await load('a.json', tripleFile(['Jon left .'], lost('Ben'), lost('Cid')))
    await load('b.json', bad, 'dev')
    const { rows, ...page } = await problems()
    expect(page).toMatchObject({ total: 3, kept: 3, severities: { rejected: 1, repaired: 0, note: 2 } })
    expect(page.files).toMatchObject([
      { label: 'a.json', count: 2 },
      { label: 'b.json', count: 1 },
    ])
    expect(page.kinds[0]).toMatchObject({ severity: 'note', count: 2, label: expect.stringMatching(/^"…" .*stand/) })
    expect(rows).toMatchObject([
      { file: 'a.json', line: 2, severity: 'note', sentence: { split: 'train', position: 2 } },
      { file: 'a.json', line: 3, severity: 'note', sentence: { split: 'train', position: 3 } },
      { file: 'b.json', line: 2, severity: 'rejected', sentence: null },
    ])
    const [first] = rows
    expect(workspace.corpora.sentence(first?.sentence?.sentenceId ?? 0).text).toBe('Ada met Ben .')
    expect(first?.message).toContain('"Benx"')
    workspace.close()
  })

  it('are found by severity, file and kind, a page at a time', async () => {
    const { load, problems, workspace } = open()
    await load('a.json', tripleFile(lost('Ben'), lost('Cid'), lost('Dan')))
    await load('b.json', bad)
    expect((await problems({ severity: 'rejected' })).rows).toMatchObject([{ file: 'b.json' }])
    expect(await problems({ file: 'a.json' }, 1, 1)).toMatchObject({ total: 3, rows: [{ line: 2 }] })
    const [kind] = (await problems({ severity: 'note' })).kinds
    expect(await problems({ kind: kind?.label })).toMatchObject({ total: 3, kept: 3 })
    expect(await problems({ kind: 'none' })).toMatchObject({ total: 0, rows: [] })
    workspace.close()
  })

  it('are counted rightly where there are more than are kept, and are there after the workspace was closed', async () => {
    const { load, folder, workspace } = open()
    await load('a.json', tripleFile(...Array.from({ length: 5200 }, (_, at) => lost(`Ben${at}`))))
    workspace.close()
    const again = open(folder)
    const page = await again.problems()
    expect(page).toMatchObject({ total: 5200, kept: 5000, kinds: [{ count: 5200 }], files: [{ count: 5200 }] })
    expect((await again.problems({}, 4999, 10)).rows).toMatchObject([{ line: 5000 }])
    again.workspace.close()
  })

  it('count what was repaired many times, and name the first of it', async () => {
    const { load, problems, workspace } = open()
    await load(
      'a.json',
      '[{"text": "7 left .", "triple_list": [[7, "is", "left"]]}, {"text": "8 left .", "triple_list": [[8, "is", "left"]]}]',
    )
    const page = await problems({ severity: 'repaired' })
    expect(page).toMatchObject({
      total: 2,
      kept: 1,
      kinds: [{ count: 2 }],
      rows: [{ line: 1, sentence: { position: 1 } }],
    })
    workspace.close()
  })

  it('are one kind whether a file has one of them or several', async () => {
    const { load, problems, workspace } = open()
    const numbered = (...names: number[]) =>
      JSON.stringify(names.map((name) => ({ text: `${name} left .`, triple_list: [[name, 'is', 'left']] })))
    await load('a.json', numbered(7))
    await load('b.json', numbered(8, 9))
    const { kinds } = await problems({ severity: 'repaired' })
    expect(kinds).toMatchObject([{ label: 'numbers taken as text', count: 3 }])
    expect((await problems({ kind: kinds[0]?.label })).rows.map(({ file }) => file)).toEqual(['a.json', 'b.json'])
    workspace.close()
  })

  it('go with a preview that is discarded, and with their corpus', async () => {
    const { corpora, load, problems, workspace } = open()
    const request = {
      corpus: 'news',
      split: 'train',
      files: onDisk({ name: 'a.json', text: bad }),
      taskId: 'x',
    } as const
    const { importId } = await corpora.previewImport(request)
    await corpora.discardImport({ importId: importId ?? 0 })
    while (workspace.eraser.step()) continue
    await load('b.json', bad)
    const [corpus] = await corpora.list()
    expect((await problems()).rows).toMatchObject([{ file: 'b.json' }])
    workspace.eraser.add(corpus?.corpusId ?? 0)
    while (workspace.eraser.step()) continue
    expect(workspace.corpora.problems(corpus?.corpusId ?? 0, {}, 0, 9)).toMatchObject({ total: 0, kept: 0 })
    expect(workspace.health().integrity).toBe('ok')
    workspace.close()
  })
})
