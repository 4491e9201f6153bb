/** Files of several annotators of the same documents: which belong together, and what they say together. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupFiles, type FileSample } from '#main/corpora/annotators/group-files'
import { joinReadings, type JoinedDoc } from '#main/corpora/annotators/merge-readings'
import { openCorpus } from '#main/corpora/read-corpus'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { charFault } from '#main/document/char-bounds'
import { createOffsetTable } from '#main/text/code-points'
import { memorySource } from '#main/files/memory-source'

interface Said {
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[]
  readonly relations: readonly { readonly from: number; readonly to: number; readonly type: string }[]
}

/** A record of doccano; ids of spans are their places in the list. */
const recordOf = (text: string, { spans, relations }: Said): string =>
  JSON.stringify({
    text,
    entities: spans.map(({ start, end, label }, id) => ({ id, start_offset: start, end_offset: end, label })),
    relations: relations.map(({ from, to, type }, id) => ({ id, from_id: from, to_id: to, type })),
  })
const nothing: Said = { spans: [], relations: [] }

async function join(files: Readonly<Record<string, readonly string[]>>): Promise<JoinedDoc[]> {
  const readings = await Promise.all(
    Object.entries(files).map(async ([name, lines]) => {
      const { docs } = await openCorpus(memorySource(`${name}.jsonl`, lines.join('\n')), {
        format: 'doccano',
        settings: { language: 'en', offsetUnit: 'code-points' },
      })
      return { name, kind: 'annotator' as const, docs }
    }),
  )
  const joined: JoinedDoc[] = []
  for await (const one of joinReadings(readings)) joined.push(one)
  return joined
}

/** What annotations say by characters of the text, in one order. */
function saidOf(doc: AnnotatedDoc, annotations: readonly (SentenceAnnotation | null)[]): string[] {
  return annotations
    .flatMap((said, at) => {
      const { spans, relations } = said ?? { spans: [], relations: [] }
      const sentence = doc.sentences[at]
      const tokens = doc.tokens.slice(sentence?.start, sentence?.end)
      const base = tokens[0]?.start ?? 0
      const places = new Map(
        spans.map(({ id, start, end, chars, label }) => [
          id,
          `${chars ? base + chars.start : tokens[start]?.start}-${chars ? base + chars.end : tokens[end - 1]?.end} ${label}`,
        ]),
      )
      expect(places.size).toBe(spans.length)
      const table = createOffsetTable(doc.text)
      const words = tokens.map((token) => table.slice(token.start, token.end))
      const own = tokens.map((token) => ({ start: token.start - base, end: token.end - base }))
      for (const span of spans) expect(charFault(span, { words, tokens: own })).toBeNull()
      return [
        ...places.values(),
        ...relations.map(({ subject, type, object }) => `${places.get(subject)} ${type} ${places.get(object)}`),
      ]
    })
    .sort()
}

const byAnnotator = ({ doc }: JoinedDoc) => ({
  main: saidOf(doc, doc.annotations),
  ...Object.fromEntries((doc.layers ?? []).map(({ name, annotations }) => [name, saidOf(doc, annotations)])),
})

