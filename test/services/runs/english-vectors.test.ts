/** The English vectors that come with the program: taken where nobody names others and the text is English enough. */
import { describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { createRunVectors } from '#main/services/runs/run-vectors'
import { openEnglishVectors } from '#main/services/runs/english-vectors'
import { createVectorFiles } from '#main/services/runs/vector-files'
import { temporaryFolder } from '../../support/temporary-workspace.ts'

const english = 'The company was founded by two engineers in a small town near the river'.toLowerCase().split(' ')
const german = 'Das Unternehmen wurde von zwei Ingenieuren in einer kleinen Stadt am Fluss gegründet'
  .toLowerCase()
  .split(' ')

function find(words: readonly string[], asked: Record<string, unknown> = {}) {
  const runVectors = createRunVectors(createVectorFiles(temporaryFolder()))
  const request = runRequest.parse({ corpusId: 1, variants: ['pmei'], seeds: [1], ...asked })
  return runVectors.tryFind(request, () => Promise.resolve({ words, inTrain: words.map(() => 1) }), null)
}

describe('the English vectors that come with the program', () => {
  it('are 100,000 words of 100 numbers, the frequent ones among them', async () => {
    const { words, dimension, of } = await openEnglishVectors()
    expect([[...words].length, dimension]).toEqual([100_000, 100])
    const { words: found, values } = of(['of', 'no-such-word', 'the'])
    expect(found).toEqual(['of', 'the'])
    // GloVe 6B has -0.1529 and -0.24279 for "of", and -0.038194 and -0.24487 for "the"
    expect(values[0]).toBeCloseTo(-0.1529, 1)
    expect(values[100]).toBeCloseTo(-0.038194, 1)
    expect(values[101]).toBeCloseTo(-0.24487, 1)
  })

  it('are taken where nobody names vectors and they cover the text', async () => {
    const { vectors, remarks } = await find(english)
    expect(vectors?.identity).toMatchObject({ file: 'english', dimension: 100 })
    expect(remarks.join()).toMatch(/English vectors that come with Espalier: they cover 9\d\.\d % of the text/)
  })

  it('are left alone where the text is of another language, which is said with what to do', async () => {
    const { vectors, remarks } = await find(german)
    expect(vectors).toBeNull()
    expect(remarks.join()).toMatch(/less than 70 %, and none of other languages come with it: name a file/)
  })

  it('are left alone where none are wanted, or words are to have another width', async () => {
    expect(await find(english, { vectors: 'none' })).toMatchObject({ vectors: null, failure: null })
    const { vectors, remarks } = await find(english, { model: { wordDimension: 8 } })
    expect(vectors).toBeNull()
    expect(remarks.join()).toContain('Those that come with Espalier are 100 wide, and the words here 8.')
  })

  it('can be asked for by name, whatever they cover', async () => {
    const { vectors, remarks } = await find(german, { vectors: 'english' })
    expect(vectors?.vectors.words).toContain('in')
    expect(remarks.join()).toMatch(/has vectors for only \d+\.\d % of the text of train: are they of its language/)
    expect((await find(english, { vectors: 'english' })).remarks).toEqual([])
  })
})
