/** Problems of imports in the real window, worked by keyboard: counted, filtered, and opened in Annotate. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { expectAccessible } from '../support/accessible.ts'
import { onDisk } from '../support/files-on-disk.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { tripleFile, type TripleRecord } from '../support/temporary-workspace.ts'

let opened: OpenedWindow
let page: Page

const lost = (at: number): TripleRecord => [`Ada met Ben${at} .`, ['Ada', 'met', `Cid${at}`]]

beforeAll(async () => {
  opened = await openWindow(async ({ handlers }) => {
    const load = (name: string, text: string) =>
      handlers.corpora.import({ corpus: 'Flawed', split: 'train', taskId: name, files: onDisk({ name, text }) })
    await load('lost.json', tripleFile(...Array.from({ length: 60 }, (_, at) => lost(at))))
    await load('bad.json', '[{"text": "Ada met Jon .", "triple_list": []}, {"text": 3, "triple_list": []}]')
  })
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

const rows = () => page.getByRole('list', { name: 'Problems at import' }).getByRole('listitem')

it('counts the problems and turns their pages', async () => {
  await page.getByRole('tab', { name: 'Problems' }).click()
  await page.getByText('61 problems.').waitFor()
  await expect.poll(() => rows().count()).toBe(50)
  await page.getByRole('button', { name: 'Next' }).press('Enter')
  await page.getByText('51 to 61 of 61').waitFor()
  await expectAccessible(page)
})

it('shows one severity, with file and line of what was left out', async () => {
  await page.getByRole('button', { name: 'Left out 1' }).press('Enter')
  await page.getByText('1 problem.').waitFor()
  await expect.poll(() => rows().allTextContents()).toEqual([expect.stringMatching(/Left out.*bad\.json, 2/s)])
  expect(await rows().getByRole('link').count()).toBe(0)
  await page.getByRole('button', { name: 'Left out 1' }).press('Enter')
  await page.getByRole('combobox', { name: 'File' }).selectOption('lost.json')
  await page.getByText('60 problems.').waitFor()
})

it('leads to what is in the corpus now, and opens a sentence in Annotate', async () => {
  const now = page.getByRole('list', { name: 'In the corpus now' })
  await now.getByText('60', { exact: true }).waitFor()
  await now.getByRole('button', { name: /whose strings do not stand/ }).press('Enter')
  await page.getByRole('status').filter({ hasText: '60 sentences' }).waitFor()
  await page.getByRole('tab', { name: 'Problems' }).click()
  await rows().nth(2).getByRole('link').press('Enter')
  await page.getByText('Flawed / train / sentence 3', { exact: false }).waitFor()
  expect(opened.complaints).toEqual([])
})
