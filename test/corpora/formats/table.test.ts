/** Tables of triples: columns found by their names or chosen, rows of one text joined, quotes and signs of every kind. */
import { describe, expect, it } from 'vitest'
import { csv, tsv } from '#main/corpora/formats/table/table'
import { openCorpus } from '#main/corpora/read-corpus'
import { memorySource } from '#main/files/memory-source'
import { wordsOf } from '#main/text/words'
import { readText, writeText, type ReadFile } from '../../support/corpus-files.ts'

const read = async (text: string, settings = {}) => await readText(csv, text, 'a.csv', settings)
const triplesOf = ({ docs }: ReadFile) =>
  docs.map(({ text, tokens, annotations }) =>
    annotations.flatMap(({ spans, relations, unanchored }) => {
      const words = wordsOf(text, tokens)
      const nameOf = (id: string) => {
        const span = spans.find((one) => one.id === id)
        return `${words.slice(span?.start, span?.end).join(' ')}/${span?.label}`
      }
      return [
        ...relations.map(({ subject, type, object }) => `${nameOf(subject)} ${type} ${nameOf(object)}`),
        ...unanchored.map(({ subject, type, object }) => `? ${subject} ${type} ${object}`),
      ]
    }),
  )
const notes = ({ problems }: ReadFile) =>
  problems.filter(({ severity }) => severity === 'note').map(({ message }) => message)
const rejected = ({ problems }: ReadFile) =>
  problems.filter(({ severity }) => severity === 'rejected').map(({ line, message }) => `${line}: ${message}`)

describe('a table', () => {
  it('has its columns found by their names, and says which', async () => {
    const table = await read(
      'Sentence,Head,Head Type,Predicate,Tail,Source\nMara left Lunde,Mara,PER,left,Lunde,news\n',
    )
    expect(triplesOf(table)).toEqual([['Mara/PER left Lunde/ENTITY']])
    expect(notes(table)).toEqual([])
    expect(table.evidence).toBe(
      '6 columns set apart by commas: text in "Sentence", subject in "Head", relation in "Predicate", object in "Tail", type of the subject in "Head Type"',
    )
    expect(table.docs[0]?.sourceExtra).toEqual({ Source: 'news' })
  })

  it('joins rows that follow one another with the same text', async () => {
    const table = await read(
      'text,subject,relation,object\nMara met Ada,Mara,met,Ada\nMara met Ada,Ada,met,Mara\nMara met Ada,Ada,met,Mara\nTom left,,,\nMara met Ada,Mara,saw,Ada\n',
    )
    expect(triplesOf(table)).toEqual([
      ['Mara/ENTITY met Ada/ENTITY', 'Ada/ENTITY met Mara/ENTITY'],
      [],
      ['Mara/ENTITY saw Ada/ENTITY'],
    ])
    expect(table.repeats).toEqual(['1 repeated triple'])
    expect(notes(table)).toContain(
      '1 text stands again after other rows, and is a sentence of its own there: sort the rows by text to join them',
    )
  })

  it('may have signs, quotes and line breaks in its cells, and a byte order mark', async () => {
    const table = await read(
      '\uFEFFtext;subject;relation;object\r\n"Mara said ""no;""\r\nto Ada";Mara;"said to";Ada\r\n',
    )
    expect(table.docs[0]?.text).toBe('Mara said "no;"\r\nto Ada')
    expect(triplesOf(table)).toEqual([['Mara/ENTITY said to Ada/ENTITY']])
    expect(table.records).toEqual([3])
  })

  it('may be set apart by tabs, whatever it is named', async () => {
    expect(triplesOf(await read('text\tsubject\trelation\tobject\nMara, 5" tall\tMara\tis\ttall\n'))).toEqual([
      ['Mara/ENTITY is tall/ENTITY'],
    ])
  })

  it('may have its columns chosen by name or number, with or without a row of names', async () => {
    const settings = { textColumn: 'b', subjectColumn: '1', relationColumn: '3', objectColumn: 'd' }
    expect(triplesOf(await read('a,b,c,d\nMara,Mara left Lunde,left,Lunde\n', settings))).toEqual([
      ['Mara/ENTITY left Lunde/ENTITY'],
    ])
    const numbers = { textColumn: '2', subjectColumn: '1', relationColumn: '3', objectColumn: '4' }
    expect(triplesOf(await read('Mara,Mara left Lunde,left,Lunde\nAda,Ada left,left,Lunde\n', numbers))).toEqual([
      ['Mara/ENTITY left Lunde/ENTITY'],
      ['? Ada left Lunde'],
    ])
    expect(rejected(await read('a,b\nx,y\n', { textColumn: 'z' }))).toEqual([
      'null: the text column must be one of "a", "b" or a number from 1 to 2, found "z".',
    ])
  })

  it('may hold texts alone, and splits', async () => {
    const { docs } = await read('text,split\nMara left.,dev\nAda stayed.,TEST\n')
    expect(docs.map(({ text, split }) => [text, split])).toEqual([
      ['Mara left.', 'dev'],
      ['Ada stayed.', 'test'],
    ])
  })

  it('rejects a row by its line, and reads the others', async () => {
    const table = await read(
      'text,subject,relation,object\nMara left,Mara,left,\nTom left,Tom,left,left\nAda left,Ada\n,Ada,left,Tom\nEve left,,,\n',
    )
    expect(table.docs.map(({ text }) => text)).toEqual(['Tom left', 'Eve left'])
    expect(rejected(table)).toEqual([
      '2: line 2: expected subject, relation and object, found no object',
      '4: line 4: expected 4 columns, found 2',
      '5: line 5: expected a text, found none',
    ])
  })

  it.each([
    [
      'text,subject,relation,object\n"Mara left,Mara,left,it\n',
      /a quotation mark that opens on line 2 or before is never closed/,
    ],
    ['a,b,c\n1,2,3\n', /no column is named as the text, subject, relation, object: its columns are "a", "b", "c"/],
    ['text,subject\nMara,Mara\n', /no column is named as the relation, object/],
    ['', /it holds no rows/],
  ])('is refused where it is no table of triples: %j', async (text, message) => {
    expect((await read(text)).problems[0]).toMatchObject({
      line: null,
      message: expect.stringMatching(message) as string,
    })
  })

  it('is written with a row for each triple and each sentence without any', async () => {
    const { docs, labels } = await read(
      'text,subject,relation,object\n"Mara ""Mo"" left, sadly",Mara,left,sadly\nTom left,,,\n',
    )
    expect((await writeText(csv, docs, labels)).text).toBe(
      'id,text,subject,subject_type,relation,object,object_type\r\n1,"Mara ""Mo"" left, sadly",Mara,,left,sadly,\r\n2,Tom left,,,,,\r\n',
    )
    expect((await writeText(tsv, docs, labels)).text).toContain('2\tTom left\t\t\t\t\t\r\n')
  })

  it('is left while it is read without anything going on behind it', async () => {
    const rows = `text,subject,relation,object\n${'Mara left,,,\nAda left,,,\n'.repeat(100_000)}`
    let opened = 0
    const whole = memorySource('a.csv', rows)
    const source = {
      ...whole,
      async *open() {
        for await (const bytes of whole.open()) {
          opened += bytes.length
          yield bytes
        }
      },
    }
    const { docs } = await openCorpus(source, { format: 'csv' })
    opened = 0
    for await (const { record } of docs) if (record > 3) break
    expect(opened).toBeLessThan(rows.length / 2)
  })
})
