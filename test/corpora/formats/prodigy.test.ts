/** Prodigy: tokens as given, relations by spans or tokens, answers other than "accept" no gold. */
import { describe, expect, it } from 'vitest'
import { prodigy } from '#main/corpora/formats/prodigy/read'
import type { Json } from '#main/core/json'
import { emptyLabelSet } from '#main/labels/label-set'
import { wordsOf } from '#main/text/words'
import { readText, writeText } from '../../support/corpus-files.ts'
import { marksIn } from '../../support/doc-marks.ts'

type Values = Readonly<Record<string, Json>>

const text = 'Mara Velt founded Orbisk Labs.'
const words: [string, number, boolean][] = [
  ['Mara', 0, true],
  ['Velt', 5, true],
  ['founded', 10, true],
  ['Orbisk', 18, true],
  ['Labs', 25, false],
  ['.', 29, false],
]
const tokens = words.map(([word, start, ws], id) => ({ text: word, start, end: start + word.length, id, ws }))
const mara = { text: 'Mara Velt', start: 0, end: 9, token_start: 0, token_end: 1, type: 'span', label: 'PER' }
const labs = { text: 'Orbisk Labs', start: 18, end: 29, token_start: 3, token_end: 4, type: 'span', label: 'ORG' }
const relation = { head: 1, child: 4, label: 'founder_of' }
const full: Values = { text, tokens, spans: [mara, labs], relations: [relation], answer: 'accept' }
const marks = ['PER Mara Velt', 'ORG Orbisk Labs', 'founder_of(Mara Velt, Orbisk Labs)']

async function read(records: readonly Json[]) {
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('')
  const file = await readText(prodigy, lines, 'rel.jsonl')
  return { ...file, marks: file.docs.map((doc) => marksIn(doc)) }
}

async function again(records: readonly Json[]): Promise<Json[]> {
  const { docs } = await read(records)
  const { text: lines } = await writeText(prodigy, docs, emptyLabelSet)
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json) // JSON.parse gives nothing else
}

describe('a record', () => {
  it('gives spans, relations and the words that the file has', async () => {
    const { marks: found, docs, problems } = await read([full])
    expect(found).toEqual([marks])
    expect(docs[0] && wordsOf(text, docs[0].tokens)).toEqual(words.map(([word]) => word))
    expect(problems).toEqual([])
  })

  it('may be spans alone, without tokens and answer', async () => {
    const { marks: found } = await read([{ text, spans: [{ start: 0, end: 9, label: 'PER' }], meta: { source: 'x' } }])
    expect(found).toEqual([['PER Mara Velt']])
  })

  it('has its text from "text", whatever the flags of white space say', async () => {
    const { docs } = await read([{ ...full, tokens: tokens.map((token) => ({ ...token, ws: true })) }])
    expect(docs[0]?.text).toBe(text)
  })

  it('may give spans by tokens, of which the last is counted in', async () => {
    const { start: _s, end: _e, ...byTokens } = mara
    expect((await read([{ ...full, spans: [byTokens, labs] }])).marks).toEqual([marks])
  })
})

describe('ends of relations', () => {
  const inner = { ...mara, start: 5, token_start: 1, text: 'Velt', label: 'NAME' }

  it('are the spans that are stated, where two end at the same token', async () => {
    const stated = { ...relation, head_span: { ...inner, text: '' }, child_span: labs }
    const { marks: found, problems } = await read([{ ...full, spans: [mara, inner, labs], relations: [stated] }])
    expect(found[0]?.at(-1)).toBe('founder_of(Velt, Orbisk Labs)')
    expect(problems).toEqual([])
  })

  it('are the shortest span that ends at their token where only that is given, which is said', async () => {
    const { marks: found, problems } = await read([{ ...full, spans: [mara, inner, labs] }])
    expect(found[0]?.at(-1)).toBe('founder_of(Velt, Orbisk Labs)')
    expect(problems).toMatchObject([{ message: expect.stringContaining('lies in several spans') as string }])
  })

  it('are a span around their token where none ends there', async () => {
    expect((await read([{ ...full, relations: [{ ...relation, head: 0 }] }])).marks).toEqual([marks])
  })

  it('become spans where they are none, which is a repair', async () => {
    const { marks: found, repairs } = await read([{ ...full, spans: [labs] }])
    expect(found).toEqual([['ORG Orbisk Labs', 'ENTITY Velt', 'founder_of(Velt, Orbisk Labs)']])
    expect(repairs).toEqual(['1 span made of words that a relation joins, as ENTITY'])
  })
})

describe('an answer', () => {
  it.each(['reject', 'ignore'])(
    '"%s" is no gold: the text comes without marks, flagged, and is written back as it stood',
    async (answer) => {
      const record = { ...full, answer }
      const { docs, marks: found, problems } = await read([record])
      expect(found).toEqual([[]])
      expect(docs[0]?.annotations[0]?.review.isFlagged).toBe(true)
      expect(problems).toMatchObject([{ message: expect.stringContaining('1 record rejected or ignored') as string }])
      expect(await again([record])).toEqual([record])
      expect((await writeText(prodigy, docs, emptyLabelSet)).losses).toEqual([])
    },
  )

  it('of a refusal is lost when the record was annotated since, which is said', async () => {
    const refused = (await read([{ ...full, answer: 'reject' }])).docs
    const accepted = (await read([full])).docs
    const docs = refused.map((doc, index) => ({ ...doc, annotations: accepted[index]?.annotations ?? [] }))
    const { text: lines, losses } = await writeText(prodigy, docs, emptyLabelSet)
    expect(lines).toContain('"answer":"accept"')
    expect(losses).toEqual([expect.stringContaining('loses what was refused')])
  })
})

describe('what is wrong', () => {
  it.each<[Values, string]>([
    [{ ...full, spans: [{ ...mara, end: 99 }] }, 'spans[0]: expected offsets in the text, found 0 to 99'],
    [
      { ...full, relations: [{ ...relation, child: 77 }] },
      'relations[0].child: expected the number of a token, found 77',
    ],
    [{ ...full, relations: [{ ...relation, label: null }] }, 'relations[0].label: expected a name, found null'],
    [
      { ...full, tokens: tokens.toReversed() },
      'tokens[1]: expected offsets in the text, each token after the one before',
    ],
    [{ tokens, spans: [], answer: 'accept' }, 'text: expected a string, found nothing'],
  ])('is refused by record and field: %#', async (wrong, message) => {
    const { problems, counts } = await read([wrong, full])
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 })
    expect(problems).toMatchObject([{ line: 1, message: expect.stringContaining(message) as string }])
  })
})

describe('what is written', () => {
  it('is what was read, further keys and hashes included', async () => {
    const [headSpan, childSpan] = [mara, labs].map(({ text: _t, type: _y, ...rest }) => rest)
    const record: Values = {
      ...full,
      tokens: tokens.map((token) => ({ ...token, disabled: token.id === 5 })),
      spans: [{ ...mara, source: 'rules' }, labs],
      relations: [{ ...relation, head_span: headSpan ?? null, child_span: childSpan ?? null, color: '#ffd882' }],
      _input_hash: -13216227,
      meta: { source: 'x' },
    }
    expect(await again([record])).toEqual([record])
  })
})
