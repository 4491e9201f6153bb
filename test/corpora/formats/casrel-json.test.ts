/** CasRel triple JSON and its traps (formats.md 3.1). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { casrelJson } from '#main/corpora/formats/casrel-json/read'
import { wordsOf } from '#main/text/words'
import { companionOf } from '#main/corpora/recognition'
import { headOfText, readText, writeText } from '../../support/corpus-files.ts'

const provenance = { origin: 'import', author: 'a.json' }
const parse = async (value: unknown) =>
  await readText(casrelJson, typeof value === 'string' ? value : JSON.stringify(value), 'a.json')
const record = (text: string, ...triple_list: string[][]) => ({ text, triple_list })

describe('triple JSON', () => {
  it('anchors strings at the words they name', async () => {
    const { docs, labels, problems, counts } = await parse([
      record('Mara Velt founded Orbisk Labs .', ['Mara Velt', 'founder_of', 'Orbisk Labs']),
    ])
    expect(docs[0]?.annotations[0]?.spans).toEqual([
      { id: 's1', start: 0, end: 2, label: 'ENTITY', provenance },
      { id: 's2', start: 3, end: 5, label: 'ENTITY', provenance },
    ])
    expect(docs[0]?.annotations[0]?.relations).toEqual([
      { id: 'r1', subject: 's1', type: 'founder_of', object: 's2', provenance },
    ])
    expect(labels).toEqual({
      entityTypes: [{ name: 'ENTITY' }],
      relationTypes: [{ name: 'founder_of' }],
      signatures: [],
    })
    expect(problems).toEqual([])
    expect(counts).toEqual({ accepted: 1, repaired: 0, rejected: 0, ambiguousAnchors: 0, unanchored: 0 })
  })

  it('counts offsets in code points of the text as it is', async () => {
    const { docs } = await parse([record('😀  Mara .')])
    expect(docs[0]?.text).toBe('😀  Mara .')
    expect(docs[0]?.tokens).toEqual([
      { start: 0, end: 1 },
      { start: 3, end: 7 },
      { start: 8, end: 9 },
    ])
  })

  it('takes the first occurrence of a string that stands twice, and counts the triple', async () => {
    const { docs, counts } = await parse([record('Velt met Velt in Tarnow', ['Velt', 'lives_in', 'Tarnow'])])
    expect(docs[0]?.annotations[0]?.spans[0]).toMatchObject({ start: 0, end: 1 })
    expect(docs[0]?.annotations[0]?.ambiguousAnchors).toBe(1)
    expect(counts.ambiguousAnchors).toBe(1)
  })

  it('keeps a relation of a string to itself as a relation of one span', async () => {
    const { docs } = await parse([record('Velt and Velt', ['Velt', 'spouse', 'Velt'])])
    const annotation = docs[0]?.annotations[0]
    expect(annotation?.spans).toHaveLength(1)
    expect(annotation?.relations[0]).toMatchObject({ subject: 's1', object: 's1' })
  })

  it('keeps a triple whose string is not in the sentence, and says how the sentence spells it', async () => {
    const { docs, problems, counts } = await parse([
      record('He left Cancun for Tarnow-Ost', ['Canc\u00fan', 'in', 'Mexico'], ['He', 'in', 'Tarnow']),
    ])
    expect(docs[0]?.annotations[0]?.unanchored).toEqual([
      { subject: 'Canc\u00fan', type: 'in', object: 'Mexico' },
      { subject: 'He', type: 'in', object: 'Tarnow' },
    ])
    expect(counts.unanchored).toBe(2)
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('stands in the sentence only as "Cancun"'),
      expect.stringContaining('only as a part of words'),
    ])
    expect(problems[0]).toMatchObject({ file: 'a.json', line: 1, severity: 'note' })
  })

  it('takes a repeated triple once and leaves out "None", and says so once for the file', async () => {
    const triple = ['Mara', 'knows', 'Ada']
    const { docs, problems } = await parse([
      record('Mara and Ada'),
      record('Mara and Ada', triple, triple, ['Ada', 'None', 'Mara']),
      record('Mara and Ada', triple, triple),
    ])
    expect(docs.map((doc) => doc.annotations[0]?.relations.length)).toEqual([0, 1, 1])
    expect(problems).toEqual([
      expect.objectContaining({
        line: 2,
        message: expect.stringContaining('2 repeated triples, taken once') as string,
      }),
      expect.objectContaining({ line: 2, message: expect.stringContaining('1 triple of the type "None"') as string }),
    ])
  })

  it('keeps further keys of a record and writes them back', async () => {
    const source = [{ text: 'Mara .', triple_list: [], id: 7, source: { page: 'x' } }]
    const { docs, labels } = await parse(source)
    expect(docs[0]?.sourceExtra).toEqual({ id: 7, source: { page: 'x' } })
    expect(JSON.parse((await writeText(casrelJson, docs, labels)).text ?? '')).toEqual(source)
  })

  describe('that is not quite as it should be', () => {
    const anchored = async (value: unknown, settings = {}) => {
      const { docs, counts, repairs, offers } = await readText(casrelJson, JSON.stringify(value), 'a.json', settings)
      const triples = docs.map(({ text, tokens, annotations: [annotation] }) => {
        const words = wordsOf(text, tokens)
        const textOf = (id: string) => {
          const span = annotation?.spans.find((candidate) => candidate.id === id)
          return words.slice(span?.start, span?.end).join(' ')
        }
        return annotation?.relations.map(({ subject, type, object }) => [textOf(subject), type, textOf(object)])
      })
      return { docs, counts, repairs, offers, triples }
    }

    it('is split at white space of any kind, and its strings are trimmed; the text stays as it is', async () => {
      const texts = [
        'Mara Velt\tjoined Orbisk Labs\n',
        'Mara\u00a0Velt joined Orbisk Labs\r\n',
        'Mara Velt joined Orbisk Labs',
      ]
      const triple_list = [['Mara Velt ', 'founder_of\n', 'Orbisk  Labs']]
      const { docs, triples, counts, repairs } = await anchored(texts.map((text) => ({ text, triple_list })))
      expect(docs.map(({ text }) => text)).toEqual(texts)
      expect(triples).toEqual(texts.map(() => [['Mara Velt', 'founder_of', 'Orbisk Labs']]))
      expect(counts).toMatchObject({ accepted: 0, repaired: 3, unanchored: 0 })
      expect(repairs).toEqual([
        '2 texts with tabs, line breaks or other white space between words',
        '6 strings with white space at an end, trimmed',
      ])
    })

    it('finds letters that are composed differently, and counts the strings', async () => {
      const { triples, repairs, docs } = await anchored([
        record('Zoe\u0308 met Ada', ['Zo\u00eb', 'met', 'Ada'], ['Zo\u00eb', 'saw', 'Ada']),
      ])
      expect(triples).toEqual([
        [
          ['Zoe\u0308', 'met', 'Ada'],
          ['Zoe\u0308', 'saw', 'Ada'],
        ],
      ])
      expect(repairs).toEqual(['1 string found where the text composes its letters differently (NFC, NFD)'])
      expect(docs[0]?.text).toBe('Zoe\u0308 met Ada')
    })

    it('offers to find strings whose accents the text has lost, and counts them when that is chosen', async () => {
      const file = [record('He left Cancun .', ['He', 'left', 'Canc\u00fan'], ['He', 'left', 'Lima'])]
      expect(await anchored(file)).toMatchObject({
        triples: [[]],
        counts: { unanchored: 2 },
        offers: [{ setting: 'foldAccents', count: 1, message: expect.stringContaining('1 triple stands') as string }],
      })
      expect(await anchored(file, { foldAccents: true })).toMatchObject({
        triples: [[['He', 'left', 'Cancun']]],
        counts: { unanchored: 1, repaired: 1 },
        repairs: ['1 string found where the text has no accents'],
        offers: [],
      })
    })

    it('splits a word where a string begins or ends, and no other', async () => {
      const { triples, docs, repairs, counts } = await anchored([
        record(
          'Mara Velt lives in (Tarnow). Orbisk Corp. is based there.',
          ['Mara Velt', 'lives_in', 'Tarnow'],
          ['Orbisk Corp', 'based_in', 'Tarnow'],
          ['Orbisk Corp.', 'is', 'Tarnow'],
        ),
      ])
      expect(triples).toEqual([
        [
          ['Mara Velt', 'lives_in', 'Tarnow'],
          ['Orbisk Corp', 'based_in', 'Tarnow'],
          ['Orbisk Corp .', 'is', 'Tarnow'],
        ],
      ])
      const [doc] = docs
      expect(wordsOf(doc?.text ?? '', doc?.tokens ?? []).join('|')).toBe(
        'Mara|Velt|lives|in|(|Tarnow|).|Orbisk|Corp|.|is|based|there.',
      )
      expect(repairs).toEqual(['2 words split where the string of a triple begins or ends'])
      expect(counts).toMatchObject({ repaired: 1, unanchored: 0, ambiguousAnchors: 0 })
    })

    it('prefers a whole word to a part of an earlier one', async () => {
      const { docs, repairs } = await anchored([record('Tarnow. Tarnow lies far', ['Tarnow', 'lies', 'far'])])
      expect(docs[0]?.annotations[0]?.spans[0]).toMatchObject({ start: 1, end: 2 })
      expect(repairs).toEqual([])
    })

    it('takes characters of Chinese as words, and finds those of Japanese and Thai', async () => {
      const { triples, repairs } = await anchored([
        record('林晓舟创办了北辰科技。', ['林晓舟', '创始人', '北辰科技']),
        record('マラがタルヌフに住む', ['マラ', 'lives_in', 'タルヌフ']),
        record('มาราอยู่ในเมืองทาร์นอฟ', ['มาราอยู่', 'lives_in', 'เมือง']),
      ])
      expect(triples).toEqual([
        [['林 晓 舟', '创始人', '北 辰 科 技']],
        [['マラ', 'lives_in', 'タルヌフ']],
        [['มา รา อยู่', 'lives_in', 'เมือง']],
      ])
      expect(repairs).toEqual([])
    })

    it('splits a word of a script without spaces wherever a string begins or ends', async () => {
      const { triples, repairs } = await anchored([
        record('NBA2015赛季的iPhone手机', ['BA20', 'r', 'Phone手']),
        record('タルヌフ市の카카오는', ['ルヌ', 'r', '카카오']),
        record('มาราอยู่ในเมืองทาร์นอฟ', ['าอ', 'r', 'เมื']),
      ])
      expect(triples).toEqual([[['BA20', 'r', 'Phone 手']], [['ルヌ', 'r', '카카오']], [['า อ', 'r', 'เมื']]])
      expect(repairs).toEqual(['7 words split where the string of a triple begins or ends'])
    })

    it('writes a text without spaces as it was read', async () => {
      const records = [
        record(
          '林晓舟2020年创办了北辰科技（Orbisk）。',
          ['林晓舟', '创始人', '北辰科技'],
          ['北辰科技', 'alias', 'Orbisk'],
        ),
        record('林さんはコンピューターの会社で働いている。', ['林', 'works', 'コンピューターの会社']),
        record('มารา เวลต์ ก่อตั้งบริษัท', ['มารา', 'founded', 'บริษัท']),
      ]
      const { docs } = await parse(records)
      const { text, losses } = await writeText(casrelJson, docs, { entityTypes: [], relationTypes: [], signatures: [] })
      expect(JSON.parse(text)).toEqual(records)
      expect(losses).toEqual([])
    })

    it('finds any part of a text without spaces', async () => {
      const text = '林さんは2020年にオルビスク社ภาษาไทยភាសាខ្មែរພາສາລາວ (Orbisk) を作った。'
      const letters = text.match(/\P{M}\p{M}*/gu) ?? []
      const isVisible = (at: number) => /\S/.test(letters[at] ?? '')
      await fc.assert(
        fc.asyncProperty(fc.nat(letters.length - 1), fc.nat(letters.length - 1), async (a, b) => {
          const [first, last] = [Math.min(a, b), Math.max(a, b)]
          fc.pre(isVisible(first) && isVisible(last))
          const string = letters.slice(first, last + 1).join('')
          const { counts } = await anchored([record(text, [string, 'r', '作'])])
          expect(counts.unanchored).toBe(0)
        }),
      )
    })

    it('may write numbers, and leave out the list where there is no triple', async () => {
      const { triples, counts, repairs } = await anchored([
        { text: 'Orbisk employs 250 people .', triple_list: [['Orbisk', 'workers', 250]] },
        { text: 'Mara slept .' },
        { text: 'Mara woke .', triple_list: null },
        { text: 'Mara ate .', triple_list: [] },
      ])
      expect(triples).toEqual([[['Orbisk', 'workers', '250']], [], [], []])
      expect(counts).toMatchObject({ accepted: 1, repaired: 3, rejected: 0 })
      expect(repairs).toEqual(['1 number taken as text', '2 records without a triple_list, taken without triples'])
    })

    it('may have one record a line, each rejected by the number of its line', async () => {
      const lines = [record('Mara met Ada', ['Mara', 'met', 'Ada']), record('Ada left')].map((one) =>
        JSON.stringify(one),
      )
      const { docs, problems } = await parse([lines[0], '', '{oops', lines[1], ''].join('\n'))
      expect(docs.map(({ id }) => id)).toEqual(['a.json#1', 'a.json#4'])
      expect(problems).toMatchObject([
        { line: 3, severity: 'rejected', message: expect.stringContaining('column 2') as string },
      ])
      expect((await parse(JSON.stringify(record('Ada left'), null, 2))).docs).toHaveLength(1)
    })

    it('keeps two relations of a span to itself and to one around it', async () => {
      const { docs } = await anchored([
        record(
          'Tarnow is where Tarnow Park lies',
          ['Tarnow', 'contains', 'Tarnow Park'],
          ['Tarnow', 'same_as', 'Tarnow'],
        ),
      ])
      expect(docs[0]?.annotations[0]?.relations).toHaveLength(2)
    })

    it('is known as the variant of last words by a whole file of them', async () => {
      const cut = record('Mara Velt founded Orbisk Labs', ['Velt', 'founder_of', 'Labs'])
      expect((await parse([cut])).problems).toMatchObject([
        { line: null, severity: 'note', message: expect.stringContaining('last words') as string },
      ])
      expect((await parse([cut, record('Mara Velt left', ['Mara Velt', 'did', 'left'])])).problems).toEqual([])
      expect((await parse([record('Ada met Mara', ['Ada', 'met', 'Mara'])])).problems).toEqual([])
    })
  })

  it('rejects a bad record by number and field, and goes on', async () => {
    const { docs, problems, counts } = await parse([
      record('Mara .'),
      { text: 5, triple_list: [] },
      { text: 'Mara .', triple_list: 'none' },
      record('Mara .', ['Mara', 'knows']),
      { text: 'Mara .', triple_list: [['Mara', true, 'Ada']] },
      record('Mara .', ['Mara', 'knows', '']),
      record('   '),
      null,
      record('Ada .'),
    ])
    expect(docs.map(({ id }) => id)).toEqual(['a.json#1', 'a.json#9'])
    expect(counts).toMatchObject({ accepted: 2, rejected: 7 })
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '2: text: expected a string, found 5',
      '3: triple_list: expected an array, found "none"',
      '4: triple_list[0]: expected three strings (subject, relation type, object), found an array of 2',
      '5: triple_list[0][1]: expected a string, found true',
      '6: triple_list[0]: expected three strings (subject, relation type, object), found an empty one',
      '7: text: it holds no words, so there is nothing to annotate',
      '8: the record: expected an object, found null',
    ])
  })

  it.each([
    ['[{"text": "a",\n "triple_list": [}]', 'not valid JSON at line 2, column 18'],
    ['', 'it is empty'],
    ['"Mara ."', 'expected a JSON array'],
    ['[{"0": "founder_of"}, {"founder_of": 0}]', 'rel2id.json'],
    ['[{"text": "a"', 'not valid JSON at line 1, column 14'],
  ])('says what is wrong with the whole file: %s', async (text, message) => {
    const { docs, problems } = await parse(text)
    expect(docs).toEqual([])
    expect(problems[0]).toMatchObject({ line: null, severity: 'rejected' })
    expect(problems[0]?.message).toContain(message)
  })

  it('names what it cannot write', async () => {
    const { docs, labels } = await parse([record('Velt met Velt in Tarnow', ['Velt', 'lives_in', 'Tarnow'])])
    const [doc] = docs
    const annotation = doc?.annotations[0]
    if (!doc || !annotation) throw new Error('the record was not read')
    const [velt, tarnow] = annotation.spans
    if (!velt || !tarnow) throw new Error('the strings were not anchored')
    const edited = {
      ...annotation,
      spans: [{ ...velt, start: 2, end: 3, label: 'PERSON' }, tarnow, { ...velt, id: 's9', start: 1, end: 2 }],
      review: { isReviewed: true, isFlagged: false, note: '' },
    }
    expect(
      (await writeText(casrelJson, [{ ...doc, annotations: [{ ...edited, repeatedTriples: 2 }] }], labels)).losses,
    ).toEqual([
      '1 span in no triple is left out',
      '1 span loses its entity type',
      '2 triples that the file repeated are written once',
      '1 sentence loses its review state',
      '1 span moves to the first place where its words stand',
    ])
  })
})

