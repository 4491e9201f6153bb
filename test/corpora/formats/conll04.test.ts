/** CoNLL04 in the layouts of Roth and Yih and of multi-head selection. */
import { describe, expect, it } from 'vitest'
import { conll04Multihead } from '#main/corpora/formats/conll04-multihead/read'
import { readPythonList, writePythonList } from '#main/corpora/formats/conll04-multihead/python-list'
import { conll04Roth } from '#main/corpora/formats/conll04-roth/read'
import { joinWords, splitCells } from '#main/corpora/formats/conll04-roth/words'
import { wordsOf } from '#main/text/words'
import { readText, writeText } from '../../support/corpus-files.ts'

const row = (...cells: readonly (string | number)[]) => cells.join('\t')
const roth = [
  row(7, 'Peop', 0, 'O', 'NNP/NNP', 'Mara/Velt', 'O', 'O', 'O'),
  row(7, 'O', 1, 'O', 'VBD', 'founded', 'O', 'O', 'O'),
  row(7, 'Org', 2, 'O', 'NNP/NNP', 'Orbisk/Labs', 'O', 'O', 'O'),
  row(7, 'O', 3, 'O', ',', 'COMMA', 'O', 'O', 'O'),
  row(7, 'Loc', 4, 'O', 'CD', '3/4', 'O', 'O', 'O'),
  '',
  row(0, 2, 'founder_of'),
  row(2, 4, 'based_in'),
  '',
  row(8, 'O', 0, 'O', 'UH', 'Yes', 'O', 'O', 'O'),
  '',
  '',
  row(9, 'Peop', 0, 'O', 'NNP', 'Ada', 'O', 'O', 'O'),
  '',
  '',
].join('\n')

const spansOf = ({ docs }: Awaited<ReturnType<typeof readText>>) =>
  docs.map(({ text, tokens, annotations }) =>
    annotations.flatMap(({ spans }) =>
      spans.map(({ start, end, label }) => `${wordsOf(text, tokens).slice(start, end).join(' ')}:${label}`),
    ),
  )

describe('CoNLL04 of Roth and Yih', () => {
  it('has entities of several words in one row, and relations by rows', async () => {
    const read = await readText(conll04Roth, roth, 'conll04.corp')
    expect(read.counts).toMatchObject({ accepted: 3, rejected: 0 })
    expect(spansOf(read)).toEqual([['Mara Velt:Peop', 'Orbisk Labs:Org', '3/4:Loc'], [], ['Ada:Peop']])
    expect(read.docs[0]?.text).toBe('Mara Velt founded Orbisk Labs , 3/4')
    expect(read.docs[0]?.annotations[0]?.relations).toMatchObject([
      { subject: 's1', type: 'founder_of', object: 's2' },
      { subject: 's2', type: 'based_in', object: 's3' },
    ])
  })

  it('is written in the same layout, with the sentences counted from 0', async () => {
    const { docs, labels } = await readText(conll04Roth, roth, 'conll04.corp')
    const { text, losses } = await writeText(conll04Roth, docs, labels)
    expect(text).toBe(`${roth.replaceAll(/^[789](?=\t)/gm, (number) => String(Number(number) - 7))}\n`)
    expect(losses).toEqual([])
  })

  it('may relate a row that is no entity, which becomes a span without a type', async () => {
    const read = await readText(conll04Roth, roth.replace(row(2, 4, 'based_in'), row(2, 1, 'based_in')), 'a')
    expect(spansOf(read)[0]).toContain('founded:ENTITY')
    expect(read.problems).toMatchObject([{ severity: 'note', message: expect.stringContaining('no entity') as string }])
  })

  it('rejects a sentence by the line that is amiss', async () => {
    const bad = roth.replace(row(0, 2, 'founder_of'), row(0, 99, 'founder_of')).replace('8\tO\t0', '8\tO')
    const { problems, counts } = await readText(conll04Roth, bad, 'a')
    expect(counts).toMatchObject({ accepted: 1, rejected: 2 })
    expect(problems.map(({ message }) => message)).toEqual([
      'line 7: expected the number of a row of its sentence, found "99"',
      'line 10: expected nine columns set apart by tabs, the third a row number, found 8',
    ])
  })

  it.each([
    [['and/or', 'x'], ['CC', 'NN'], true],
    [['a\\/b', 'c/d'], [undefined, undefined], true],
    [['1/2'], [undefined], true],
    [['1/2'], ['CD'], true],
    [['1/2'], [undefined], false],
    [['\\'], [undefined], true],
    [[','], [','], false],
  ])('keeps slashes within words: %j', (words, pos, isEntity) => {
    const cells = joinWords(words, pos, isEntity)
    expect(splitCells(cells.words, cells.pos, isEntity)).toEqual({ words, pos, isAmbiguous: false })
  })

  it('splits at each slash where words and parts of speech do not match, and counts it', async () => {
    const { repairs } = await readText(conll04Roth, row(0, 'Other', 0, 'O', 'CD/CD', '1/2/3/4', 'O', 'O', 'O'), 'a')
    expect(repairs).toEqual(['1 entity with other numbers of words and parts of speech, split at each slash'])
  })
})

