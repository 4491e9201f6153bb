/** Single spans and relations: notes and flags of their own, and bounds within words. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Annotation } from '#main/document/annotation'
import { expectAccessible } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'

const texts = ['Mara Velt founded Orbisk Labs in Tarnow .', 'Ada left .']
const labels = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'based_in' }],
  signatures: [],
}
const sentence = {
  tokens: [0, 8],
  spans: [
    { id: 'mara', start: 0, end: 2, label: 'PERSON' },
    { id: 'labs', start: 3, end: 5, label: 'ORG' },
  ],
  relations: [{ id: 'founded', subject: 'mara', type: 'founder_of', object: 'labs' }],
}

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async ({ handlers }) => {
    const lines = [
      { espalier: 'corpus', version: 1, labels },
      ...texts.map((text, i) => ({ id: `d${i}`, text, ...(i === 0 && { sentences: [sentence] }) })),
    ]
    await handlers.corpora.import({
      ...{ corpus: 'Small', split: 'train', taskId: 'import' },
      files: [{ name: 'small.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }],
    })
  })
  page = opened.page
  await goTo(1)
}, 180_000)
afterAll(() => opened.close())

async function annotationOf(sentenceId: number): Promise<Annotation> {
  return (await opened.services.handlers.annotations.open({ sentenceId, runId: null })).annotation
}

async function goTo(sentenceId: number): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
  await page.getByText(`Small / train / sentence ${sentenceId}`, { exact: true }).waitFor()
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

const word = (text: string) => page.locator('[data-row="words"]').filter({ hasText: new RegExp(`^${text}$`) })
const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()
const spanOf = async (id: string) => (await annotationOf(1)).spans.find((span) => span.id === id)

describe('notes and flags on single spans and relations', () => {
  it('F flags the chosen span; after Escape it flags the sentence', async () => {
    await word('Orbisk').click()
    await press('f')
    await told('Orbisk Labs flagged')
    await expect.poll(async () => (await spanOf('labs'))?.remark).toEqual({ note: '', isFlagged: true })
    expect((await annotationOf(1)).review.isFlagged).toBe(false)
    await page.getByRole('gridcell', { name: /^Orbisk, begin of ORG Orbisk Labs, 1 relation, flagged$/ }).waitFor()
    await press('Escape', 'f')
    await told('Flagged')
    await expect.poll(async () => (await annotationOf(1)).review.isFlagged).toBe(true)
    await press('f')
    await told('Flag removed')
  })

  it('W writes a note on it, Escape saves it and goes back to the sentence; markup stays text', async () => {
    await word('Mara').click()
    await press('w')
    const note = page.getByRole('textbox', { name: 'Note on Mara Velt' })
    await expect.poll(() => note.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('the <b>same</b> as in Tarnow?')
    await press('Escape')
    await told('Note on Mara Velt: the <b>same</b> as in Tarnow?')
    await expect
      .poll(async () => (await spanOf('mara'))?.remark)
      .toEqual({ note: 'the <b>same</b> as in Tarnow?', isFlagged: false })
    await press('ArrowRight')
    await page
      .getByRole('gridcell', { name: /note: the <b>same<\/b> as in Tarnow\?$/ })
      .first()
      .waitFor()
    await word('Orbisk').click()
    expect(await page.getByRole('textbox', { name: 'Note on Orbisk Labs' }).inputValue()).toBe('')
  })

  it('flags and notes a relation from the list of triples, where they are shown', async () => {
    const triple = page.getByRole('option', { name: /Mara Velt founder_of Orbisk Labs/ })
    await triple.click()
    await press('f')
    await told('founder_of, Mara Velt to Orbisk Labs flagged')
    await press('w')
    await page.keyboard.type('year?')
    await press('Escape')
    await told('Note on founder_of, Mara Velt to Orbisk Labs: year?')
    await triple.getByRole('img', { name: 'flagged' }).waitFor()
    await triple.getByRole('img', { name: 'note: year?' }).waitFor()
    await page.getByText('2 flagged in it').first().waitFor()
    await expectAccessible(page)
  })

  it('keeps them while bounds and types change, and undo takes them back one by one', async () => {
    await word('Orbisk').click()
    await press(']', '3')
    await told(/labelled PLACE/)
    await expect.poll(() => spanOf('labs')).toMatchObject({ end: 6, label: 'PLACE', remark: { isFlagged: true } })
    await press('Control+z', 'Control+z', 'Control+z')
    await told('Undone: Note on founder_of, Mara Velt to Orbisk Labs: year?')
    await expect.poll(async () => (await annotationOf(1)).relations[0]?.remark?.note).toBe('')
    expect(await spanOf('labs')).toMatchObject({ end: 5, label: 'ORG', remark: { isFlagged: true } })
  })

  it('brings the sentence into the queue of what is flagged', async () => {
    await page.getByRole('combobox', { name: 'Order' }).selectOption('flagged')
    const queue = page.getByRole('listbox', { name: 'Sentences' })
    await queue.getByRole('option', { name: /Mara Velt founded/ }).waitFor()
    expect(await queue.getByRole('option').count()).toBe(1)
    await queue.getByRole('img', { name: 'flagged in it' }).waitFor()
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
