/** WebAnno TSV 3: rows of tokens, stacked and joined annotations, relations on the target's row, layers that are kept. */
import { describe, expect, it } from 'vitest'
import { webannoTsv } from '#main/corpora/formats/webanno-tsv/read'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { emptyLabelSet } from '#main/labels/label-set'
import { wordsOf } from '#main/text/words'
import { readText, writeText } from '../../support/corpus-files.ts'
import { marksIn } from '../../support/doc-marks.ts'

function file(layers: readonly string[], ...sentences: readonly (readonly string[])[]): string {
  const blocks = sentences.map((lines) =>
    lines.map((line) => `${line.startsWith('#') ? line : `${line.replaceAll(' ', '\t')}\t`}\n`).join(''),
  )
  return `#FORMAT=WebAnno TSV 3.3\n${layers.map((layer) => `${layer}\n`).join('')}\n\n${blocks.join('\n')}`
}

const spanLayer = '#T_SP=custom.Ent|value'
const relationLayer = '#T_RL=custom.Rel|label|BT_custom.Ent'
const example = file(
  [spanLayer, relationLayer],
  [
    '#Text=Mara Velt founded Orbisk Labs in Tarnow .',
    '1-1 0-4 Mara PER[1] _ _',
    '1-2 5-9 Velt PER[1] _ _',
    '1-3 10-17 founded _ _ _',
    String.raw`1-4 18-24 Orbisk ORG[2] founder\_of 1-1[1_2]`,
    '1-5 25-29 Labs ORG[2] _ _',
    '1-6 30-32 in _ _ _',
    String.raw`1-7 33-39 Tarnow LOC based\_in|near 1-4[2_0]|1-1[1_0]`,
    '1-8 40-41 . _ _ _',
  ],
)

async function read(text: string) {
  const found = await readText(webannoTsv, text, 'doc.tsv')
  const [doc] = found.docs
  return { ...found, doc, marks: doc ? marksIn(doc) : [] }
}

async function write(doc: AnnotatedDoc | undefined): Promise<string> {
  const { files } = await writeText(webannoTsv, doc ? [doc] : [], emptyLabelSet)
  return String(files['doc.tsv'])
}

/** The Doc with a further span, made by a person. */
function withSpan(doc: AnnotatedDoc | undefined, label: string): AnnotatedDoc {
  if (!doc) throw new RangeError('the doc is gone')
  const span = { id: 'new', start: 0, end: 1, label, provenance: { origin: 'person', author: 'Ada' } } as const
  return {
    ...doc,
    annotations: doc.annotations.map((one, at) => (at === 0 ? { ...one, spans: [...one.spans, span] } : one)),
  }
}

