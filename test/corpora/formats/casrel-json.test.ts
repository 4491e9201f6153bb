/** CasRel triple JSON and its traps (formats.md 3.1). */
import { describe, expect, it } from 'vitest'
import { casrelJson } from '#main/corpora/formats/casrel-json/read'

const provenance = { origin: 'import', author: 'a.json' }
const parse = (value: unknown) => casrelJson.parse(typeof value === 'string' ? value : JSON.stringify(value), 'a.json')
const record = (text: string, ...triple_list: string[][]) => ({ text, triple_list })

describe('triple JSON', () => {
  it('anchors strings at the words they name', () => {
    const { docs, labels, problems, counts } = parse([
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

  it('counts offsets in code points of the text as it is', () => {
    const { docs } = parse([record('😀  Mara .')])
    expect(docs[0]?.text).toBe('😀  Mara .')
    expect(docs[0]?.tokens).toEqual([
      { start: 0, end: 1 },
      { start: 3, end: 7 },
      { start: 8, end: 9 },
    ])
  })

  it('takes the first occurrence of a string that stands twice, and counts the triple', () => {
    const { docs, counts } = parse([record('Velt met Velt in Tarnow', ['Velt', 'lives_in', 'Tarnow'])])
    expect(docs[0]?.annotations[0]?.spans[0]).toMatchObject({ start: 0, end: 1 })
    expect(docs[0]?.annotations[0]?.ambiguousAnchors).toBe(1)
    expect(counts.ambiguousAnchors).toBe(1)
  })

  it('keeps a relation of a string to itself as a relation of one span', () => {
    const { docs } = parse([record('Velt and Velt', ['Velt', 'spouse', 'Velt'])])
    const annotation = docs[0]?.annotations[0]
    expect(annotation?.spans).toHaveLength(1)
    expect(annotation?.relations[0]).toMatchObject({ subject: 's1', object: 's1' })
  })

  it('keeps a triple whose string is not in the sentence, and says how the sentence spells it', () => {
    const { docs, problems, counts } = parse([
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

  it('takes a repeated triple once and leaves out "None", and says so once for the file', () => {
    const triple = ['Mara', 'knows', 'Ada']
    const { docs, problems } = parse([
      record('Mara and Ada'),
      record('Mara and Ada', triple, triple, ['Ada', 'None', 'Mara']),
      record('Mara and Ada', triple, triple),
    ])
    expect(docs.map((doc) => doc.annotations[0]?.relations.length)).toEqual([0, 1, 1])
    expect(problems).toEqual([
      expect.objectContaining({ line: 2, message: expect.stringContaining('2 triples stand again') as string }),
      expect.objectContaining({ line: 2, message: expect.stringContaining('1 triples of the type "None"') as string }),
    ])
  })

  it('keeps further keys of a record and writes them back', () => {
    const source = [{ text: 'Mara .', triple_list: [], id: 7, source: { page: 'x' } }]
    const { docs, labels } = parse(source)
    expect(docs[0]?.sourceExtra).toEqual({ id: 7, source: { page: 'x' } })
    expect(JSON.parse(casrelJson.serialize?.(docs, labels).text ?? '')).toEqual(source)
  })

  it('rejects a bad record by number and field, and goes on', () => {
    const { docs, problems, counts } = parse([
      record('Mara .'),
      { text: 5, triple_list: [] },
      { text: 'Mara .' },
      record('Mara .', ['Mara', 'knows']),
      { text: 'Mara .', triple_list: [['Mara', 3, 'Ada']] },
      record('Mara .', ['Mara', 'knows', '']),
      record('   '),
      null,
      record('Ada .'),
    ])
    expect(docs.map(({ id }) => id)).toEqual(['a.json#1', 'a.json#9'])
    expect(counts).toMatchObject({ accepted: 2, rejected: 7 })
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '2: text: expected a string, found 5',
      '3: triple_list: expected an array, found nothing',
      '4: triple_list[0]: expected three strings (subject, relation type, object), found an array of 2',
      '5: triple_list[0][1]: expected a string, found 3',
      '6: triple_list[0]: expected three strings (subject, relation type, object), found an empty one',
      '7: text: it holds no words, so there is nothing to annotate',
      '8: the record: expected an object, found null',
    ])
  })

  it.each([
    ['[{"text": "a",\n "triple_list": [}]', 'not valid JSON at line 2, column 18'],
    ['', 'it is empty'],
    ['{"text": "Mara ."}', 'expected a JSON array'],
    ['[{"0": "founder_of"}, {"founder_of": 0}]', 'rel2id.json'],
    ['[{"text": "a"', 'not valid JSON at line 1, column 14'],
  ])('says what is wrong with the whole file: %s', (text, message) => {
    const { docs, problems, counts } = parse(text)
    expect(docs).toEqual([])
    expect(problems[0]).toMatchObject({ line: null, severity: 'rejected' })
    expect(problems[0]?.message).toContain(message)
    expect(counts.rejected).toBe(1)
  })

  it('names what it cannot write', () => {
    const { docs, labels } = parse([record('Velt met Velt in Tarnow', ['Velt', 'lives_in', 'Tarnow'])])
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
    expect(casrelJson.serialize?.([{ ...doc, annotations: [edited] }], labels).losses).toEqual([
      '1 spans lose their entity type',
      '1 spans move to the first place where their words stand',
      '1 spans in no triple are left out',
      '1 sentences lose their review state',
    ])
  })
})
