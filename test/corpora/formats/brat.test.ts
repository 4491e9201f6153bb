/** brat's standoff: text and annotations beside each other, lines that nothing changed written as they stood. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brat } from '#main/corpora/formats/brat/read'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { MemoryFiles } from '#main/files/memory-source'
import { emptyLabelSet } from '#main/labels/label-set'
import { readText, writeText } from '../../support/corpus-files.ts'
import { marksIn } from '../../support/doc-marks.ts'

const text = 'Mara Velt founded Orbisk Labs in Tarnow .'
const spans = 'T1\tPER 0 9\tMara Velt\nT2\tORG 18 29\tOrbisk Labs\nT3\tLOC 33 39\tTarnow\n'
const relations = 'R1\tfounder_of Arg1:T1 Arg2:T2\nR2\tbased_in Arg1:T2 Arg2:T3\n'

async function read(ann: string, body = text, more: MemoryFiles = {}) {
  const file = await readText(brat, body, 'x.txt', {}, { 'x.ann': ann, 'x.txt': body, ...more })
  const [doc] = file.docs
  return { ...file, doc, marks: doc ? marksIn(doc) : [] }
}

async function written(docs: readonly AnnotatedDoc[]) {
  const { files, losses } = await writeText(brat, docs, emptyLabelSet)
  const ann = files['x.ann']
  return { ann: typeof ann === 'string' ? ann : '', files, losses }
}

describe('a pair of text and annotations', () => {
  it('gives spans and relations', async () => {
    const { marks, problems, doc } = await read(spans + relations)
    expect(marks).toEqual([
      'PER Mara Velt',
      'ORG Orbisk Labs',
      'LOC Tarnow',
      'founder_of(Mara Velt, Orbisk Labs)',
      'based_in(Orbisk Labs, Tarnow)',
    ])
    expect(problems).toEqual([])
    expect(doc?.sourceExtra).toBeUndefined()
  })

  it('may be opened by either of the two', async () => {
    const files = { 'x.ann': spans, 'x.txt': text }
    const { docs } = await readText(null, spans, 'x.ann', {}, files)
    expect(docs).toEqual((await readText(null, text, 'x.txt', {}, files)).docs)
    expect((await readText(brat, spans, 'x.ann')).problems).toMatchObject([
      { message: expect.stringContaining('the text that they stand for, x.txt, is not beside it') as string },
    ])
  })

  it('may lack the annotations, which is said, or have none, which is not', async () => {
    expect((await readText(brat, text, 'x.txt')).problems).toMatchObject([
      { severity: 'note', message: 'x.ann is not beside it: the text was taken without annotations' },
    ])
    expect((await read('')).problems).toEqual([])
  })

  it('counts CR LF as two characters, and as one where only that fits', async () => {
    const body = 'Mara left.\r\nAda Velt stayed.\r\n'
    expect((await read('T1\tPER 12 20\tAda Velt\r\n', body)).marks).toEqual(['PER Ada Velt'])
    const { marks, problems } = await read('T1\tPER 11 19\tAda Velt\n', body)
    expect(marks).toEqual(['PER Ada Velt'])
    expect(problems).toMatchObject([{ message: expect.stringContaining('CR LF as one character') as string }])
  })

  it('counts code points, and UTF-16 units where only these fit', async () => {
    expect((await read('T1\tPER 2 6\tMara\n', '😀 Mara left.')).marks).toEqual(['PER Mara'])
    const { marks, problems } = await read('T1\tPER 3 7\tMara\n', '😀 Mara left.')
    expect(marks).toEqual(['PER Mara'])
    expect(problems).toMatchObject([{ message: expect.stringContaining('UTF-16 units') as string }])
  })

  it('shows a line break inside a span as a space in the line', async () => {
    expect((await read('T1\tPER 0 9\tMara Velt\n', 'Mara\nVelt left.')).marks).toEqual(['PER Mara\nVelt'])
  })

  it('takes notes on spans and relations as remarks', async () => {
    const { doc } = await read(
      `${spans}${relations}#1\tAnnotatorNotes T1\tthe founder\n#2\tAnnotatorNotes R2\tonly implied\n`,
    )
    expect(doc?.annotations[0]?.spans[0]?.remark).toEqual({ note: 'the founder', isFlagged: false })
    expect(doc?.annotations[0]?.relations[1]?.remark).toEqual({ note: 'only implied', isFlagged: false })
  })

  it('takes the arguments of a relation by their names', async () => {
    expect((await read(`${spans}R1\tknows Arg2:T1 Arg1:T2\t\n`)).marks.at(-1)).toBe('knows(Orbisk Labs, Mara Velt)')
  })

  it('takes parts that only white space sets apart as one span', async () => {
    const { marks, problems } = await read('T1\tPER 0 4;5 9\tMara Velt\n', 'Mara\nVelt left.')
    expect(marks).toEqual(['PER Mara\nVelt'])
    expect(problems).toMatchObject([{ severity: 'note', message: expect.stringContaining('joined: 1') as string }])
  })
})

describe('what is wrong', () => {
  it.each([
    ['T1\tPER 0 8\tMara Velt', 1, 'T1: its characters 0 to 8 are "Mara Vel", but the line says "Mara Velt"'],
    ['T1\tPER 0 99\tMara Velt', 1, 'T1: its characters 0 to 99 are not in the text, which has 41'],
    ['T1 PER 0 9 Mara Velt', 1, 'expected "T1, tab, type start end, tab, text", found "T1 PER 0 9 Mara Velt"'],
    [`${spans}R1\tknows Arg1:T1`, 4, 'expected "R1, tab, type Arg1:T1 Arg2:T2"'],
    [`${spans}R1\tknows Arg1:T1 Arg2:T9`, 4, 'R1: it joins T9, which the file does not have'],
    [`${spans}hello`, 4, 'expected a line that begins with an id such as T1, R1 or A1, found "hello"'],
  ])('is told by line and written back as it stood: %j', async (ann, line, message) => {
    const { problems, counts, docs } = await read(ann)
    expect(problems).toMatchObject([
      { line, severity: 'rejected', message: expect.stringContaining(message) as string },
    ])
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 })
    expect((await written(docs)).ann).toBe(ann)
  })

  it('is no reason to lose a second span of the same id, which gets one of its own', async () => {
    const ann = `${spans}T1\tLOC 33 39\tTarnow\nT1\tDATE 10 17\tfounded\n`
    const { marks, problems, docs } = await read(ann)
    expect(marks).toContain('DATE founded')
    expect(problems).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('used twice') as string }),
    )
    expect((await written(docs)).ann).toBe(ann)
  })
})

describe('what has no place in a Doc', () => {
  const kept = [
    'T4\tPart 0 4;18 24\tMara Orbisk',
    'R3\tpart_of Arg1:T4 Arg2:T1',
    'T5\tFounding 10 17\tfounded',
    'E1\tFounding:T5 Agent:T1 Theme:T2',
    'A1\tNegation E1',
    'A2\tConfidence R1 High',
    'N1\tReference T3 Wikidata:Q161\tTarnów',
    '*\tAlias T1 T2',
    '#1\tAnnotatorNotes E1\ta note',
  ].join('\n')

  it('is kept as it stands, noted, and written back byte by byte', async () => {
    const ann = `${spans}${relations}${kept}\n`
    const { marks, problems, docs, counts } = await read(ann)
    expect(marks).toHaveLength(5)
    expect(counts.rejected).toBe(0)
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [6, 'x.ann: T4: its parts (0 to 4 and 18 to 24) do not stand together; the line is kept as it stands'],
      [7, 'x.ann: R3: it joins T4, which is no span that is shown; the line is kept as it stands'],
      [null, 'x.ann: events, attributes and other lines are kept as they stand, and not shown: 5'],
    ])
    const { ann: again, losses, files } = await written(docs)
    expect(again).toBe(ann)
    expect(losses).toEqual([])
    expect(files['annotation.conf']).toContain('[events]\nFounding\tAgent*:<ANY>, Theme*:<ANY>\n')
    expect(files['annotation.conf']).toContain('Confidence\tArg:<ANY>, Value:High')
  })

  it('stays when something else changes, and goes with what it refers to', async () => {
    const { docs } = await read(`${spans}${relations}${kept}\n`)
    const [doc] = docs
    const [annotation] = doc?.annotations ?? []
    if (!doc || !annotation) throw new RangeError('the doc is gone')
    const provenance = { origin: 'person', author: 'Ada' } as const
    const changed = {
      ...doc,
      annotations: [
        {
          ...annotation,
          spans: [
            ...annotation.spans
              .filter(({ id }) => id !== 'T2')
              .map((span) => (span.id === 'T3' ? { ...span, label: 'CITY' } : span)),
            { id: 'new', start: 2, end: 3, label: 'ACT', provenance, remark: { note: 'why?', isFlagged: false } },
          ],
          relations: [{ id: 'n', subject: 'T1', object: 'new', type: 'does', provenance }],
        },
      ],
    }
    const { ann, losses } = await written([changed])
    expect(ann.split('\n')).toEqual([
      'T1\tPER 0 9\tMara Velt',
      'T3\tCITY 33 39\tTarnow',
      'T4\tPart 0 4;18 24\tMara Orbisk',
      'R3\tpart_of Arg1:T4 Arg2:T1',
      'T5\tFounding 10 17\tfounded',
      'N1\tReference T3 Wikidata:Q161\tTarnów',
      'T6\tACT 10 17\tfounded',
      'R4\tdoes Arg1:T1 Arg2:T6',
      '#2\tAnnotatorNotes T6\twhy?',
      '',
    ])
    expect(losses).toContain('4 lines of brat go with the spans and relations that they refer to')
  })

  it('is a relation between sentences that are far apart', async () => {
    const long = `Mara left. ${'She went on and on and on. '.repeat(40)}Ada stayed.`
    const at = long.indexOf('Ada')
    const ann = `T1\tPER 0 4\tMara\nT2\tPER ${at} ${at + 3}\tAda\nR1\tknows Arg1:T1 Arg2:T2\n`
    const { marks, problems, docs } = await read(ann, long)
    expect(marks).toEqual(['PER Mara', 'PER Ada'])
    expect(problems).toMatchObject([
      { message: expect.stringContaining('1 relation of spans without words or in sentences too far apart') as string },
    ])
    expect((await written(docs)).ann).toBe(ann)
  })
})

describe('annotation.conf', () => {
  const conf = '[entities]\nPER\nORG\n[relations]\nfounder_of Arg1:PER, Arg2:ORG|PER\n[events]\n[attributes]\n'

  it('states the label set, and is written back', async () => {
    const { labels } = await read(spans, text, { 'annotation.conf': conf })
    expect(labels.entityTypes.map(({ name }) => name)).toEqual(['PER', 'ORG', 'LOC'])
    expect(labels.signatures).toHaveLength(2)
    const { files } = await writeText(brat, [], labels)
    expect(files['annotation.conf']).toBe(
      '[entities]\nPER\nORG\nLOC\n\n[relations]\nfounder_of\tArg1:PER, Arg2:ORG|PER\n\n[events]\n\n[attributes]\n',
    )
  })

  it('is passed over with a note where it holds no types', async () => {
    const { problems, docs } = await read(spans, text, { 'annotation.conf': '' })
    expect(docs).toHaveLength(1)
    expect(problems).toMatchObject([
      { severity: 'note', message: expect.stringContaining('annotation.conf: ') as string },
    ])
  })
})

describe('the folder that is written', () => {
  it('has a name for each document that any system can hold, told apart by more than its case', async () => {
    const docs = (await read(spans)).docs.flatMap((doc) =>
      ['a/b.txt', 'B', 'con', 'x<y>:z', ''].map((id) => ({ ...doc, id })),
    )
    const { files } = await written(docs)
    expect(Object.keys(files).filter((name) => name.endsWith('.txt'))).toEqual([
      'b.txt',
      'B (2).txt',
      '_con.txt',
      'x_y__z.txt',
      'document.txt',
    ])
  })

  it('is what was read, byte by byte, whatever lines the annotations have', () => {
    const line = fc.constantFrom(
      ...`${spans}${relations}`.trim().split('\n'),
      'T1\tPER 0 4\tMara',
      'T7\tPER 0 9\tMara Velt',
      'T8\tPER 4 5\t ',
      'T9\tPER 3 7\ta Ve',
      'R9\tknows Arg1:T7 Arg2:T1',
      'R1\tfounder_of Arg1:T1 Arg2:T2',
      'R8\tknows Arg1:T8 Arg2:T1',
      'E1\tX:T7',
      '#1\tAnnotatorNotes T1\tx',
      '#2\tAnnotatorNotes T1\ty',
      '',
      'what?',
    )
    return fc.assert(
      fc.asyncProperty(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean(), async (lines, end, isEnded) => {
        const ann = lines.join(end) + (isEnded ? end : '')
        expect((await written((await read(ann)).docs)).ann).toBe(ann)
      }),
    )
  })
})