describe('a file', () => {
  it('gives tokens, sentences, spans over several rows, and relations from the row of their source', async () => {
    const { doc, marks, problems } = await read(example)
    expect(doc && wordsOf(doc.text, doc.tokens)).toHaveLength(8)
    expect(marks).toEqual([
      ...['PER Mara Velt', 'ORG Orbisk Labs', 'LOC Tarnow'],
      ...['founder_of(Mara Velt, Orbisk Labs)', 'based_in(Orbisk Labs, Tarnow)', 'near(Mara Velt, Tarnow)'],
    ])
    expect(problems).toMatchObject([
      { message: 'spans are those of the layer custom.Ent; relations those of custom.Rel' },
    ])
  })

  it.each(['3.2', '3.3'])('of version %s is recognised by its first line', async (version) => {
    const { docs } = await readText(null, example.replace('3.3', version), 'doc.txt')
    expect(docs).toHaveLength(1)
  })

  it('of an older version is refused with what to do', async () => {
    await expect(readText(null, '#FORMAT=WebAnno TSV 2.0\n', 'doc.tsv')).rejects.toThrow('a version before 3')
  })

  it('has stacked annotations, parts of words and ones without a value', async () => {
    const { doc, marks } = await read(
      file(
        [spanLayer],
        ['#Text=Tarnow-born Mara', '1-1 0-11 Tarnow-born X[1]|Y[2]', '1-1.1 0-6 Tarnow LOC', '1-2 12-16 Mara *'],
      ),
    )
    expect(marks).toEqual(['X Tarnow-born', 'Y Tarnow-born', 'LOC Tarnow', 'ENTITY Mara'])
    expect(doc?.annotations[0]?.spans[2]?.chars).toEqual({ start: 0, end: 6 })
  })

  it('counts UTF-16 units', async () => {
    const { doc, marks } = await read(file([spanLayer], ['#Text=😀 Mara', '1-1 0-2 😀 _', '1-2 3-7 Mara PER']))
    expect(marks).toEqual(['PER Mara'])
    expect(doc?.tokens[1]).toEqual({ start: 2, end: 6 })
  })

  it('has signs of the format as values, escaped', async () => {
    const nasty = String.raw`a\_b\|c\[1\]\;\*\\d`
    const { marks } = await read(file([spanLayer], ['#Text=Mara', `1-1 0-4 Mara ${nasty}`]))
    expect(marks).toEqual([String.raw`a_b|c[1];*\d Mara`])
  })

  it('may have sentences with a line break, an id or no space between them', async () => {
    const text = file(
      [spanLayer],
      ['#Sentence.id=s-1', '#Text=This is', '#Text=one', '1-1 0-4 This _', '1-2 5-7 is _', '1-3 8-11 one X'],
      ['#Text=two', '2-1 11-14 two _'],
      ['#Text=three', '3-1 16-21 three _'],
    )
    const { doc } = await read(text)
    expect(doc?.text).toBe('This is\nonetwo\n three')
    expect(doc?.sentences).toHaveLength(3)
    expect(await write(doc)).toBe(text)
  })

  it('has parts of speech in their layer', async () => {
    const { doc } = await read(
      file(
        ['#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue|coarseValue'],
        ['#Text=John', '1-1 0-4 John NN NOUN'],
      ),
    )
    expect(doc?.tokens).toEqual([{ start: 0, end: 4, pos: 'NN' }])
  })

  it('has annotations without characters, which are kept and not shown', async () => {
    const text = file([spanLayer], ['#Text=word.', '1-1 0-4 word _', '1-1.1 4-4  X', '1-2 4-5 . _'])
    const { marks, doc } = await read(text)
    expect(marks).toEqual([])
    expect(await write(withSpan(doc, 'PER'))).toBe(text.replace('word\t_', 'word\tPER'))
  })
})

describe('the layers', () => {
  it('of the entities are those that relations join, else named entities, else the first that is not about tokens', async () => {
    const ner = '#T_SP=x.ner.type.NamedEntity|identifier|value'
    const lemma = '#T_SP=x.type.Lemma|value'
    const row = ['#Text=Mara', '1-1 0-4 Mara l1 A B C _ _']
    expect((await read(file([lemma, ner, spanLayer, relationLayer], row))).marks).toEqual(['C Mara'])
    expect((await read(file([lemma, ner, spanLayer], ['#Text=Mara', '1-1 0-4 Mara l1 A B C']))).marks).toEqual([
      'B Mara',
    ])
    expect((await read(file([lemma, spanLayer], ['#Text=Mara', '1-1 0-4 Mara l1 C']))).marks).toEqual(['C Mara'])
  })

  it('that are not shown, slots and chains among them, are named and kept when something else changes', async () => {
    const text = file(
      [spanLayer, '#T_SP=x.Host|ROLE_x.Host:links_x.Link|custom.Ent', '#T_CH=x.Chain|referenceRelation|referenceType'],
      [
        '#Text=Mara left it',
        '1-1 0-4 Mara _ p1;p2 1-2;1-2.1 *->1-1 *[1]',
        '1-2 5-9 left A _ _ _ _',
        '1-2.1 6-8 ef B _ _ _ _',
        '1-3 10-12 it _ _ _ _ _',
      ],
    )
    const { doc, problems } = await read(text)
    expect(problems[0]?.message).toContain('kept as they stand and not shown: x.Host, x.Chain')
    expect(await write(doc)).toBe(text)
    expect(await write(withSpan(doc, 'PER'))).toBe(text.replace('Mara\t_', 'Mara\tPER'))
  })

  it('of a file that has none for spans get one when a span is made', async () => {
    const { doc } = await read(file([], ['#Text=Mara left', '1-1 0-4 Mara', '1-2 5-9 left']))
    expect(await write(withSpan(doc, 'PER'))).toContain('#T_SP=custom.Span|label\n')
    const lemmas = (await read(file(['#T_SP=x.type.Lemma|value'], ['#Text=Mara', '1-1 0-4 Mara m']))).doc
    expect((await read(await write(withSpan(lemmas, 'PER')))).marks).toEqual(['PER Mara'])
  })
})

