/** Charts drawn: an SVG that stands by itself, in the colours of the window's tokens. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chartOption } from '#main/charts/chart-option'
import { drawSvg } from '#main/charts/draw-svg'
import { paper, variables } from '#main/charts/palette'
import { tokens } from '#main/charts/tokens'
import type { GridChart, SeriesChart } from '#main/comparison/charts/chart'

const described = { name: 'made', title: 'Made', notes: [] }
const lines: SeriesChart = {
  ...{ ...described, kind: 'lines', x: { label: 'alpha', scale: 'log' }, y: { label: 'F1', scale: 'linear' } },
  series: [
    {
      ...{ name: 'mtl', hue: 0, line: 'solid' },
      points: [0.001, 0.1].map((x) => ({ x, y: 60, low: 55, high: 65 })),
    },
  ],
}
const grid: GridChart = {
  ...{ ...described, kind: 'grid', rowLabel: 'gold', columnLabel: 'predicted', shown: ['led', 'none'] },
  cells: [{ row: 'led', column: 'none', count: 7 }],
}

describe('a drawn chart', () => {
  it('takes its colours by name, so that one drawing serves both themes', () => {
    const svg = drawSvg(lines, { palette: variables, fontFamily: 'inherit' })
    expect(svg).toContain('stroke="var(--hue-0)"')
    expect(svg).toMatch(/fill="var\(--hue-0\)" fill-opacity="0\.16"/) // the band
    expect(svg).not.toContain('<style')
  })

  it('draws bars with whiskers, and the counts of a matrix', () => {
    const x = { label: 'class', scale: 'category', categories: ['SEO'], sizes: ['3 sentences, 4 triples'] } as const
    const bars = drawSvg(
      {
        ...lines,
        kind: 'bars',
        x,
        series: [{ name: 'mtl', hue: 1, line: 'solid', points: [{ x: 0, y: 60, low: 50, high: 70 }] }],
      },
      { palette: paper, fontFamily: 'sans-serif' },
    )
    expect(bars).toContain(`fill="${tokens.light['hue-5']}"`)
    expect(bars).toContain('3 sentences')
    expect(drawSvg(grid, { palette: paper, fontFamily: 'sans-serif' })).toMatch(/>7<\/text>/)
  })

  it('draws no whisker without length, and takes no more room below than names need', () => {
    const barsOf = (categories: string[], low: number) =>
      drawSvg(
        {
          ...{ ...lines, kind: 'bars', x: { label: 'class', scale: 'category', categories } },
          series: [{ name: 'mtl', hue: 1, line: 'solid', points: [{ x: 0, y: 0, low, high: 0 }] }],
        },
        { palette: paper, fontFamily: 'sans-serif' },
      )
    const whiskers = (svg: string): number => svg.split(`stroke="${tokens.light.ink}"`).length - 1
    expect([whiskers(barsOf(['SEO'], 0)), whiskers(barsOf(['SEO'], -1))]).toEqual([0, 3])
    const room = (...categories: string[]) =>
      chartOption(
        { ...lines, kind: 'bars', x: { label: 'class', scale: 'category', categories } },
        { palette: paper, fontFamily: 'sans-serif' },
      ).grid
    expect(room('SEO')).toMatchObject({ bottom: 31 })
    const [few, many] = [room(...'abcdefgh'), room(...'abcdefgh'.split('').map((sign) => sign.repeat(30)))]
    expect([few, many]).toMatchObject([{ bottom: expect.closeTo(24, 0) }, { bottom: expect.closeTo(104, 0) }])
  })

  it('has the colours of the window', () => {
    const css = readFileSync(new URL('../../src-renderer/base/tokens.css', import.meta.url), 'utf8')
    const [light = '', dark = ''] = css.split("[data-theme='dark']")
    for (const [name, value] of Object.entries(tokens.light)) expect(light).toContain(`--${name}: ${value};`)
    for (const [name, value] of Object.entries(tokens.dark)) expect(dark).toContain(`--${name}: ${value};`)
  })
})
