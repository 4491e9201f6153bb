/** What an extraction reads: documents in the order of files and records, and refusals in their place. */
import { describe, expect, it } from 'vitest'
import { all } from '../../support/all-of.ts'
import { memorySource } from '#main/files/memory-source'
import { groupInputs, inputFile, readInputs, type InputPlace } from '#main/services/extraction/extraction-inputs'

interface FileText {
  readonly name: string
  readonly text: string
}

const start: InputPlace = { file: 0, input: 0 }
const open = (files: readonly FileText[], choice = {}, from = start) =>
  readInputs(
    files.map(({ name, text }) => inputFile(memorySource(name, text), name, choice)),
    from,
  )
const told = async (files: readonly FileText[], choice = {}, from = start) =>
  (await all(open(files, choice, from))).map(({ name, doc, failure }) =>
    doc ? `${name}: ${doc.text}` : `${name}! ${failure}`,
  )

const lines = '{oops\n{"text": "Mara left."}\n{"text": 5}\n{"id": "own", "text": "Ada left."}\n{oops\n'
const files = [
  { name: 'x.jsonl', text: lines },
  { name: 'x.txt', text: '\uFEFFJon left.' },
]

describe('the inputs of an extraction', () => {
  it('stand in the order of the files and of their records, rejected ones among them', async () => {
    expect(await told(files)).toEqual([
      expect.stringMatching(/^x\.jsonl#1! line 1: not valid JSON at column 2/),
      'x.jsonl#2: Mara left.',
      'x.jsonl#3! line 3: text: expected a string, found 5',
      'own: Ada left.',
      expect.stringMatching(/^x\.jsonl#5! line 5/),
      'x.txt: Jon left.',
    ])
  })

  it('are the rest of the same from any place on', async () => {
    const whole = await all(open(files))
    for (const [index, { next }] of whole.entries())
      expect(await all(open(files, {}, next))).toEqual(whole.slice(index + 1))
  })

  it('are all named, however many cannot be read', async () => {
    const many = await told([{ name: 'x.jsonl', text: `{"text": "Mara left."}\n${'{"text": 5}\n'.repeat(1500)}` }])
    expect(many).toHaveLength(1501)
    expect(many.at(-1)).toMatch(/^x\.jsonl#1501! line 1501/)
  })

  it('are refused where an import refuses them, so that no label reaches the model as text', async () => {
    const gold = '[{"sentence": "Mara lives in Tarnow .", "spo": []}]'
    const [refused, read] = await told([
      { name: 'gold.txt', text: gold },
      { name: 'a.txt', text: 'Mara left.' },
    ])
    expect(refused).toMatch(/^gold\.txt! gold\.txt looks like JSON of an unknown layout/)
    expect(read).toBe('a.txt: Mara left.')
    expect(await told([{ name: 'gold.txt', text: gold }], { format: 'plain-text' })).toEqual([`gold.txt: ${gold}`])
  })

  it('are split into sentences as the person chooses', async () => {
    const [input] = await all(
      open([{ name: 'a.txt', text: 'Mara left\nAda stayed' }], { settings: { sentencePerLine: true } }),
    )
    expect(input?.doc?.sentences).toHaveLength(2)
  })

  it('stop when the signal says so', async () => {
    const stop = new AbortController()
    stop.abort()
    const source = inputFile(memorySource('a.txt', 'Mara left.'), 'a.txt', {})
    await expect(all(readInputs([source], start, stop.signal))).rejects.toThrow()
  })
})

describe('groups of inputs', () => {
  const text = Array.from({ length: 20 }, (_, at) => `{"text": "Mara left ${at}."}\n`).join('')

  it('grow with their number, and are the same after a place between two of them', async () => {
    const sizeOf = (group: number) => 2 ** group
    const groups = await all(groupInputs(open([{ name: 'a.jsonl', text }]), sizeOf))
    expect(groups.map(({ inputs }) => inputs.length)).toEqual([1, 2, 4, 8, 5])
    const next = groups[1]?.inputs.at(-1)?.next ?? start
    const rest = await all(groupInputs(open([{ name: 'a.jsonl', text }], {}, next), sizeOf, 2))
    expect(rest).toEqual(groups.slice(2))
  })

  it('are smaller where sentences are long', async () => {
    const long = Array.from({ length: 6 }, () => `{"text": "${'Mara left '.repeat(64)}"}\n`).join('')
    const groups = await all(groupInputs(open([{ name: 'a.jsonl', text: long }]), () => 8))
    expect(groups.map(({ inputs, sentences }) => [inputs.length, sentences])).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ])
  })

  it('end also where nothing could be read', async () => {
    const broken = [{ name: 'a.jsonl', text: '{"text": "Mara left."}\n{"text": 5}\n{"text": 5}\n{"text": 5}\n' }]
    const groups = await all(groupInputs(open(broken), () => 2))
    expect(groups.map(({ inputs }) => inputs.length)).toEqual([2, 2])
  })
})
