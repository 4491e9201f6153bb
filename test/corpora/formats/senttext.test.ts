/** sentText lines of NYT, all as strings: mentions with types, a start that may be a place, and relations that are none. */
import { describe, expect, it } from 'vitest'
import { sentText } from '#main/corpora/formats/senttext/read'
import { readText, writeText } from '../../support/corpus-files.ts'

const line = {
  sentText: 'Mara Velt founded Orbisk Labs in Tarnow .',
  articleId: 'x',
  entityMentions: [
    { start: 0, text: 'Mara Velt', label: 'PERSON' },
    { start: 1, text: 'Orbisk Labs', label: 'ORGANIZATION' },
  ],
  relationMentions: [
    { em1Text: 'Mara Velt', em2Text: 'Orbisk Labs', label: 'founder_of' },
    { em1Text: 'Mara Velt', em2Text: 'Tarnow', label: 'None' },
  ],
}
const parse = async (...lines: readonly object[]) =>
  await readText(sentText, lines.map((one) => JSON.stringify(one)).join('\n'), 'train.json')

describe('a line with a sentText of strings', () => {
  it('becomes typed spans and relations, of which "None" is none', async () => {
    const { docs, problems, counts } = await parse(line)
    expect(counts).toMatchObject({ accepted: 1, unanchored: 0 })
    expect(docs[0]?.annotations[0]).toMatchObject({
      spans: [
        { start: 0, end: 2, label: 'PERSON' },
        { start: 3, end: 5, label: 'ORGANIZATION' },
      ],
      relations: [{ subject: 's1', type: 'founder_of', object: 's2' }],
    })
    expect(problems).toMatchObject([{ severity: 'note', message: expect.stringContaining('"None"') as string }])
  })

  it('keeps its relations of the type "None" and its further keys for writing', async () => {
    const { docs, labels } = await parse(line)
    const written = JSON.parse((await writeText(sentText, docs, labels)).text) as unknown
    expect(written).toMatchObject({ articleId: 'x', relationMentions: line.relationMentions })
  })

  it('trusts a start where the mention does stand there, and relations go to that mention', async () => {
    const { docs, counts } = await parse({
      sentText: '😀 Velt met Velt .',
      entityMentions: [{ start: 11, text: 'Velt', label: 'PERSON' }],
      relationMentions: [{ em1Text: 'Velt', em2Text: 'Velt', label: 'same_as' }],
    })
    expect(counts.ambiguousAnchors).toBe(0)
    expect(docs[0]?.annotations[0]?.spans).toMatchObject([{ start: 3, end: 4, label: 'PERSON' }])
  })

  it('takes a start in UTF-16 units where code points do not fit', async () => {
    const { docs } = await parse({
      sentText: '😀 Velt met Velt .',
      entityMentions: [{ start: 12, text: 'Velt', label: 'PERSON' }],
      relationMentions: [],
    })
    expect(docs[0]?.annotations[0]?.spans).toMatchObject([{ start: 3, end: 4 }])
  })

  it('keeps a final line break and quotes of the sentence', async () => {
    const { docs } = await parse({ ...line, sentText: '" Mara Velt founded Orbisk Labs . "\r\n' })
    expect(docs[0]?.text).toBe('" Mara Velt founded Orbisk Labs . "\r\n')
    expect(docs[0]?.annotations[0]?.relations).toHaveLength(1)
  })

  it('names mentions that do not stand in the sentence', async () => {
    const { problems } = await parse({ ...line, entityMentions: [{ start: 3, text: 'Nobody', label: 'X' }] })
    expect(problems.map(({ message }) => message)).toContain('"Nobody" does not stand in the sentence; it is left out')
  })

  it.each([
    [{ ...line, sentText: ' ' }, 'sentText: it holds no words, so there is nothing to annotate'],
    [
      { ...line, relationMentions: [{ em1Text: 'Mara' }] },
      'relationMentions[0].label: expected a string, found nothing',
    ],
    [{ ...line, entityMentions: [{ text: 'Mara', label: 5 }] }, 'entityMentions[0].label: expected a string, found 5'],
  ])('is rejected by field where something is amiss', async (bad, message) => {
    const { problems, counts } = await parse(line, bad)
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 })
    expect(problems.find(({ severity }) => severity === 'rejected')?.message).toBe(message)
  })
})
