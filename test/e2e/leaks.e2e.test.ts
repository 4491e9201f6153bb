/** The leak report in the window: what stands twice is counted, shown in the list, opened and moved to train. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { expectAccessible } from '../support/accessible.ts'
import { onDisk } from '../support/files-on-disk.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { tripleFile, type TripleRecord } from '../support/temporary-workspace.ts'

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async ({ handlers }) => {
    const add = (split: 'train' | 'test', ...records: readonly TripleRecord[]) =>
      handlers.corpora.import({
        ...{ corpus: 'Leaky', split, taskId: split },
        files: onDisk({ name: `${split}.json`, text: tripleFile(...records) }),
      })
    await add('train', ['Ada knows Ben .', ['Ada', 'knows', 'Ben']], ['Cid left .'], ['cid left .'])
    await add('test', ['Ada knows Ben .', ['Ada', 'knows', 'Ben']], ['CID  left'], ['Dora came .'])
  })
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

it('counts what of test stands in train, and leads to those sentences', async () => {
  await page.getByRole('tab', { name: 'Leaks' }).click()
  await page.getByRole('row', { name: 'of test that stand in train 1 2' }).waitFor()
  await page.getByRole('row', { name: 'of train that stand earlier in it 0 1' }).waitFor()
  await page.getByText('1 of 1 triple of test stand in train (100.0 %)').waitFor()
  await expectAccessible(page)
  const examples = page.getByRole('list', { name: 'Sentences of dev and test that stand in train' })
  await expect
    .poll(() => examples.getByRole('listitem').allTextContents())
    .toEqual([
      expect.stringMatching(/test 1.*Ada knows Ben \..*is train 1/s),
      expect.stringMatching(/test 2.*CID\s+left.*is nearly train [23]/s),
    ])
})

it('moves what leaks to train, after which nothing does', async () => {
  await page.getByRole('button', { name: 'Show what of dev and test stands in train (2)' }).click()
  await page
    .getByRole('status')
    .filter({ hasText: /^2 sentences$/ })
    .waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Leaked' }).getAttribute('aria-pressed')).toBe('true')
  const links = page.getByRole('list', { name: 'Sentences' }).getByRole('link')
  await expect.poll(() => links.count()).toBe(2) // the list is that of the filter
  await links.first().focus()
  await page.keyboard.press('Control+a')
  await page.getByRole('button', { name: 'Move to train' }).click()
  await page.getByText('2 sentences moved to train.').waitFor()
  await page.getByText('Nothing matches').waitFor()
  await page.getByRole('tab', { name: 'Leaks' }).click()
  await page.getByRole('row', { name: 'of test that stand in train 0 0' }).waitFor()
  expect(opened.complaints).toEqual([])
})

it('opens a sentence in Annotate', async () => {
  await page.getByRole('tab', { name: 'Sentences' }).click()
  await page.getByRole('list', { name: 'Sentences' }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Leaked' }).click()
  await page.getByRole('button', { name: 'Repeated' }).click()
  await page.getByRole('list', { name: 'Sentences' }).getByRole('link').first().click()
  await page.getByText(/Leaky \/ train \/ sentence/).waitFor()
})