const multihead = `#doc 5121
0\tMara\tB-Peop\t['N']\t[0]
1\tVelt\tI-Peop\t['founder_of', 'lives_in']\t[4, 6]
2\tfounded\tO\t['N']\t[2]
3\tOrbisk\tB-Org\t['N']\t[3]
4\tLabs\tI-Org\t['based_in']\t[6]
5\tin\tO\t['N']\t[5]
6\tTarnow\tB-Loc\t['N']\t[6]
`

describe('CoNLL04 of multi-head selection', () => {
  it('has relations on the last words of both spans, and is written the same', async () => {
    const { docs, labels, counts } = await readText(conll04Multihead, multihead, 'train.txt')
    expect(counts).toMatchObject({ accepted: 1 })
    expect(docs[0]?.annotations[0]).toMatchObject({
      spans: [
        { start: 0, end: 2, label: 'Peop' },
        { start: 3, end: 5, label: 'Org' },
        { start: 6, end: 7, label: 'Loc' },
      ],
      relations: [
        { subject: 's1', type: 'founder_of', object: 's2' },
        { subject: 's1', type: 'lives_in', object: 's3' },
        { subject: 's2', type: 'based_in', object: 's3' },
      ],
    })
    const { text, losses } = await writeText(conll04Multihead, docs, labels)
    expect(text).toBe(multihead)
    expect(losses).toEqual([])
  })

  it.each([
    [`['N']\t[9]`, /line 2: expected a list of numbers of words, from 0 to 0, found \[9\]/],
    [`['x', 'y']\t[0]`, /line 2: expected as many words as types, found 1 and 2/],
    [`[__import__('os')]\t[0]`, /line 2: expected a list of strings/],
    ['N\t0', /line 2: expected a number, a word, a tag and two lists/],
  ])('rejects a document whose lists are amiss: %s', async (lists, message) => {
    const { problems, docs } = await readText(conll04Multihead, `#doc 1\n0\tMara\tB-Peop\t${lists}\n`, 'train.txt')
    expect(docs).toEqual([])
    expect(problems).toMatchObject([{ line: 1, message: expect.stringMatching(message) as string }])
  })

  it('reads lists of Python, and nothing else', () => {
    expect(readPythonList(`['a', "b'c", 'd\\'e', 7, -1]`)).toEqual(['a', "b'c", "d'e", 7, -1])
    expect(readPythonList('[]')).toEqual([])
    for (const bad of ['', '[', "['a'", "['a' 'b']", '[a]', "['a',,]", '[1.5]', "['a'] + []"])
      expect(readPythonList(bad)).toBeNull()
    expect(readPythonList(writePythonList(["it's", '\\', 5]))).toEqual(["it's", '\\', 5])
  })
})
