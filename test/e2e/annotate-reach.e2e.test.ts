/** Reading in Annotate: spans that lie too high to be drawn, cases of a type, and examples for its guideline. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LabelSet } from '#main/labels/label-set'
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

const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()

async function goTo(sentenceId: number): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
  await page.getByText(`Small / train / sentence ${sentenceId}`).waitFor()
}

async function labelsNow(): Promise<LabelSet> {
  const [corpus] = await opened.services.handlers.corpora.list()
  return opened.services.handlers.labels.get({ corpusId: corpus?.corpusId ?? 0 })
}

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
})

describe('the card of a type', () => {
  const picker = () => page.getByRole('combobox', { name: 'Entity type' })
  const cases = (name: string) => page.getByRole('list', { name: `Cases of ${name}` })

  it('takes the chosen span, and a relation, as an example, once, and lets it go again', async () => {
    await goTo(2)
    await word('Orbisk').click()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('2')
    await toolbar('Orbisk Labs is ORG').waitFor()
    await page.keyboard.press('e')
    await told('Example of ORG: Mara Velt founded “Orbisk Labs” in Tarnow .')
    await page.keyboard.press('e')
    await told('That is an example of ORG already')
    expect((await labelsNow()).entityTypes[1]?.guideline).toBe('Example: Mara Velt founded “Orbisk Labs” in Tarnow .')
    await word('Mara').click()
    await page.keyboard.press('Shift+ArrowRight')
    for (const key of ['1', 'r', 'f', '1', 'e']) await page.keyboard.press(key)
    await told('Example of founder_of: “Mara Velt” founded “Orbisk Labs” in Tarnow .')
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await told(/^No example of founder_of any more/)
    expect((await labelsNow()).relationTypes[0]?.guideline).toBeUndefined()
  })

  it('shows examples and live cases where a type is chosen, by one key, each a way to its sentence', async () => {
    await page.keyboard.press('Escape')
    await word('Mara').click()
    await page.keyboard.press('d')
    await page.getByText('1 of 2 reviewed', { exact: false }).waitFor()
    await goTo(1)
    await word('opened').click()
    await page.keyboard.press('/')
    await picker().fill('ORG')
    await page.locator('.picker').getByText('Mara Velt founded “Orbisk Labs” in Tarnow .').waitFor()
    await page.keyboard.press('F2')
    await cases('ORG').getByRole('link', { name: 'Mara Velt founded Orbisk Labs in Tarnow . train 2' }).waitFor()
    expect(await cases('ORG').locator('b').allTextContents()).toEqual(['Orbisk Labs'])
    await expectAccessible(page)
    await picker().fill('PLACE')
    await page.getByText('No reviewed sentence holds PLACE yet.').waitFor()
    await picker().fill('ORG')
    await cases('ORG').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Small / train / sentence 2').waitFor()
    await picker().waitFor({ state: 'detached' })
  })

  it('shows the same in the label editor', async () => {
    await page.evaluate(() => (location.hash = '#/corpora'))
    await page.getByRole('tab', { name: 'Labels' }).click()
    await page.getByRole('region', { name: 'Entity types' }).getByRole('button', { name: /^ORG/ }).click()
    const card = page.getByRole('region', { name: 'Type ORG' })
    await card.getByLabel('Guideline').fill('A company.\nNot: its people')
    await card.getByLabel('Key', { exact: true }).focus()
    await card.locator('.counterexample').getByText('its people').waitFor()
    await cases('ORG').getByRole('link').first().waitFor()
    await expectAccessible(page)
    await cases('ORG').getByRole('link').first().click()
    await page.getByText('Small / train / sentence 2').waitFor()
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
