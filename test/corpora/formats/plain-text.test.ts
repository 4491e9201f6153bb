/** Plain text: one Doc per file, exactly as it is. */
import { describe, expect, it } from 'vitest'
import { plainText } from '#main/corpora/formats/plain-text/read'

describe('plain text', () => {
  it('keeps the text to the last space and line end', () => {
    const text = '  Mara left.\r\n\r\nAda stayed. \n'
    const { docs } = plainText.parse(text, 'notes.txt')
    expect(docs[0]).toMatchObject({ id: 'notes.txt', text })
    expect(docs[0]?.annotations).toHaveLength(2)
  })

  it.each([
    ['', 'holds no words'],
    [' \n ', 'holds no words'],
    ['MZ\u0000\u0001', 'binary'],
  ])('refuses %j with the reason', (text, reason) => {
    const { docs, problems } = plainText.parse(text, 'notes.txt')
    expect(docs).toEqual([])
    expect(problems[0]?.message).toContain(reason)
  })

  it('notes characters that were lost before it could read them', () =>
    expect(plainText.parse('Canc\uFFFDn', 'notes.txt').problems[0]).toMatchObject({ severity: 'note' }))
})
