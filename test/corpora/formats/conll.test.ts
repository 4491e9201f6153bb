/** Columns with tags: which column holds what and which scheme the tags have is found in the whole file, or chosen. */
import { describe, expect, it } from 'vitest'
import { conll } from '#main/corpora/formats/conll/read'
import { decodeTags, type TagScheme } from '#main/corpora/shared/decode-tags'
import { readText, writeText } from '../../support/corpus-files.ts'

const read = async (text: string, settings = {}, name = 'a.conll') => await readText(conll, text, name, settings)
const evidenceOf = async (text: string) => (await read(text)).evidence ?? ''
const spansOf = async (text: string, settings = {}) =>
  (await read(text, settings)).docs.flatMap(({ annotations }) =>
    annotations.map(({ spans }) => spans.map(({ start, end, label }) => `${start}-${end} ${label}`)),
  )

const conll2003 = `-DOCSTART- -X- -X- O

Mara NNP B-NP B-PER
Velt NNP I-NP E-PER
founded VBD B-VP O
Orbisk NNP B-NP B-ORG
Labs NNPS I-NP E-ORG
in IN B-PP O
Tarnow NNP B-NP S-LOC
. . O O

-DOCSTART- -X- -X- O

She PRP B-NP O

It PRP B-NP O

`

describe('a file of columns', () => {
  it('has its columns and scheme found, and says what showed them', async () => {
    const { docs, problems, evidence, counts } = await read(conll2003)
    expect(problems).toEqual([])
    expect(evidence).toBe(
      '4 columns set apart by white space on 10 rows: words in column 1, parts of speech in column 2, tags in column 4, which are BIOES (its tags begin with B, E, O, S)',
    )
    expect(counts).toMatchObject({ accepted: 3 })
    expect(docs.map(({ id, sentences }) => [id, sentences.length])).toEqual([
      ['a.conll#1', 1],
      ['a.conll#12', 2],
    ])
    expect(docs[0]?.tokens[0]?.pos).toBe('NNP')
    expect(docs[0]?.annotations[0]?.spans).toMatchObject([
      { start: 0, end: 2, label: 'PER' },
      { start: 3, end: 5, label: 'ORG' },
      { start: 6, end: 7, label: 'LOC' },
    ])
  })

  it('is written again with its further columns, its documents and its separator', async () => {
    const { docs, labels } = await read(conll2003)
    const { text, losses } = await writeText(conll, docs, labels)
    expect(text).toBe(conll2003)
    expect(losses).toEqual([])
  })

  it('keeps lines that begin with "#", and a row of the word "#"', async () => {
    const text = '# sent_id = 1\nMara\t_\tS-PER\n#\t_\tO\n\n'
    const { docs, labels } = await read(text)
    expect(docs[0]?.text).toBe('Mara #')
    expect((await writeText(conll, docs, labels)).text).toBe(text)
  })

  it.each([
    [
      'IOB1',
      'Mara I-PER\nAda B-PER\nleft O\n',
      /IOB1 \(spans begin with I-, and B- stands only between two of one type \(1 times\)\)/,
    ],
    ['BIO2', 'Mara B-PER\nVelt I-PER\nleft O\n', /BIO2 \(spans begin with B-\)/],
    ['BIOES', 'Mara S-PER\nleft O\n', /BIOES \(its tags begin with O, S\)/],
    ['BILOU', 'Mara B-PER\nVelt L-PER\nAda U-PER\n', /BILOU \(its tags begin with B, L, O, U\)/],
    ['IOE', 'Mara I-PER\nVelt E-PER\nleft O\n', /IOE \(its tags begin with E, I, O\)/],
  ])('has the scheme %s where its tags show it', async (_, text, evidence) => {
    expect(await evidenceOf(text)).toMatch(evidence)
  })

  it('looks at the whole file: a late tag decides the scheme', async () => {
    const sentence = 'Mara B-PER\nVelt I-PER\nleft O\n\n'
    expect(await evidenceOf(`${sentence.repeat(20_000)}Ada U-PER\n`)).toContain('BILOU')
  })

  it('may have its columns and scheme chosen', async () => {
    const text = '1 Mara B-NP O NNP\n2 left B-VP B-PER VBD\n'
    expect(await spansOf(text)).toEqual([['1-2 PER']])
    expect(await spansOf(text, { tagColumn: '3' })).toEqual([['0-1 NP', '1-2 VP']])
    expect((await read(text, { tokenColumn: 'last', tagColumn: '4' })).docs[0]?.text).toBe('NNP VBD')
    expect(await spansOf('Mara I-PER\nAda B-PER\n', { tagScheme: 'BIO2' })).toEqual([['0-1 PER', '1-2 PER']])
    expect((await read(text, { tagColumn: '9' })).problems).toMatchObject([
      { line: null, message: 'the tag column must be "first", "last" or a number from 1 to 5, found "9".' },
    ])
  })

  it('does not take a row number for the word', async () => {
    expect((await read('1 Mara B-PER\n2 left O\n\n1 Ada B-PER\n')).docs.map(({ text }) => text)).toEqual([
      'Mara left',
      'Ada',
    ])
  })

  it('may have the tag first', async () => {
    expect(await spansOf('B-PER\tMara\nO\tleft\n')).toEqual([['0-1 PER']])
  })

  it('counts tags that its scheme forbids, and reads them by the rule', async () => {
    const { repairs, counts } = await read('Mara B-PER\nVelt I-ORG\nleft O\nAda I-PER\n\nAda B-PER\n')
    expect(repairs).toEqual(['2 tags that the scheme forbids there, read as the beginning or the end of a span'])
    expect(counts).toMatchObject({ accepted: 1, repaired: 1 })
  })

  it('rejects a sentence by the line of its bad row, and reads the others', async () => {
    const { problems, counts } = await read(
      `Mara B-PER\n\nAda B-PER x\n\nJon B-PER\n\nEve left\n\n${'Tom B-PER\n\n'.repeat(10)}`,
    )
    expect(counts).toMatchObject({ accepted: 12, rejected: 2 })
    expect(
      problems.filter(({ severity }) => severity === 'rejected').map(({ line, message }) => `${line}: ${message}`),
    ).toEqual([
      '3: line 3: expected 2 columns, found 3',
      '7: line 7: expected a tag in column 2 (O, or one such as B-PER), found "left"',
    ])
  })

  it('is refused where no column holds tags', async () => {
    expect((await read('Mara left\nAda stayed\n')).problems).toMatchObject([
      { message: 'no column holds tags: expected a word and its tag (O, B-PER, ...) on each row.' },
    ])
  })

  it('ends its lines with CR LF or LF, and may hold no-break spaces in words', async () => {
    const { docs } = await read('Mara\u00a0V\tNNP\tB-PER\r\nleft\tVBD\tO\r\n\r\n')
    expect(docs[0]?.text).toBe('Mara\u00a0V left')
  })

  it('loses relations and nested spans when it is written, and says so', async () => {
    const { docs, labels } = await read('Mara B-PER\nVelt I-PER\nleft O\n')
    const [doc] = docs
    const annotation = doc?.annotations[0]
    const [span] = annotation?.spans ?? []
    if (!doc || !annotation || !span) throw new Error('the file was not read')
    const nested = { ...span, id: 's2', end: 1 }
    const relation = { id: 'r1', subject: 's1', object: 's2', type: 'x', provenance: span.provenance }
    const marked = { ...doc, annotations: [{ ...annotation, spans: [span, nested], relations: [relation] }] }
    const { text, losses } = await writeText(conll, [marked], labels)
    expect(text).toBe('Mara B-PER\nVelt E-PER\nleft O\n\n')
    expect(losses).toEqual([
      '1 relation is left out',
      '1 span that begins within another, or has the same words, is left out',
    ])
  })
})

describe('tags', () => {
  it.each<[TagScheme, string, string, number]>([
    ['IOB1', 'I-A I-A B-A I-B O I-A', '0-2A 2-3A 3-4B 5-6A', 0],
    ['BIO2', 'B-A I-A I-B O I-A', '0-2A 2-3B 4-5A', 2],
    ['BIOES', 'B-A I-A E-A S-B O', '0-3A 3-4B', 0],
    ['BIOES', 'B-A O E-A I-A B-A', '0-1A 2-3A 3-4A 4-5A', 5],
    ['BILOU', 'B-A L-A U-A', '0-2A 2-3A', 0],
    ['IOE', 'I-A E-A I-A I-B E-B', '0-2A 2-3A 3-5B', 0],
    ['BIO2', 'B I O', '0-2ENTITY', 0],
  ])('of %s: %s', (scheme, tags, spans, repairs) => {
    const decoded = decodeTags(tags.split(' '), scheme)
    expect(decoded.spans.map(({ start, end, label }) => `${start}-${end}${label}`).join(' ')).toBe(spans)
    expect(decoded.repairs).toBe(repairs)
  })
})