it('writes Chinese without spaces between its words, and loses none', async () => {
  const text = '林晓舟创办了北辰科技。'
  const records = [{ text, triple_list: [['林晓舟', '创始人', '北辰科技']] }]
  const { docs, labels } = await readText(casrelJson, JSON.stringify(records), 'a.json')
  const written = await writeText(casrelJson, docs, labels)
  expect(JSON.parse(written.text)).toEqual(records)
  expect(written.losses).toEqual([])
})

it('counts code points where characters outside the first plane are spelled out or escaped', async () => {
  const file = String.raw`[{"text": "\ud83d\ude00 Mara \"Mo\" \\ met 😀 Zo\u00eb", "triple_list": [["Mara", "met", "Zoë"], ["\ud83d\ude00", "is", "\"Mo\""]]}]`
  const { docs, counts } = await readText(casrelJson, file, 'a.json')
  expect(counts).toMatchObject({ accepted: 1, unanchored: 0 })
  expect(docs[0]?.tokens[1]).toEqual({ start: 2, end: 6 })
  expect(docs[0]?.annotations[0]?.spans.map(({ start }) => start)).toEqual([1, 6, 0, 2])
})

it.each([
  ['rel2id.json', [{ '0': 'founder_of' }, { founder_of: 0 }]],
  ['rel2id.json', [{ founder_of: 0 }]],
  ['rel2id.json', { founder_of: 0 }],
  ['rel2id.json', { '0': 'founder_of' }],
  ['schema.json', { rel2id: { founder_of: 0 }, id2rel: { '0': 'founder_of' } }],
  ['rel2id.json', ['founder_of', 'based_in']],
  ['rel2id.json', [['founder_of', 0]]],
])('has a companion %s of any shape: %j', async (name, value) => {
  expect(companionOf(await headOfText(name, JSON.stringify(value)))).toBe('a map of relation names to numbers')
})

it('takes no corpus for its companion', async () => {
  for (const [name, value] of [
    ['a.json', ['Mara left.']],
    ['rel2id.json', { '0': { text: 'x' } }],
    ['a.json', [{ text: 'Mara', triple_list: [] }]],
  ] as const)
    expect(companionOf(await headOfText(name, JSON.stringify(value)))).toBeNull()
})
