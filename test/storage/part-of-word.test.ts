/** Search for part of a word in scripts that set no words apart, and prefixes of words in all others. */
import fc from 'fast-check'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '#main/storage/database'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { dividedText } from '#main/text/divided'
import { makeCorpus, temporaryFolder, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

const texts = [
  '我在北京大学读书。',
  '中国人民银行在北京，大学在上海。',
  '東京タワーに行きました',
  'わたしはひらがなです',
  'ฉันกินข้าวที่กรุงเทพมหานคร',
  'ขอไปด้วยกันนะ',
  'ຂ້ອຍຢູ່ວຽງຈັນ',
  'ខ្ញុំនៅភ្នំពេញ',
  '我的iPhone手机坏了',
  'Mara founded Orbisk in Tarnow',
]

function open() {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(workspace, tripleDocs(...texts.map((text) => [text] as const)))
  const found = (search: string): number[] => {
    const { rows, total } = workspace.corpora.sentencePage(corpusId, { search }, 0, 100)
    expect(total).toBe(rows.length)
    return rows.map(({ text }) => texts.indexOf(text))
  }
  return { workspace, corpusId, found }
}

describe('a search', () => {
  it.each([
    ['大学', [0, 1]],
    ['京大', [0, 1]], // also across punctuation, as a phrase of other words is
    ['民银', [1]],
    ['学大', []],
    ['京', [0, 1, 2]],
    ['タワー', [2]],
    ['がな', [3]],
    ['かな', []],
    ['กรุงเทพ', [4]],
    ['กิน', [4]],
    ['กัน', [5]],
    ['ວຽງ', [6]],
    ['ភ្នំ', [7]],
    ['手机', [8]],
    ['iphone', [8]],
    ['iPh', [8]],
    ['iPhone手', [8]],
    ['北京 上海', [1]],
    ['"人民银行"', [1]],
    ['Orb', [9]],
    ['bisk', []],
    ['"in Tarnow"', [9]],
    ['，', []],
  ] as const)('for %s finds part of words where no spaces are, and prefixes elsewhere', (search, places) => {
    expect(open().found(search)).toEqual(places)
  })

  it('finds every part of every text', () => {
    const { found } = open()
    fc.assert(
      fc.property(fc.nat(8), fc.nat(), fc.integer({ min: 1, max: 6 }), (at, start, length) => {
        const letters = [...(texts[at] ?? '')]
        const from = start % letters.length
        const part = letters.slice(from, from + length).join('')
        fc.pre(/^[\p{Script=Han}\p{Script=Hiragana}]+$/u.test(part))
        expect(found(part)).toContain(at)
      }),
      { numRuns: 200 },
    )
  })

  it('finds what was imported out of sight, and forgets what was erased', async () => {
    const { workspace, corpusId, found } = open()
    const staged = workspace.corpora.stage()
    await staged.add('train', 'b.json', tripleDocs(['新的大学']), setImmediate)
    await staged.index(setImmediate)
    const steps = workspace.transaction(() => staged.publishInto(corpusId))
    while (!workspace.transaction(() => steps.next().done)) continue
    expect(found('大学').length).toBe(3)
    workspace.eraser.add(corpusId)
    while (workspace.eraser.step()) continue
    const other = workspace.corpora.create('other', { entityTypes: [], relationTypes: [], signatures: [] })
    workspace.corpora.addDocs(other, 'train', 'c.json', tripleDocs(['东京']))
    expect(workspace.corpora.sentencePage(other, { search: '大学' }, 0, 9).total).toBe(0)
    expect(workspace.corpora.sentencePage(other, { search: '京' }, 0, 9).total).toBe(1)
    expect((await workspace.check()).findings).toEqual([])
  })
})

describe('the index of letters', () => {
  it('is made for the sentences of an older workspace', () => {
    const database = openDatabase(`${temporaryFolder()}/old.sqlite`)
    const before = migrations.findIndex(({ name }) => name.endsWith('-letters'))
    migrate(database, 1, migrations.slice(0, before))
    database.run(`INSERT INTO corpus (corpus_id, name, labels, created_ms) VALUES (1, 'old', '{}', 1)`)
    database.run(
      `INSERT INTO doc (doc_id, corpus_id, split, file, source_id, text, tokens) VALUES (1, 1, 0, 'a', 'a', '', '[]')`,
    )
    for (const [at, text] of texts.entries())
      database.run(
        `INSERT INTO sentence (doc_id, corpus_id, split, position, first_token, text, tokens, span_count, triple_count, overlap,
           ambiguous_anchors, repeated_triples) VALUES (1, 1, 0, ?, 0, ?, '[]', 0, 0, 0, 0, 0)`,
        ...[at + 1, text],
      )
    migrate(database, 2)
    const rows = database.column<number>(`SELECT rowid FROM sentence_letters WHERE sentence_letters MATCH '"京 大"'`)
    expect(rows).toEqual([1, 2])
    expect(database.get('SELECT count(*) AS total FROM sentence_letters_docsize')).toEqual({ total: 9 })
    database.close()
  })

  it('holds only text of such scripts, with marks that tell words apart', () => {
    expect(dividedText('Mara Velt, née Ørsted')).toBeNull()
    expect(dividedText('a北京')?.split(' ').filter(Boolean)).toEqual(['a', '北', '京'])
    expect(dividedText('กิน')).not.toBe(dividedText('กัน'))
    expect(dividedText('か\u3099')).toBe(dividedText('が'))
  })
})
