/** UIMA CAS JSON: a draft, read only when that is asked for. */
import { describe, expect, it } from 'vitest'
import type { Json } from '#main/core/json'
import { wordsOf } from '#main/text/words'
import { readText } from '../../support/corpus-files.ts'
import { marksIn } from '../../support/doc-marks.ts'

type Values = Readonly<Record<string, Json>>

const text = 'Mara Velt founded Orbisk. Ada left.'
const segmentation = 'de.tudarmstadt.ukp.dkpro.core.api.segmentation.type'
const sofa: Values = { '%ID': 1, '%TYPE': 'uima.cas.Sofa', sofaString: text }
const at = (id: number, type: string, begin: number, end: number, more: Values = {}): Values => ({
  ...{ '%ID': id, '%TYPE': type, '@sofa': 1, begin, end },
  ...more,
})
const mara = at(2, 'custom.Span', 0, 9, { value: 'PER' })
const orbisk = at(3, 'custom.Span', 18, 24, { value: 'ORG' })
const founded = at(4, 'custom.Relation', 18, 24, { '@Governor': 2, '@Dependent': 3, label: 'founder_of' })

function read(structures: readonly Json[], experimental = true) {
  const file = {
    '%TYPES': {},
    '%VIEWS': { _InitialView: { '%SOFA': 1, '%MEMBERS': [] } },
    '%FEATURE_STRUCTURES': structures,
  }
  return readText(null, JSON.stringify(file), 'cas.json', { experimental })
}

describe('a CAS', () => {
  it('is refused unless reading it is chosen, with what to do', async () => {
    const { docs, problems } = await read([sofa, mara], false)
    expect(docs).toEqual([])
    expect(problems).toMatchObject([
      { message: expect.stringMatching(/draft.*--experimental.*WebAnno TSV 3/) as string },
    ])
  })

  it('gives spans, relations from governor to dependent, and says which types they are of', async () => {
    const lemma = at(9, `${segmentation}.Lemma`, 0, 4, { value: 'mara' })
    const { docs, problems } = await read([sofa, founded, orbisk, mara, lemma])
    expect(docs.map((doc) => marksIn(doc))).toEqual([['PER Mara Velt', 'ORG Orbisk', 'founder_of(Mara Velt, Orbisk)']])
    expect(problems.map(({ message }) => message)).toEqual([
      `spans are those of custom.Span; relations those of custom.Relation; left out: ${segmentation}.Lemma`,
    ])
  })

  it('is refused where an id stands twice: a reference to it could mean either', async () => {
    const { docs, problems } = await read([sofa, mara, at(2, 'custom.Span', 18, 24, { value: 'ORG' })])
    expect(docs).toEqual([])
    expect(problems).toMatchObject([
      {
        message: expect.stringContaining(
          '%FEATURE_STRUCTURES[2].%ID: expected an id used once, found 2 again',
        ) as string,
      },
    ])
  })

  it('has words and sentences where it states them', async () => {
    const words = ['Mara Velt', 'founded', 'Orbisk.', 'Ada', 'left', '.']
    let end = 0
    const tokens = words.map((word, index) => {
      const begin = text.indexOf(word, end)
      end = begin + word.length
      return at(10 + index, `${segmentation}.Token`, begin, end)
    })
    const sentences = [at(20, `${segmentation}.Sentence`, 0, 25), at(21, `${segmentation}.Sentence`, 26, 35)]
    const { docs } = await read([sofa, ...tokens, ...sentences, mara])
    expect(docs[0] && wordsOf(text, docs[0].tokens)).toEqual(words)
    expect(docs[0]?.sentences).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 6 },
    ])
  })

  it.each([
    ['UTF-16 units', 3, 7],
    ['code points', 2, 6],
  ])('may count %s', async (_, begin, end) => {
    const { docs } = await read([
      { ...sofa, sofaString: '😀 Mara !' },
      at(2, 'custom.Span', begin, end, { value: 'PER' }),
    ])
    expect(docs.map((doc) => marksIn(doc))).toEqual([['PER Mara']])
  })

  it.each<[readonly Json[], string]>([
    [[mara], 'expected a uima.cas.Sofa with a "sofaString", found none'],
    [[sofa, { ...mara, end: 99 }], '%FEATURE_STRUCTURES[1]: expected offsets in the text, found 0 to 99'],
    [
      [sofa, mara, { ...founded, '@Dependent': 77 }],
      '%FEATURE_STRUCTURES[2]: expected the ids of annotations that are spans, found 77',
    ],
    [[sofa, { '%TYPE': 'x' }], '%FEATURE_STRUCTURES[1].%ID: expected a whole number, found null'],
  ])('that is wrong is refused by field: %#', async (structures, message) => {
    const { problems, counts } = await read(structures)
    expect(counts.rejected).toBe(1)
    expect(problems).toContainEqual(expect.objectContaining({ message: expect.stringContaining(message) as string }))
  })

  it('that is cut off is refused as no JSON', async () => {
    const { problems } = await readText({ name: 'uima-json' }, '{"%TYPES": {', 'cas.json', { experimental: true })
    expect(problems).toMatchObject([{ line: null, message: expect.stringContaining('not valid JSON') as string }])
  })
})
