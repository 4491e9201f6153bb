/** Compare: files of a comparison. */
import { describe, expect, it } from 'vitest'
import { tableFileName, tableFormats } from '#window/features/compare/export-table.ts'

describe('the exported file', () => {
  it('has a name every system takes', () => {
    const table = {
      ...{ corpusName: 'WebNLG*: "a/b"', split: 'test' as const, match: 'partial' as const },
      ...{ sentences: 1, uniqueTriples: 1, rows: [], remarks: [] },
    }
    expect(tableFormats.map((format) => tableFileName(table, format))).toEqual([
      'WebNLG-a-b-test-partial.md',
      'WebNLG-a-b-test-partial.tex',
      'WebNLG-a-b-test-partial.csv',
    ])
  })
})
