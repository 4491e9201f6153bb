/** One way to make text of bytes: what is not UTF-8 is refused with its place, and read otherwise only when that is asked for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeFault } from '#main/text/encoding-fault'
import { createTextDecoding } from '#main/text/text-decoding'
import { decodeText } from '#main/text/utf8'

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)))

describe('UTF-8', () => {
  it('is read as it is, a replacement character that stands in the file included', () => {
    expect(decodeText(bytes('Zo\uFFFD left 😀\r\n'))).toEqual({ text: 'Zo\uFFFD left 😀\r\n' })
    expect(decodeText(bytes())).toEqual({ text: '' })
  })

  it('loses the byte order mark at its beginning, and no other', () => {
    expect(decodeText(bytes([0xef, 0xbb, 0xbf], 'Mara\uFEFF'))).toEqual({ text: 'Mara\uFEFF' })
  })

  it('is whatever a text encoder writes', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sound = text.toWellFormed()
        expect(decodeText(new TextEncoder().encode(`\uFEFF${sound}`))).toEqual({ text: sound })
      }),
    ))

  it.each([
    ['a letter of Latin-1', bytes('one\ntwo Zo', [0xeb], ' left'), { offset: 10, line: 2, hex: 'EB' }],
    ['a lone continuation', bytes('ab', [0x80, 0x81]), { offset: 2, line: 1, hex: '80' }],
    ['a sequence that is too short', bytes([0xe2, 0x82, 0x41]), { offset: 0, line: 1, hex: 'E2 82' }],
    ['an end in the middle of a character', bytes('ab', [0xf0, 0x9f, 0x98]), { offset: 2, line: 1, hex: 'F0 9F 98' }],
    ['an overlong sequence', bytes([0xc0, 0xaf]), { offset: 0, line: 1, hex: 'C0' }],
    ['half a surrogate pair', bytes([0xed, 0xa0, 0x80]), { offset: 0, line: 1, hex: 'ED' }],
    ['more than Unicode has', bytes([0xf4, 0x90, 0x80, 0x80]), { offset: 0, line: 1, hex: 'F4' }],
    ['an old Mac text', bytes('a\rb\r', [0xff]), { offset: 4, line: 3, hex: 'FF' }],
  ])('is refused at the first byte that is none: %s', (_, input, place) => {
    expect(decodeText(input)).toMatchObject({ fault: { encoding: 'utf-8', ...place } })
  })

  it('is refused exactly where a decoder of the platform refuses it', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (input) => {
        const isText = (part: Uint8Array, stream: boolean) => {
          try {
            new TextDecoder('utf-8', { fatal: true }).decode(part, { stream })
            return true
          } catch {
            return false
          }
        }
        const read = decodeText(input)
        if (input[0] === 0xfe && input[1] === 0xff) return // UTF-16
        if (input[0] === 0xff && input[1] === 0xfe) return
        expect('text' in read).toBe(isText(input, false))
        if ('fault' in read) {
          expect(isText(input.subarray(0, read.fault.offset), false)).toBe(true)
          const length = read.fault.hex.split(' ').length
          const isEnd = read.fault.offset + length === input.length
          if (!isEnd) expect(isText(input.subarray(0, read.fault.offset + length + 1), true)).toBe(false)
        }
      }),
      { numRuns: 2000 },
    ))

  it('is the same text, or broken at the same place, in whatever pieces it comes', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(text)),
          fc.uint8Array({ maxLength: 40 }),
          fc.uint8Array({ maxLength: 40 }).map((units) => Uint8Array.of(0xff, 0xfe, ...units)),
        ),
        fc.array(fc.nat(6), { maxLength: 40 }),
        (input, sizes) => {
          const whole = decodeText(input)
          const decoding = createTextDecoding()
          let at = 0
          const read = () => {
            const parts = sizes.map((size) => decoding.decode(input.subarray(at, (at += size))))
            return [...parts, decoding.decode(input.subarray(at)), decoding.end()].join('')
          }
          if ('text' in whole) expect(read()).toBe(whole.text)
          else
            expect(read).toThrow(
              expect.objectContaining({
                fault: { ...whole.fault, guess: expect.toSatisfy(() => true), hasZeros: expect.any(Boolean) },
              }),
            )
        },
      ),
      { numRuns: 2000 },
    ))

  it('says in a sentence where it ends, and what the byte would be in the usual encoding of old files', () => {
    const read = decodeText(bytes('{"text":"Zo', [0xeb], ' left Caf', [0xe9], '"}'))
    if (!('fault' in read)) throw new Error('it was read')
    expect(describeFault('latin1.json', read.fault)).toBe(
      'latin1.json is not UTF-8: the byte at offset 11 (line 1) is EB. As Windows-1252 the text there would be “{"text":"Zoë left Café"…”.',
    )
  })

  it('calls bytes that are no text by that name', () => {
    const read = decodeText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13))
    if (!('fault' in read)) throw new Error('it was read')
    expect(describeFault('map.png', read.fault)).toBe(
      'map.png is not text: the byte at offset 0 (line 1) is 89, and the file holds zero bytes, as pictures, archives and programs do.',
    )
  })
})

describe('an encoding that is chosen by name', () => {
  const old = bytes('Zo', [0xeb], ' paid ', [0x80], '5')

  it('reads what is not UTF-8', () => {
    expect(decodeText(old, 'windows-1252')).toEqual({ text: 'Zoë paid €5' })
    expect(decodeText(old, 'latin1')).toEqual({ text: 'Zoë paid \u00805' })
  })

  it('is not used where the bytes are UTF-8', () => {
    expect(decodeText(bytes('Zoë'), 'latin1')).toEqual({ text: 'Zoë' })
  })

  it('knows every byte of Latin-1, and refuses the five that Windows-1252 leaves open', () => {
    const all = Uint8Array.from({ length: 256 }, (_, code) => code)
    expect(decodeText(all, 'latin1')).toEqual({ text: String.fromCodePoint(...all) })
    expect(decodeText(bytes('ab\n', [0x9f, 0x81]), 'windows-1252')).toMatchObject({
      fault: { encoding: 'windows-1252', offset: 4, line: 2, hex: '81' },
    })
    const read = decodeText(bytes([0x81]), 'windows-1252')
    expect('fault' in read && describeFault('a.txt', read.fault)).toBe(
      'a.txt is neither UTF-8 nor Windows-1252: the byte at offset 0 (line 1) is 81.',
    )
  })

  it('reads long texts', () => {
    const long = new Uint8Array(1_000_003).fill(0xe9)
    expect(decodeText(long, 'latin1')).toEqual({ text: 'é'.repeat(1_000_003) })
  })
})

describe('UTF-16', () => {
  const utf16 = (text: string, isLittle: boolean) =>
    Uint8Array.from(
      [...text]
        .flatMap((letter) => letter.split(''))
        .flatMap((unit) => {
          const code = unit.charCodeAt(0)
          return isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255]
        }),
    )

  it('is read where its byte order mark says so, in both orders', () => {
    expect(decodeText(utf16('\uFEFFZoë 😀', true))).toEqual({ text: 'Zoë 😀' })
    expect(decodeText(utf16('\uFEFFZoë 😀', false))).toEqual({ text: 'Zoë 😀' })
  })

  it('is refused with its place where it breaks', () => {
    expect(decodeText(utf16('\uFEFFa\n\uD83Db', true))).toMatchObject({
      fault: { encoding: 'utf-16', offset: 6, line: 2, hex: '3D D8' },
    })
    const odd = decodeText(Uint8Array.of(0xff, 0xfe, 0x41, 0x00, 0x42))
    expect('fault' in odd && describeFault('a.txt', odd.fault)).toBe(
      'a.txt begins as UTF-16 and is broken further on: the byte at offset 4 (line 1) is 42.',
    )
  })
})
