/** A comparison as text: aligned, Markdown, CSV and LaTeX, with everything escaped that would be read as code. */
import { describe, expect, it } from 'vitest'
import { compareRuns, type ComparisonTable } from '#main/comparison/comparison-table'
import { formatComparison } from '#main/comparison/format-comparison'
import { toScores } from '#main/evaluation/scores'
import { comparedRun } from '../support/compared-runs.ts'

const table = compareRuns(
  [comparedRun('mtl', 1, 7), comparedRun('pmei', 1, 8), comparedRun('pmei', 2, 9), comparedRun('pmei', 3, 10)],
  {
    corpusName: 'people & places_50 %',
    split: 'test',
    match: 'exact',
    floor: { fraction: 0.5, scores: toScores(10, 10, 5) },
    oracle: toScores(10, 10, 10),
  },
)

function relabelled(label: string): ComparisonTable {
  return { ...table, rows: table.rows.map((row, at) => (at === 0 ? { ...row, label } : row)) }
}

/** The lines of the table itself, without caption and notes. */
const linesOf = (text: string, from: number, count: number): string[] => text.split('\n').slice(from, from + count)

describe('the terminal table', () => {
  const text = formatComparison(table, 'table')

  it('is aligned, scores in percent with their deviation', () => {
    expect(linesOf(text, 0, 8)).toEqual([
      'people & places_50 %, test: 6 sentences, 10 unique triples; match mode exact',
      '',
      '              runs            P            R           F1  entities F1      seen F1    unseen F1    s/epoch',
      '------------  ----  -----------  -----------  -----------  -----------  -----------  -----------  ---------',
      expect.stringMatching(/^mtl {14}1 {9}70\.0 /),
      expect.stringMatching(/^pmei {13}3 {2}90\.0 ± 10\.0 /),
      expect.stringMatching(/^memory floor {15}50\.0/),
      expect.stringMatching(/^oracle {20}100\.0/),
    ])
  })

  it('lists F1 of every run of a row, and the remarks', () => {
    expect(text).toContain('F1 of every run: pmei seed 1 80.0, pmei seed 2 90.0, pmei seed 3 100.0.')
    for (const remark of table.remarks) expect(text).toContain(remark)
  })

  it('has no blanks at the end of a line', () => {
    expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([])
  })
})

describe('Markdown', () => {
  it('has a row per row, numbers to the right, pipes escaped', () => {
    const lines = linesOf(formatComparison(relabelled('a|b\\c'), 'markdown'), 2, 6)
    expect(lines[0]).toBe('|  | runs | P | R | F1 | entities F1 | seen F1 | unseen F1 | s/epoch |')
    expect(lines[1]).toBe(`| --- |${' ---: |'.repeat(8)}`)
    expect(lines[2]).toMatch(/^\| a\\\|b\\\\c \| 1 \| 70\.0 \| 70\.0 \|/)
    expect(lines[3]).toMatch(/^\| pmei \| 3 \| 90\.0 ± 10\.0 \|/)
    expect(lines[4]).toBe('| memory floor |  | 50.0 | 50.0 | 50.0 |  |  |  |  |')
  })
})

describe('CSV', () => {
  it('gives full numbers, a column each for mean and deviation, and quotes what needs it', () => {
    const lines = formatComparison(relabelled('say "a", b'), 'csv').split('\r\n')
    expect(lines).toHaveLength(6)
    expect(lines[0]).toMatch(/^label,kind,runs,P mean,P sd,R mean,R sd,F1 mean,F1 sd,/)
    expect(lines[1]).toMatch(/^"say ""a"", b",variant,1,0\.7,,0\.7,,/)
    expect(lines[3]).toBe(`memory floor,floor,0,0.5,,0.5,,0.5,${','.repeat(8)}`)
    const cells = lines[2]?.split(',') ?? []
    expect([cells[0], Number(cells[7]).toFixed(6), Number(cells[8]).toFixed(6)]).toEqual([
      'pmei',
      '0.900000',
      '0.100000',
    ])
  })
})

describe('LaTeX', () => {
  it('is a booktabs tabular with a rule above the floor', () => {
    const lines = formatComparison(table, 'latex').split('\n')
    const at = lines.indexOf('\\begin{tabular}{lrrrrrrrr}')
    expect(lines.slice(at + 1, at + 4)).toEqual([
      '\\toprule',
      ' & runs & P & R & F1 & entities F1 & seen F1 & unseen F1 & s/epoch \\\\',
      '\\midrule',
    ])
    expect(lines[at + 5]).toMatch(/^pmei & 3 & 90\.0 \$\\pm\$ 10\.0 & /)
    expect(lines.slice(at + 6)).toEqual([
      '\\midrule',
      'memory floor &  & 50.0 & 50.0 & 50.0 &  &  &  &  \\\\',
      'oracle &  & 100.0 & 100.0 & 100.0 &  &  &  &  \\\\',
      '\\bottomrule',
      '\\end{tabular}',
      '',
    ])
    expect(lines.slice(0, at).every((line) => line.startsWith('% '))).toBe(true)
  })

  it('escapes every character that LaTeX would read', () => {
    expect(formatComparison(relabelled('\\ ~ ^ & % $ # _ { }'), 'latex')).toContain(
      '\\textbackslash{} \\textasciitilde{} \\textasciicircum{} \\& \\% \\$ \\# \\_ \\{ \\} & 1 & 70.0',
    )
  })

  it('keeps a line break in a name inside its comment', () => {
    const lines = formatComparison({ ...table, corpusName: 'two\nlines' }, 'latex').split('\n')
    expect(lines[0]).toMatch(/^% two lines, test/)
  })
})
