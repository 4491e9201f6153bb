/** sentext lines of HRL: every relation tags the words of its sentence. */
import { describe, expect, it } from 'vitest'
import { hrl } from '#main/corpora/formats/hrl/read'
import { readText, writeText } from '../../support/corpus-files.ts'

const line = {
  sentext: 'Mara Velt founded Orbisk Labs in Tarnow .',
  relations: [{ rtext: 'founder_of', em1: 'Mara Velt', em2: 'Orbisk Labs', tags: [4, 1, 0, 5, 2, 0, 6, 0] }],
}
const parse = async (...lines: readonly object[]) =>
  await readText(hrl, lines.map((one) => JSON.stringify(one)).join('\n'), 'train.json')

describe('a line with a sentext', () => {
  it('has the places of subject, object and other entities in its tags', async () => {
    const { docs, problems, labels } = await parse(line)
    expect(problems).toEqual([])
    expect(docs[0]?.annotations[0]).toMatchObject({
      spans: [
        { start: 0, end: 2 },
        { start: 3, end: 5 },
        { start: 6, end: 7 },
      ],
      relations: [{ subject: 's1', type: 'founder_of', object: 's2' }],
    })
    expect(JSON.parse((await writeText(hrl, docs, labels)).text)).toEqual(line)
  })

  it('uses its tags and not the first place of a string', async () => {
    const { docs } = await parse({
      sentext: 'Velt met Velt in Tarnow',
      relations: [{ rtext: 'lives_in', em1: 'Velt', em2: 'Tarnow', tags: [6, 0, 4, 0, 5] }],
    })
    expect(docs[0]?.annotations[0]?.spans[0]).toMatchObject({ start: 2, end: 3 })
  })

  it('finds strings without tags, and keeps those that stand nowhere', async () => {
    const { docs, counts } = await parse({
      sentext: 'Velt left  Tarnow',
      relations: [
        { rtext: 'left', em1: 'Velt', em2: 'Tarnow' },
        { rtext: 'left', em1: 'Nobody', em2: 'Tarnow', tags: [0, 0, 0] },
        { rtext: 'None', em1: 'Velt', em2: 'Tarnow', tags: [4, 0, 5] },
      ],
    })
    expect(docs[0]).toMatchObject({ text: 'Velt left  Tarnow' })
    expect(docs[0]?.annotations[0]).toMatchObject({
      relations: [{ type: 'left' }],
      unanchored: [{ subject: 'Nobody' }],
    })
    expect(counts.unanchored).toBe(1)
  })

  it.each([
    [[4, 1], 'relations[0].tags: expected one for each of the 8 words of the sentence, found 2'],
    [[4, 1, 0, 5, 2, 0, 7, 0], 'relations[0].tags[6]: expected a whole number from 0 to 6, found 7'],
  ])('is rejected where its tags are amiss', async (tags, message) => {
    const { problems } = await parse({ ...line, relations: [{ ...line.relations[0], tags }] })
    expect(problems).toMatchObject([{ line: 1, severity: 'rejected', message }])
  })

  it('says which spans its tags have no room for, also where a longer one begins with the same word', async () => {
    const { docs, labels } = await parse(line)
    const [doc] = docs
    const annotation = doc?.annotations[0]
    const [span] = annotation?.spans ?? []
    if (!doc || !annotation || !span) throw new Error('the line was not read')
    const spans = [...annotation.spans, { ...span, id: 's9', end: 1 }]
    expect((await writeText(hrl, [{ ...doc, annotations: [{ ...annotation, spans }] }], labels)).losses).toEqual([
      '1 span that no row of tags has room for is left out',
    ])
  })
})
