/** The address of a sentence whose corpus was removed: one message says so, and nothing else is opened in its place. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importSmall } from '../support/annotated-corpora.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { onDisk } from '../support/files-on-disk.ts'

const labels = { entityTypes: [{ name: 'PERSON' }], relationTypes: [], signatures: [] }
let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async (services) => {
    await importSmall(services, ['Mara met Ada .'], labels)
    await services.handlers.corpora.import({
      ...{ corpus: 'Other', split: 'train', taskId: 'other' },
      files: onDisk({ name: 'other.txt', text: 'Jon left .' }),
    })
  })
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

const open = (sentenceId: number) => page.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
const told = () => page.getByText(/was removed|in the bin/).allInnerTexts()

it('says once that the corpus of the open sentence was removed', async () => {
  const { corpora } = opened.services.handlers
  await open(1)
  await page.getByText('Small / train / sentence 1').waitFor()
  const { corpusId = 0 } = (await corpora.list()).find(({ name }) => name === 'Small') ?? {}
  await corpora.remove({ corpusId, keepRuns: false, cancelRuns: false })
  await expect.poll(told).toHaveLength(1)
  await page.getByRole('grid', { name: 'Sentence' }).waitFor({ state: 'hidden' })
  await page.getByRole('listbox', { name: 'Sentences' }).getByText('Jon left .').waitFor()
  await expect.poll(told).toHaveLength(1)
})

it('says it once on the way back by the rail', async () => {
  await page.evaluate(() => (location.hash = '#/corpora'))
  await page.getByRole('heading', { name: 'Corpora' }).waitFor()
  await open(1)
  await page.getByRole('listbox', { name: 'Sentences' }).getByText('Jon left .').waitFor()
  await expect.poll(told).toHaveLength(1)
})

it('says it once where the address is opened later, and opens nothing else in its place', async () => {
  await page.evaluate(() => (location.hash = '#/corpora'))
  await page.reload()
  await open(1)
  await page.getByRole('listbox', { name: 'Sentences' }).getByText('Jon left .').waitFor()
  await expect.poll(told).toHaveLength(1)
  expect(new URL(page.url()).hash).toBe('#/annotate/1')
})

it('says it once where one comes from a sentence that is there, and goes on from there', async () => {
  await open(2)
  await page.getByText('Other / train / sentence 1').waitFor()
  await open(1)
  await expect.poll(told).toHaveLength(1)
  await open(2)
  await page.getByText('Other / train / sentence 1').waitFor()
  await expect.poll(told).toEqual([])
})
