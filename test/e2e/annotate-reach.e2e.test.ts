/** Reading in Annotate: spans that lie too high to be drawn, cases of a type, and examples for its guideline. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'

const provenance = { origin: 'import', author: 'file' } as const
const texts = [
  'The Orbisk Labs Research Centre North of Tarnow opened its doors .',
  'Mara Velt founded Orbisk Labs in Tarnow .',
]
const labels = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'part_of' }],
  signatures: [],
}
const stacked = [
  [0, 8, 'ORG'],
  [1, 6, 'ORG'],
  [1, 5, 'ORG'],
  [1, 3, 'ORG'],
  [1, 2, 'PERSON'],
  [7, 8, 'PLACE'],
] as const

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async ({ handlers }) => {
    const lines = [{ espalier: 'corpus', version: 1, labels }, ...texts.map((text, at) => ({ id: `d${at}`, text }))]
    await handlers.corpora.import({
      ...{ corpus: 'Small', split: 'train', taskId: 'import' },
      files: [{ name: 'small.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }],
    })
    await handlers.annotations.apply({
      ...{ sentenceId: 1, description: 'labelled' },
      changes: stacked.map(([start, end, label], at) => ({
        ...{ kind: 'span', before: null },
        after: { id: `s${at}`, start, end, label, provenance },
      })),
    })
  })
  page = opened.page
  await page.evaluate(() => (location.hash = '#/annotate/1'))
  await page.getByText('Small / train / sentence 1').waitFor()
}, 120_000)
afterAll(() => opened.close())

const word = (text: string) => page.locator('[data-row="words"]').filter({ hasText: new RegExp(`^${text}$`) })
const badges = () => page.locator('.badge')
const toolbar = (text: string) => page.getByRole('toolbar', { name: 'Selection' }).getByText(text, { exact: true })
const list = () => page.getByRole('listbox', { name: 'Spans over each other' })

describe('spans over each other', () => {
  it('are drawn in three lanes; the others are counted on a badge large enough to hit, and listed by a click', async () => {
    expect(await badges().allTextContents()).toEqual(['+2'].map((text) => expect.stringContaining(text)))
    const box = await badges().first().boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24)
    await badges().first().click()
    expect(await list().getByRole('option').allTextContents()).toEqual([
      expect.stringMatching(/ORG.*gold, not trainable.*Orbisk Labs/),
      expect.stringMatching(/PERSON.*gold, not trainable.*Orbisk/),
    ])
    await expectAccessible(page)
    await list().getByRole('option').nth(1).click()
    await toolbar('Orbisk is PERSON').waitFor()
  })

  it('show what is chosen in place of the highest one', async () => {
    expect(await page.locator('.mark.is-chosen').count()).toBe(1)
    expect(await badges().allTextContents()).toEqual([expect.stringContaining('+2')])
  })

  it('are chosen by key too: one after the other, or from the list', async () => {
    await word('opened').click()
    await word('Orbisk').click()
    await toolbar('Orbisk is PERSON').waitFor()
    for (const next of ['Orbisk Labs is ORG', 'Orbisk Labs Research Centre is ORG']) {
      await page.keyboard.press('`')
      await toolbar(next).waitFor()
      expect(await page.locator('.mark.is-chosen').count()).toBe(1)
    }
    await page.keyboard.press('~')
    expect(await list().getByRole('option').count()).toBe(5)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await toolbar('The Orbisk Labs Research Centre North of Tarnow is ORG').waitFor()
    await page.keyboard.press('~')
    await page.keyboard.press('Escape')
    await list().waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid')
    await word('opened').click()
    await page.keyboard.press('~')
    await page.getByRole('status').filter({ hasText: 'Nothing is marked on this word' }).waitFor()
  })

  it('are reached by their letter while a relation is drawn', async () => {
    await word('Tarnow').click()
    await page.keyboard.press('r')
    const letter = await badges().locator('kbd').first().textContent()
    await page.keyboard.press(letter ?? '')
    await page.keyboard.press('Enter')
    await page
      .getByRole('status')
      .filter({ hasText: /^Relation .* added, Tarnow to/ })
      .waitFor()
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
