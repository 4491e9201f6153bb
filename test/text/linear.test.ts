/** Words and sentences of any text are found in time that grows with its length: no short text can hold the program up. */
import { expect, it } from 'vitest'
import { splitSentences } from '#main/text/sentences'
import { splitWords, tokenize } from '#main/text/words'

/** Pieces whose repetition makes a pattern look ahead as far as it can. */
const pieces = [
  '%41',
  '_',
  'a%',
  'a.',
  '1.',
  '1:',
  'www.)',
  'http://',
  'a@',
  'a@-',
  'a@a.',
  '@a',
  "n't",
  "a'",
  'no. ',
  'no.\u00a0',
  'a-',
  "' ",
  '") ',
  '" ',
  'a\n',
  '\n ',
  '\u0301',
  'e\u0301',
  '👩\u200d',
  '🎉 ',
  '中',
  'あ中',
  'มาราก่อตั้ง',
  '\u200f',
  '\u200f ',
  'a\u200d',
  '“Ah? ',
  '？”他',
  '• a\n',
  '1.\n',
  '1\u00a0',
  '１．',
  'ب"',
  'א"',
]

/** Microseconds of this process; the least of some tries, since others share the machine. */
function costOf(work: () => void): number {
  const tries = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage()
    work()
    return process.cpuUsage(before).user
  })
  return Math.min(...tries)
}

it.each(pieces)('%j eight times as often costs far less than sixty-four times as much', (piece) => {
  const read = (times: number) => () => {
    const text = piece.repeat(times)
    splitSentences(text, tokenize(text))
    splitWords(text)
  }
  read(500)()
  const [short, long] = [costOf(read(4_000)), costOf(read(32_000))]
  // what is too short to be measured counts as five milliseconds: a quadratic pattern takes hundreds for the long text
  expect(long / Math.max(short, 5_000)).toBeLessThan(16)
})

it.each(['a-', '1.', "n't", '\u0301', 'a', '中', 'ก', 'www.a/'])(
  'a word of two million letters made of %j ends no program',
  (piece) => {
    const text = piece.repeat(2_000_000 / piece.length)
    expect(tokenize(text).at(-1)?.end).toBe(text.length)
  },
)
