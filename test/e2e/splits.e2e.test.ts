/** Rows of the list selected by pointer and keys, moved to a split and back, and a corpus divided by shares and a seed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { expectAccessible } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { importTiny } from '../support/services.ts'

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow((services) => importTiny(services, { train: 600, dev: 30 }))
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

const list = () => page.getByRole('list', { name: 'Sentences' })
const row = (name: string) =>
  list()
    .getByRole('listitem')
    .filter({ has: page.getByText(name, { exact: true }) })
const said = (words: string | RegExp) => page.getByRole('status').filter({ hasText: words })
const press = (button: string) => page.getByRole('button', { name: button, exact: true }).click()
const sizes = async () => {
  const [corpus] = await opened.services.handlers.corpora.list()
  return [corpus?.splits.train.sentences, corpus?.splits.dev.sentences, corpus?.splits.test.sentences]
}

describe('rows of the list', () => {
  let firstOfTrain: string | null = null

  it('are selected by a click on the checkbox, Ctrl and Shift, and say how many they are', async () => {
    firstOfTrain = await row('train 1').getByRole('link').getAttribute('href')
    await row('train 1').getByRole('checkbox').click()
    await said('1 selected').waitFor()
    await row('train 4').click({ modifiers: ['Shift'] })
    await said('4 selected').waitFor()
    await row('train 2').click({ modifiers: ['Control'] })
    await said('3 selected').waitFor()
    await expect.poll(() => row('train 3').getByRole('checkbox').getAttribute('aria-checked')).toBe('true')
    await expect.poll(() => row('train 2').getByRole('checkbox').getAttribute('aria-checked')).toBe('false')
    await expectAccessible(page)
  })

  it('go to a split as one act, which is taken back by its button', async () => {
    await press('Move to test')
    await page.getByText('3 sentences moved to test.').waitFor()
    await said(/^630 sentences$/).waitFor()
    await expect.poll(sizes).toEqual([597, 30, 3])
    await press('Undo')
    await page.getByText('Undo: 3 sentences moved to test.').waitFor()
    await expect.poll(sizes).toEqual([600, 30, 0])
  })

  it('are selected by keys, all that match with Ctrl+A, and Escape lets go of them', async () => {
    const first = row('train 1').getByRole('link')
    await expect.poll(() => first.getAttribute('href')).toBe(firstOfTrain) // the list is again as it was
    await first.focus()
    await page.keyboard.press('Space')
    await said('1 selected').waitFor()
    await page.keyboard.press('Shift+ArrowDown')
    await said('2 selected').waitFor()
    await page.keyboard.press('Shift+ArrowDown')
    await said('3 selected').waitFor()
    await page.keyboard.press('Escape')
    await said(/^630 sentences$/).waitFor()
    await page.keyboard.press('Control+a')
    await said('630 selected').waitFor()
    await page.keyboard.press('Space')
    await said('629 selected').waitFor()
    await press('Move to dev')
    await page.getByText('599 sentences moved to dev.').waitFor()
    await expect.poll(sizes).toEqual([1, 629, 0])
    await row('dev 1').waitFor()
    await list().getByRole('link').first().focus()
    await page.keyboard.press('Control+z')
    await page.getByText('Undo: 599 sentences moved to dev.').waitFor()
    await expect.poll(sizes).toEqual([600, 30, 0])
  })
})

it('are the queue of Annotate, as a selection or as all that a filter finds', async () => {
  const queue = page.getByRole('complementary', { name: 'Queue' })
  const queued = () => queue.getByRole('listbox', { name: 'Sentences' }).getByRole('option').count()
  await row('train 2').getByRole('checkbox').click()
  await row('train 4').getByRole('checkbox').click()
  await press('Annotate these 2')
  await queue.getByText('Only 2 sentences from Corpora').waitFor()
  await expect.poll(queued).toBe(2)
  await page.getByText('train / sentence 2', { exact: false }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Control+ArrowDown')
  await page.getByText('train / sentence 4', { exact: false }).waitFor()
  await page.reload()
  await queue.getByText('Only 2 sentences from Corpora').waitFor()
  await expect.poll(queued).toBe(1) // the other one was done
  await queue.getByRole('button', { name: 'Whole corpus' }).click()
  await expect.poll(queued).toBeGreaterThan(2)
  await page.getByRole('link', { name: 'Corpora' }).click()
  await press('dev')
  await press('Annotate these 30')
  await queue.getByText('Only 30 sentences from Corpora').waitFor()
  await expect.poll(queued).toBe(30)
  await page.getByRole('link', { name: 'Corpora' }).click()
})

it('divides the corpus by shares and a seed, shown before it is done', async () => {
  await page.getByRole('button', { name: 'More for Tiny' }).click()
  await page.getByRole('menuitem', { name: 'Split' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('row', { name: /^Sentences 504 63 63$/ }).waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Split', exact: true }).click()
  await page.getByText(/^Split by 80, 10, 10 with seed 1: \d+ sentences moved\.$/).waitFor()
  await expect.poll(sizes).toEqual([504, 63, 63])
  await dialog.waitFor({ state: 'hidden' })
  expect(opened.complaints).toEqual([])
})
