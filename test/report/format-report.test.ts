/** A report: one page that loads nothing and says what the comparison says. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareRuns } from '#main/comparison/comparison-table'
import { plainView } from '#main/comparison/saved-comparison'
import { toScores } from '#main/evaluation/scores'
import { bibliographyOf } from '#main/report/bibliography'
import type { FamilyName } from '#main/runs/family-name'
import { cardHtml } from '#main/report/card-html'
import { formatReport } from '#main/report/format-report'
import type { Report } from '#main/report/report'
import { comparedRun } from '../support/compared-runs.ts'

const frame = {
  corpusName: 'People <b>',
  split: 'test',
  match: 'exact',
  oracle: toScores(10, 10, 10),
  floor: null,
} as const
const table = compareRuns([comparedRun('mtl', 1, 6), comparedRun('pmei', 1, 8)], frame)
const report: Report = {
  ...{ title: 'Table 6 & more', madeMs: 0, program: 'Espalier 0' },
  written: {
    table,
    differences: { baseline: 'mtl', rows: [], verdict: ['pmei cannot be told apart.'] },
    view: plainView,
  },
  charts: [
    {
      ...{ kind: 'lines', name: 'made', title: 'Made up', notes: ['A note.'] },
      ...{ x: { label: 'epoch', scale: 'linear' }, y: { label: 'F1', scale: 'linear' } },
      series: [{ name: 'mtl', hue: 0, line: 'solid', points: [{ x: 1, y: 50 }] }],
    },
  ],
  diffs: [
    {
      ...{ first: 'mtl seed 1', second: 'pmei seed 1' },
      sentences: [
        {
          ...{ sentenceId: 1, text: 'Ada <script>led</script> Hask', words: [], kind: 'fixed', isMarked: false },
          triples: [
            {
              subject: 'Ada',
              type: 'led',
              object: 'Hask',
              ends: null,
              isGold: true,
              first: null,
              second: 0.9,
              firstEarly: null,
              secondEarly: null,
            },
          ],
        },
      ],
    },
  ],
  cards: [{ name: 'mtl seed 1', text: '# mtl seed 1\n\n> a note\n\n| | |\n| --- | ---: |\n| Seed | 1 |\n' }],
}

describe('a report', () => {
  const html = formatReport(report)

  it('loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|<link|<img|src=|@import|url\(http/)
    expect(html).toContain('&lt;script&gt;led')
    expect(html).toContain('<title>Table 6 &amp; more</title>')
  })

  it('has table, verdict, drawing, figures, sentences, cards and what is cited', () => {
    for (const part of [
      'pmei cannot be told apart.',
      '>80.0</td>',
      '<svg role="img"',
      'Ada · led · Hask',
      'mtl seed 1',
      '@book{efron1993',
    ])
      expect(html).toContain(part)
    expect(html).toContain('\\begin{tabular}')
  })

  it('cites the families that were compared, each once, and a paper where a figure is taken from it', () => {
    const keysOf = (families: FamilyName[], sources: string[]) =>
      bibliographyOf({ families, sources })
        .map(({ key }) => key)
        .slice(0, -5)
    expect(keysOf(['grid', 'rin', 'grid'], [])).toEqual(['wang2020', 'shang2022', 'sun2020'])
    expect(keysOf(['pmei', 'casrel'], ['PMEI paper, Table 4', 'IPED paper, NAACL 2024, Table 1'])).toEqual([
      ...['sun2021', 'wei2020', 'zhao2024'],
    ])
    expect(html).toContain('Progressive Multi-task Learning')
  })

  it('lists a work as a person reads it, and as BibTeX', () => {
    const [onerel, , , noreen, holm] = bibliographyOf({ families: ['grid'], sources: [] }).slice(1)
    expect(onerel?.shown).toBe(
      'Y.-M. Shang, H. Huang and X.-L. Mao. OneRel: Joint Entity and Relation Extraction with One Module in One Step. AAAI, 2022.',
    )
    expect(onerel?.bibtex).toMatch(
      /^@inproceedings\{shang2022,\n {2}author = \{Shang, Yu-Ming and .*title = \{\{OneRel\}: /s,
    )
    expect(noreen?.shown).toMatch(/ Wiley, 1989\. \(Approximate randomisation\.\)$/)
    expect(holm?.shown).toMatch(/Scandinavian Journal of Statistics 6\(2\), 65–70, 1979\.$/)
    expect(holm?.bibtex).toContain('pages = {65--70}')
  })

  it('agrees with the published figures on the year of every family', () => {
    const { rows } = JSON.parse(readFileSync('resources/published-figures.json', 'utf8')) as {
      rows: readonly { readonly system: string; readonly year: number }[]
    }
    for (const [system, work] of [
      ...[
        ['PMEI', 'sun2021'],
        ['RIN', 'sun2020'],
        ['CasRel', 'wei2020'],
        ['OneRel', 'shang2022'],
        ['IPED', 'zhao2024'],
      ],
    ])
      for (const { year } of rows.filter((row) => row.system === system))
        expect(work?.endsWith(String(year))).toBe(true)
  })
})

describe('a run card as HTML', () => {
  it('keeps headings, quotations, lists and tables, and escapes what stands in them', () => {
    const html = cardHtml('# A\n\n> b <c>\n\n- d\n\n| e | f |\n| --- | ---: |\n| g \\| h | 1 |', 3)
    expect(html).toContain('<h3>A</h3>')
    expect(html).toContain('<blockquote>b &lt;c&gt;</blockquote>')
    expect(html).toContain('<li>d</li>')
    expect(html).toContain('<th scope="row">g | h</th><td class="figure">1</td>')
  })
})
