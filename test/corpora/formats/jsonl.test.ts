/** Espalier's own JSON lines: complete, forgiving where a person writes them, exact about what is wrong. */
import { describe, expect, it } from 'vitest'
import { jsonl } from '#main/corpora/formats/jsonl/jsonl'
import { readText, writeText } from '../../support/corpus-files.ts'

const parse = async (...lines: unknown[]) =>
  await readText(
    jsonl,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
    'a.jsonl',
  )
const header = { espalier: 'corpus', version: 1, labels: { entityTypes: [{ name: 'PERSON', hue: 3 }], signatures: [] } }

describe('JSON lines', () => {
  it('needs no more than a text: words and sentences are found', async () => {
    const { docs, counts } = await parse({ text: 'Mara left. Ada stayed.' })
    expect(docs[0]).toMatchObject({ id: 'a.jsonl#1', text: 'Mara left. Ada stayed.' })
    expect(docs[0]?.sentences).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 6 },
    ])
    expect(counts.accepted).toBe(1)
  })

  it('keeps how texts were split in its head, and with each document that was split otherwise', async () => {
    const german = { language: 'de', han: 'characters', rules: 1 }
    const words = { tokens: [[0, 4]], sentences: [{ tokens: [0, 1] }] }
    const empty = { entityTypes: [], relationTypes: [], signatures: [] }
    const lines = [
      { espalier: 'corpus', version: 1, labels: empty, splitting: german },
      { id: 'a', text: 'Mara', ...words },
      { id: 'b', splitting: { ...german, language: 'zh', han: 'words' }, text: 'Mara', ...words },
      { id: 'c', splitting: null, text: 'Mara', ...words },
    ]
    const { docs, problems } = await parse(...lines)
    expect(problems).toEqual([])
    expect(docs.map(({ splitting }) => splitting?.language)).toEqual(['de', 'zh', undefined])
    const written = await writeText(jsonl, docs, empty)
    expect(written.text).toBe(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  })

  it('splits a text without words in the language that is chosen, and keeps that', async () => {
    const { docs } = await readText(jsonl, '{"text":"Sie kam am 3. Mai. Er blieb."}', 'a.jsonl', { language: 'de' })
    expect(docs[0]?.sentences).toHaveLength(2)
    expect(docs[0]?.splitting).toMatchObject({ language: 'de', han: 'characters' })
  })

  it('names what is wrong with how texts were split', async () => {
    const { problems } = await parse(
      { ...header, splitting: { language: 'de', han: 'signs', rules: 1 } },
      { text: 'Mara' },
    )
    expect(problems[0]?.message).toContain('splitting.han')
  })

  it('gives spans ids and the file as their origin where the line says nothing', async () => {
    const sentence = { tokens: [0, 2], spans: [{ start: 0, end: 1, label: 'PERSON' }] }
    const { docs, labels } = await parse(header, { text: 'Mara left', sentences: [sentence] })
    expect(docs[0]?.annotations[0]?.spans).toEqual([
      { id: 's1', start: 0, end: 1, label: 'PERSON', provenance: { origin: 'import', author: 'a.jsonl' } },
    ])
    expect(labels.entityTypes).toEqual([{ name: 'PERSON', hue: 3 }])
  })

  it('reads notes and flags of spans and relations; an empty one is none', async () => {
    const spans = [
      { id: 'm', start: 0, end: 1, label: 'PERSON', remark: { note: 'which?' } },
      { id: 'o', start: 1, end: 2, label: 'PERSON', remark: {} },
    ]
    const relations = [{ subject: 'm', type: 't', object: 'o', remark: { isFlagged: true } }]
    const { docs } = await parse({ text: 'Mara left', sentences: [{ tokens: [0, 2], spans, relations }] })
    const [annotation] = docs[0]?.annotations ?? []
    expect(annotation?.spans.map(({ remark }) => remark)).toEqual([{ note: 'which?', isFlagged: false }, undefined])
    expect(annotation?.relations[0]?.remark).toEqual({ note: '', isFlagged: true })
  })

  it('reads spans by characters of the text: within words as such, whole words as words, the rest with a note', async () => {
    const chars = (...pair: number[]) => ({ chars: pair, label: `TYPE ${pair.join()}` })
    const sentence = { tokens: [1, 3], spans: [chars(7, 10), chars(5, 9), chars(4, 9), chars(7, 16)] }
    const { docs, problems } = await parse({
      text: 'Oh 😀 Mara léft',
      tokens: [
        [0, 2],
        [5, 9],
        [10, 14],
      ],
      sentences: [sentence],
    })
    expect(docs[0]?.annotations[0]?.spans.map(({ start, end, chars: own }) => [start, end, own])).toEqual([
      [0, 1, { start: 2, end: 4 }],
      [0, 1, undefined],
      [0, 1, undefined],
      [0, 2, { start: 2, end: 9 }],
    ])
    expect(problems.map(({ severity, message }) => [severity, message.slice(0, 58)])).toEqual([
      ['note', 'sentences[0].spans[0].chars: 7 to 10 is not whole characte'],
      ['note', 'sentences[0].spans[2].chars: 4 to 9 is not whole character'],
      ['note', 'sentences[0].spans[3].chars: 7 to 16 is not whole characte'],
    ])
  })

  it('keeps keys it does not know, and says where', async () => {
    const { docs, problems } = await parse({ text: 'Mara', page: 4, sourceExtra: { id: 1 } })
    expect(docs[0]?.sourceExtra).toEqual({ page: 4, id: 1 })
    expect(problems[0]).toMatchObject({ severity: 'note', line: 1 })
    expect(problems[0]?.message).toContain('page')
  })

  it('reads files with a byte-order mark, CRLF and empty lines', async () => {
    const text = `\uFEFF${JSON.stringify(header)}\r\n\r\n{"text":"Mara"}\r\n`
    const { docs, problems } = await readText(null, text, 'a.jsonl')
    expect(docs).toHaveLength(1)
    expect(problems).toEqual([])
  })

  const spans = [
    { id: 'm', start: 0, end: 1, label: 'PERSON' },
    { id: 'o', start: 1, end: 2, label: 'PERSON' },
  ]
  const doc = (sentence: object) => ({
    text: 'Mara left',
    tokens: [
      [0, 4],
      [5, 9],
    ],
    sentences: [sentence],
  })
  it.each([
    ['not JSON', 'oops', 'not valid JSON at column 1'],
    ['a number', 7, 'the line: expected an object, found 7'],
    ['no text', { id: 'a' }, 'text: expected a string, found nothing'],
    [
      'a split of another name',
      { text: 'a', split: 'valid' },
      'split: expected one of train, dev, test, found "valid"',
    ],
    [
      'a token outside the text',
      { text: 'Mara', tokens: [[0, 9]] },
      'tokens[0][1]: expected a whole number from 0 to 4, found 9',
    ],
    [
      'tokens that overlap',
      {
        text: 'Mara',
        tokens: [
          [0, 3],
          [2, 4],
        ],
      },
      'tokens[1][0]: expected a whole number from 3 to 4, found 2',
    ],
    ['an empty token', { text: 'Mara', tokens: [[1, 1]] }, 'tokens[0]: expected at least one character, found none'],
    [
      'a sentence outside the tokens',
      doc({ tokens: [0, 3] }),
      'sentences[0].tokens[1]: expected a whole number from 0 to 2',
    ],
    [
      'a span outside the sentence',
      doc({ tokens: [0, 2], spans: [{ start: 0, end: 3, label: 'P' }] }),
      'sentences[0].spans[0].end: expected a whole number from 1 to 2, found 3',
    ],
    [
      'a span without a type',
      doc({ tokens: [0, 2], spans: [{ start: 0, end: 1 }] }),
      'sentences[0].spans[0].label: expected a name, found nothing',
    ],
    [
      'two spans of one id',
      doc({ tokens: [0, 2], spans: [spans[0], { ...spans[0], label: 'PLACE' }] }),
      'sentences[0].spans[1].id: expected an id used once, found "m" again',
    ],
    [
      'a relation to nowhere',
      doc({ tokens: [0, 2], spans, relations: [{ subject: 'm', type: 't', object: 'z' }] }),
      'sentences[0].relations[0]: expected the id of a span of this sentence, found "z"',
    ],
    [
      'a probability above one',
      doc({ tokens: [0, 2], spans: [{ ...spans[0], provenance: { origin: 'run', author: 'x', confidence: 2 } }] }),
      'provenance.confidence: expected a probability from 0 to 1, found 2',
    ],
    [
      'characters between words',
      doc({ tokens: [0, 2], spans: [{ chars: [4, 5], label: 'P' }] }),
      "sentences[0].spans[0].chars: expected characters of this sentence's words, found 4 to 5",
    ],
    [
      'characters that are not in the words stated',
      doc({ tokens: [0, 2], spans: [{ start: 0, end: 2, chars: [1, 3], label: 'P' }] }),
      'sentences[0].spans[0].end: expected a whole number from 1 to 1, found 2',
    ],
    [
      'a note that is no text',
      doc({ tokens: [0, 2], spans: [{ ...spans[0], remark: { note: 7 } }] }),
      'sentences[0].spans[0].remark.note: expected a string, found 7',
    ],
    [
      'a history that takes back the future',
      doc({ tokens: [0, 2], history: [{ author: 'a', atMs: 1, description: 'd', changes: [], undoes: 1 }] }),
      'sentences[0].history[0].undoes',
    ],
  ])('rejects %s by line and field, and goes on', async (_, line, message) => {
    const { docs, problems, counts } = await parse(header, line, { text: 'Ada' })
    expect(docs.map(({ text }) => text)).toEqual(['Ada'])
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 })
    expect(problems).toEqual([expect.objectContaining({ file: 'a.jsonl', line: 2, severity: 'rejected' })])
    expect(problems[0]?.message).toContain(message)
  })

  it('takes spans, relations and documents that are repeated once, and counts them', async () => {
    const twice = {
      tokens: [0, 2],
      spans: [...spans, { ...spans[0], id: 'm2', remark: { note: 'again' } }, spans[1]],
      relations: [
        { subject: 'm', type: 't', object: 'o' },
        { subject: 'm2', type: 't', object: 'o' },
      ],
    }
    const line = { id: 'x', ...doc(twice) }
    const { docs, problems, counts, repeats } = await parse(line, line, { text: 'Yes.' }, { text: 'Yes.' })
    expect(docs.map(({ text }) => text)).toEqual(['Mara left', 'Yes.', 'Yes.'])
    const [annotation] = docs[0]?.annotations ?? []
    expect(annotation?.spans).toMatchObject([{ id: 'm', remark: { note: 'again' } }, { id: 'o' }])
    expect(annotation?.relations).toMatchObject([{ id: 'r1', subject: 'm', object: 'o' }])
    expect(annotation?.repeatedTriples).toBe(1)
    expect(repeats).toEqual(['2 repeated spans', '1 repeated relation', '1 repeated document'])
    expect(counts).toMatchObject({ accepted: 3, repaired: 0, rejected: 0 })
    expect(problems.map(({ line: at, message, severity }) => `${severity} ${at}: ${message}`)).toEqual([
      'note 1: 2 repeated spans, taken once (the first is here)',
      'note 1: 1 repeated relation, taken once (the first is here)',
      'note 2: 1 repeated document, taken once (the first is here)',
    ])
  })

  it('keeps the remarks of both where two repeated spans have one', async () => {
    const remarked = [
      { ...spans[0], remark: { note: 'which?' } },
      { ...spans[0], id: 'm2', remark: { note: 'Mara', isFlagged: true } },
    ]
    const { docs } = await parse(doc({ tokens: [0, 2], spans: remarked }))
    expect(docs[0]?.annotations[0]?.spans).toMatchObject([{ remark: { note: 'which?\nMara', isFlagged: true } }])
  })

  it('takes documents of one id and other content both, and says so', async () => {
    const { docs, problems } = await parse({ id: 'x', text: 'Mara' }, { id: 'x', text: 'Ada' })
    expect(docs.map(({ id, text }) => [id, text])).toEqual([
      ['x', 'Mara'],
      ['x', 'Ada'],
    ])
    expect(problems).toMatchObject([
      { line: 2, severity: 'note', message: expect.stringContaining('the id of another') as string },
    ])
  })

  it('takes ids that are numbers as text, and counts the repair', async () => {
    const numbered = doc({
      tokens: [0, 2],
      spans: [
        { ...spans[0], id: 1 },
        { ...spans[1], id: 2 },
      ],
      relations: [{ subject: 1, type: 't', object: 2 }],
    })
    const { docs, counts, repairs } = await parse({ id: 7, ...numbered })
    expect(docs[0]).toMatchObject({ id: '7', annotations: [{ relations: [{ subject: '1', object: '2' }] }] })
    expect([counts.repaired, repairs]).toEqual([1, ['3 numbers taken as text']])
  })

  it.each([
    [{ ...header, version: 9 }, 'update Espalier'],
    [{ ...header, labels: { entityTypes: [{}] } }, 'labels.entityTypes[0].name: expected a name, found nothing'],
  ])('reads nothing under a head it does not understand', async (head, message) => {
    const { docs, problems } = await parse(head, { text: 'Ada' })
    expect(docs).toEqual([])
    expect(problems[0]?.message).toContain(message)
  })
})