describe('joining the files of several annotators', () => {
  it('makes one document of equal texts, with the others as layers', async () => {
    const text = 'Mara Velt left.'
    const [joined, ...more] = await join({
      ada: [recordOf(text, { spans: [{ start: 0, end: 9, label: 'PER' }], relations: [] })],
      ben: [recordOf(text, { spans: [{ start: 0, end: 4, label: 'PER' }], relations: [] })],
    })
    expect(more).toEqual([])
    expect(joined && byAnnotator(joined)).toEqual({ main: ['0-9 PER'], ben: ['0-4 PER'] })
  })

  it('splits words where one of the annotators needs it, and joins sentences where one has a relation between them', async () => {
    const text = 'Mara works. She likes Tarnowfish.'
    const [joined] = await join({
      ada: [
        recordOf(text, {
          spans: [
            { start: 22, end: 28, label: 'LOC' },
            { start: 28, end: 32, label: 'FISH' },
          ],
          relations: [],
        }),
      ],
      ben: [
        recordOf(text, {
          spans: [
            { start: 0, end: 4, label: 'PER' },
            { start: 22, end: 32, label: 'FISH' },
          ],
          relations: [{ from: 0, to: 1, type: 'likes' }],
        }),
      ],
    })
    expect(joined?.doc.sentences.length).toBe(1)
    expect(joined && byAnnotator(joined)).toEqual({
      main: ['22-28 LOC', '28-32 FISH'],
      ben: ['0-4 PER', '0-4 PER likes 22-32 FISH', '22-32 FISH'],
    })
  })

  it('keeps documents that only one file holds, in their place', async () => {
    const line = (text: string) => recordOf(text, nothing)
    const joined = await join({ ada: ['a b', 'c d', 'e f'].map(line), ben: ['c d', 'x y', 'e f', 'z z'].map(line) })
    expect(
      joined.map(({ doc, sources }) => `${doc.text} ${sources[0]?.reading ?? ''} ${doc.layers?.length ?? 0}`),
    ).toEqual(['a b 0 0', 'c d 0 1', 'e f 0 1', 'x y 1 0', 'z z 1 0'])
  })

  it('keeps what only one file holds beyond its annotations', async () => {
    const [joined] = await join({
      ada: ['{"text":"a b","entities":[],"relations":[],"page":1}'],
      ben: ['{"text":"a b","entities":[],"relations":[],"page":2}'],
    })
    expect(joined?.doc.sourceExtra).toEqual({ page: 1, annotators: { ben: { page: 2 } } })
  })

  const text = 'Mara Velt of Tarnow-Labs left. She, 5km on, saw 😀 Ünal. Was it so?'
  const characters = [...text]
  const letters = characters.length
  // spans that begin or end with white space would leave open what their offsets count
  const isFirm = (one: { readonly start: number; readonly end: number }): boolean =>
    [characters[one.start], characters[one.end - 1]].every((letter) => letter?.trim() !== '')
  const said = fc
    .array(
      fc.record({
        start: fc.nat(letters - 1),
        length: fc.integer({ min: 1, max: 12 }),
        label: fc.constantFrom('A', 'B'),
      }),
      { maxLength: 5 },
    )
    .map((spans) =>
      spans
        .map(({ start, length, label }) => ({ start, end: Math.min(letters, start + length), label }))
        .filter(isFirm),
    )
    .chain((spans) =>
      fc.record({
        spans: fc.constant(spans),
        relations:
          spans.length === 0
            ? fc.constant([])
            : fc.array(
                fc.record({ from: fc.nat(spans.length - 1), to: fc.nat(spans.length - 1), type: fc.constant('r') }),
                { maxLength: 3 },
              ),
      }),
    )

  it('says of every annotator what their file says alone, to the character', () =>
    fc.assert(
      fc.asyncProperty(said, said, said, async (...all) => {
        const files = Object.fromEntries(all.map((one, at) => [`user${at}`, [recordOf(text, one)]]))
        const [joined] = await join(files)
        const alone = await Promise.all(
          Object.entries(files).map(async ([name, lines]) => {
            const [one] = await join({ [name]: lines })
            return one ? saidOf(one.doc, one.doc.annotations) : []
          }),
        )
        expect(joined && Object.values(byAnnotator(joined))).toEqual(alone)
      }),
      { numRuns: 200 },
    ))

  it('gives every document of every file once, whatever order and gaps they have', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.uniqueArray(
            fc.nat(30).map((at) => `t ${at}`),
            { minLength: 1, maxLength: 12 },
          ),
          { minLength: 1, maxLength: 4 },
        ),
        async (files) => {
          const lines = Object.fromEntries(
            files.map((texts, at) => [`u${at}`, texts.map((one) => recordOf(one, nothing))]),
          )
          const joined = await join(lines)
          for (const [at, texts] of files.entries()) {
            const own = joined.filter(
              ({ doc, sources }) => sources[0]?.reading === at || doc.layers?.some(({ name }) => name === `u${at}`),
            )
            expect(own.map(({ doc }) => doc.text).sort()).toEqual(texts.toSorted())
          }
          // no two documents of one text
          expect(new Set(joined.map(({ doc }) => doc.text)).size).toBe(joined.length)
        },
      ),
    ))

  it('goes on with files of thousands of documents of which many stand in one of them alone', async () => {
    const line = (at: number) => recordOf(`text ${at}`, nothing)
    const all = Array.from({ length: 3000 }, (_, at) => at)
    const joined = await join({
      ada: all.filter((at) => at % 3 !== 0).map(line),
      ben: all.filter((at) => at > 900 && at % 2 === 0).map(line),
      cora: all.map(line),
    })
    expect(joined.length).toBe(3000)
    expect(joined.filter(({ doc }) => doc.layers?.length === 2).length).toBe(
      all.filter((at) => at % 3 !== 0 && at > 900 && at % 2 === 0).length,
    )
  })
})

describe('files that belong together', () => {
  const grouped = (files: Readonly<Record<string, readonly string[]>>) => {
    const names = Object.keys(files)
    const samples = new Map(names.map((name, at): [number, FileSample] => [at, { name, texts: files[name] ?? [] }]))
    return groupFiles(names, samples).map((group) => group.map(({ file, annotator }) => `${annotator}: ${names[file]}`))
  }

  it('are those of one folder with the same texts, named by their annotators, curated ones first', () => {
    expect(
      grouped({
        'export.zip/unknown.jsonl': ['a', 'b'],
        'export.zip/ada.jsonl': ['a', 'b'],
        'export.zip/ben.smith.jsonl': ['b'],
        'other/ada.jsonl': ['c'],
      }),
    ).toEqual([['ada: export.zip/ada.jsonl', 'ben: export.zip/ben.smith.jsonl', 'unknown: export.zip/unknown.jsonl']])
    expect(
      grouped({
        'annotation/d1.txt/ada.tsv': ['a'],
        'curation/d1.txt/CURATION_USER.tsv': ['a'],
        'annotation/d2.txt/ada.tsv': ['b'],
      }),
    ).toEqual([['CURATION_USER: curation/d1.txt/CURATION_USER.tsv', 'ada: annotation/d1.txt/ada.tsv']])
  })

  it('are those of one name in the folders of their annotators', () => {
    expect(grouped({ 'ada/d1.txt': ['a'], 'ada/d2.txt': ['b'], 'ben/d1.txt': ['a'], 'ben/d2.txt': ['b'] })).toEqual([
      ['ada: ada/d1.txt', 'ben: ben/d1.txt'],
      ['ada: ada/d2.txt', 'ben: ben/d2.txt'],
    ])
  })

  it('are none that are different splits, or share less than half of their texts', () => {
    expect(grouped({ 'train.jsonl': ['a', 'b'], 'test.jsonl': ['a', 'b'] })).toEqual([])
    expect(grouped({ 'x.jsonl': ['a', 'b', 'c'], 'y.jsonl': ['a', 'e', 'f'] })).toEqual([])
  })
})