describe('what is written', () => {
  it('is what was read, byte by byte', async () => {
    expect(await write((await read(example)).doc)).toBe(example)
  })

  it('changes the cells alone of what changed: numbers and further features stay', async () => {
    const text = file(
      ['#T_SP=custom.Ent|sure|value'],
      ['#Text=Mara Velt left', '1-1 0-4 Mara yes[7] PER[7]', '1-2 5-9 Velt yes[7] PER[7]', '1-3 10-14 left _ _'],
    )
    const { doc } = await read(text)
    const [annotation] = doc?.annotations ?? []
    if (!doc || !annotation) throw new RangeError('the doc is gone')
    const changed = {
      ...doc,
      annotations: [{ ...annotation, spans: annotation.spans.map((span) => ({ ...span, label: 'BOSS' })) }],
    }
    expect(await write(changed)).toBe(text.replaceAll('PER', 'BOSS'))
    expect((await read(await write(withSpan(doc, 'NAME')))).marks).toEqual(['NAME Mara', 'PER Mara Velt'].toReversed())
  })
})

describe('what is wrong', () => {
  it.each([
    ['#FORMAT=WebAnno TSV 3.3\n#T_XX=a|b\n', 'line 2: expected a layer such as'],
    [
      example.replace('\t_\t_\t\n1-2', '\t_\t\n1-2'),
      'line 7: expected 3 columns of layers, as the head names them, found 2',
    ],
    [example.replace('5-9\tVelt', 'x\tVelt'), 'line 8: expected "1-1, tab, 0-4, tab, word"'],
    [example.replace('5-9\tVelt', '6-9\tVelt'), 'line 8: its word "Velt" does not stand at 6-9'],
    [
      `${example}\n#Text=Ada\n2-1\t3-6\tAda\t_\t_\t_\t\n`,
      'its offset 3 lies before the end of the sentence before it, 41',
    ],
    [`${example}\n#Text=Ada\n`, 'expected rows of tokens after the text of a sentence, found none'],
    [`${example}\n#Text=Ada\n2-1\t999999999-999999999\tAda\t_\t_\t_\t\n`, 'its offset 999999999 is too large'],
  ])('as a table refuses the file by line: %#', async (text, message) => {
    const { problems, docs } = await read(text)
    expect(docs).toEqual([])
    expect(problems).toContainEqual(
      expect.objectContaining({ line: null, message: expect.stringContaining(message) as string }),
    )
  })

  it('in a relation is told by line, and written back as it stood', async () => {
    const text = example.replace('1-1[1_0]', '1-6')
    const { problems, marks, doc } = await read(text)
    expect(marks).toHaveLength(5)
    expect(problems).toContainEqual(
      expect.objectContaining({
        line: 13,
        severity: 'rejected',
        message: expect.stringContaining('"near" joins 1-6') as string,
      }),
    )
    expect(await write(doc)).toBe(text)
  })
})
