/** Tables as text: what would break their form is escaped. */
import { describe, expect, it } from 'vitest'
import { csvText } from '#main/text/csv'
import { markdownTable } from '#main/text/markdown-table'

describe('comma-separated values', () => {
  it('quote what needs it, and leave a field without a value empty', () => {
    expect(
      csvText([
        ['a', 'b,c', 'say "no"'],
        [1, null, 'two\nlines'],
      ]),
    ).toBe('a,"b,c","say ""no"""\r\n1,,"two\nlines"\r\n')
  })

  it('run no text as a formula, and leave numbers as they are', () => {
    expect(csvText([['=cmd()', '+1', '-x', '@a', -1.5, 'a=b']])).toBe("'=cmd(),'+1,'-x,'@a,-1.5,a=b\r\n")
  })
})

describe('a table in Markdown', () => {
  it('keeps its columns where cells hold bars, backslashes and line breaks', () => {
    expect(markdownTable(['run', 'F1'], [['a|b\\c\nd', 7.5]], (column) => column > 0)).toBe(
      '| run | F1 |\n| --- | ---: |\n| a\\|b\\\\c d | 7.5 |',
    )
  })
})
