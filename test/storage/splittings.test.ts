/** How texts were split into words and sentences is kept with every document. */
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { textToDoc } from '#main/corpora/formats/plain-text/read'
import { openDatabase } from '#main/storage/database'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { openWorkspace } from '#main/storage/workspace'
import { splittingRules } from '#main/text/splitting'
import { makeCorpus, temporaryFolder, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

const german = { language: 'de', han: 'characters', rules: splittingRules } as const

describe('how documents were split', () => {
  it('comes out with each of them, and is counted', () => {
    const workspace = temporaryWorkspace()
    const docs = [
      textToDoc('Mara Velt wurde am 3. Mai geboren und ist die Leiterin.', 'a'),
      textToDoc('林晓舟创办了北辰科技。', 'b', { han: 'words' }),
      textToDoc('Sie wohnt in Tarnow.', 'c', { language: 'de' }),
    ]
    const given = tripleDocs(['Mara Velt left .']).map((doc) => ({ ...doc, splitting: undefined }))
    const corpusId = makeCorpus(workspace, [...docs, ...given])
    expect([...workspace.corpora.docsOf(corpusId, 'train')].flat().map(({ splitting }) => splitting)).toEqual([
      german,
      { language: 'zh', han: 'words', rules: splittingRules },
      german,
      undefined,
    ])
    const [most, ...others] = workspace.corpora.splittings(corpusId, 'train')
    expect(most).toEqual({ splitting: german, documents: 2 })
    expect(others).toContainEqual({ splitting: null, documents: 1 })
    expect(workspace.corpora.splittings(corpusId, null)).toHaveLength(3)
    expect(workspace.corpora.splittings(corpusId, 'dev')).toEqual([])
  })

  it('is not known of documents of older versions', () => {
    const folder = temporaryFolder()
    const database = openDatabase(join(folder, 'espalier.sqlite'))
    const before = migrations.findIndex(({ name }) => name.endsWith('-splitting'))
    migrate(database, 1, migrations.slice(0, before))
    database.script(`
      INSERT INTO corpus (corpus_id, name, labels, created_ms)
        VALUES (1, 'old', '{"entityTypes":[],"relationTypes":[],"signatures":[]}', 1);
      INSERT INTO doc (corpus_id, split, file, source_id, text, tokens) VALUES (1, 0, 'a.txt', 'a', 'Mara', '[0,4]');`)
    database.close()
    const workspace = openWorkspace(folder)
    onTestFinished(() => workspace.close())
    expect(workspace.corpora.splittings(1, null)).toEqual([{ splitting: null, documents: 1 }])
    const [doc] = [...workspace.corpora.docsOf(1, null)].flat()
    expect(doc).toMatchObject({ id: 'a', text: 'Mara' })
    expect(doc).not.toHaveProperty('splitting')
  })
})

it('the same words are found elsewhere in texts without spaces, and shown as the text writes them', () => {
  const workspace = temporaryWorkspace()
  const docs = tripleDocs(
    ['林晓舟创办了北辰科技。', ['林晓舟', 'founded', '北辰科技']],
    ['她说林晓舟住在海州。'],
    ['北辰的人不认识晓舟林。'],
    ['Orbisk公司 belongs to Mara .'],
    ['The Orbisk公司 grew .'],
  )
  const corpusId = makeCorpus(workspace, docs)
  expect(workspace.annotations.occurrences(corpusId, ['林', '晓', '舟'], 'PER')).toMatchObject([
    { position: 1, start: 0, end: 3, text: '林晓舟', after: '创办了北辰科技。', present: '林晓舟 is ENTITY' },
    { position: 2, start: 2, end: 5, before: '她说', text: '林晓舟', present: null },
  ])
  expect(workspace.annotations.occurrences(corpusId, ['Orbisk', '公', '司'], 'ORG')).toMatchObject([
    { position: 4, text: 'Orbisk公司' },
    { position: 5, text: 'Orbisk公司' },
  ])
})
