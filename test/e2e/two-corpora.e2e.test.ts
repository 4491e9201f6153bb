/** The statistics of two corpora side by side in the real window: chosen by keyboard, with differences and types that one lacks. */
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
    const load = (corpus: string, split: 'train' | 'test', ...records: readonly TripleRecord[]) =>
      handlers.corpora.import({
        ...{ corpus, split, taskId: `${corpus} ${split}` },
        files: onDisk({ name: `${corpus}-${split}.json`, text: tripleFile(...records) }),
      })
    await load('First', 'train', ['Ada met Ben .', ['Ada', 'met', 'Ben']], ['Cid left .'])
    await load('Second', 'train', ['Ada knows Ben .', ['Ada', 'knows', 'Ben']])
    await load('Second', 'test', ['Eve met Dan .', ['Eve', 'met', 'Dan']], ['Eve came .'], ['Dan came .'])
  })
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

it('shows figures with differences, and types that only one has', async () => {
  await page.getByRole('tab', { name: 'Statistics' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Side by side with' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('row', { name: 'Sentences 2 1 -1', exact: true }).waitFor()
  const types = page.getByRole('list', { name: 'Relation types, all splits' }).getByRole('listitem')
  await expect
    .poll(() => types.allTextContents())
    .toEqual([
      expect.stringMatching(/met.*1 · 100\.0 %.*1 · 50\.0 %/s),
      expect.stringMatching(/knows\s*only in Second.*0 · 0\.0 %.*1 · 50\.0 %/s),
    ])
  await expectAccessible(page)
})

it('compares another split, and says that the other corpus has changed', async () => {
  await page.getByRole('combobox', { name: 'Split of Second' }).selectOption('test')
  await page.getByRole('row', { name: 'Sentences 2 3 +1', exact: true }).waitFor()
  await page.getByRole('combobox', { name: 'Side by side with' }).selectOption({ label: 'No other corpus' })
  await page.getByRole('table', { name: 'Sizes by split' }).waitFor()
  const text = tripleFile(['Flo met Gus .', ['Flo', 'met', 'Gus']])
  const { corpora } = opened.services.handlers
  await corpora.import({ corpus: 'Second', split: 'test', taskId: 'more', files: onDisk({ name: 'more.json', text }) })
  await page.getByRole('combobox', { name: 'Side by side with' }).selectOption({ label: 'Second' })
  await page.getByText('Second has changed since its figures were computed.').waitFor()
  await page.getByRole('button', { name: 'Recompute' }).press('Enter')
  await page.getByRole('combobox', { name: 'Split of Second' }).selectOption('test')
  await page.getByRole('row', { name: 'Sentences 2 4 +2', exact: true }).waitFor()
  expect(opened.complaints).toEqual([])
})
