/** Plain text: one Doc per file, exactly as it is. */
import { describe, expect, it } from 'vitest'
import { plainText } from '#main/corpora/formats/plain-text/read'
import { readText } from '../../support/corpus-files.ts'

describe('plain text', () => {
  it('keeps the text to the last space and line end', async () => {
    const text = '  Mara left.\r\n\r\nAda stayed. \n'
    const { docs } = await readText(plainText, text, 'notes.txt')
    expect(docs[0]).toMatchObject({ id: 'notes.txt', text })
    expect(docs[0]?.annotations).toHaveLength(2)
  })

  it.each([
    ['', 'holds no words'],
    [' \n ', 'holds no words'],
    ['MZ\u0000\u0001', 'binary'],
  ])('refuses %j with the reason', async (text, reason) => {
    const { docs, problems } = await readText(plainText, text, 'notes.txt')
    expect(docs).toEqual([])
    expect(problems[0]?.message).toContain(reason)
  })

  it('takes a replacement character for what it is: it may stand in any text', async () =>
    expect((await readText(plainText, 'Canc\uFFFDn', 'notes.txt')).problems).toEqual([]))
})

describe('a text with one sentence on each line', () => {
  const text = 'Mara Velt founded Orbisk Labs\nKaspar Velwe lives in Tarnow\n'

  it('is offered to be read so where no line ends as a sentence does', async () => {
    const { docs, offers } = await readText(plainText, text, 'notes.txt')
    expect(docs[0]?.sentences).toHaveLength(1)
    expect(offers).toEqual([
      { setting: 'sentencePerLine', count: 2, message: expect.stringContaining('each of the 2 lines') as string },
    ])
  })

  it('is read so when that is chosen', async () => {
    const { docs, offers } = await readText(plainText, text, 'notes.txt', { sentencePerLine: true })
    expect(docs[0]).toMatchObject({
      text,
      sentences: [
        { start: 0, end: 5 },
        { start: 5, end: 10 },
      ],
    })
    expect(offers).toEqual([])
  })

  it.each(['Mara left. She\nslept.', 'Mara left\n\nAda stayed', 'Mara left', 'He said “no.”\nShe left'])(
    'is not supposed of %j',
    async (prose) => expect((await readText(plainText, prose, 'notes.txt')).offers).toEqual([]),
  )
})
