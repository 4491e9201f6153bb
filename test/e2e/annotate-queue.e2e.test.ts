/** The queue in the real window, two windows on one sentence, and text that looks like markup. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessibleAsShown } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { onDisk } from '../support/files-on-disk.ts'

const markup = '<img src=x onerror="document.title=\'broken\'"> <script>document.title="broken"</script> Jon'
const labels = { entityTypes: [{ name: '<b>PERSON</b>' }, { name: 'ORG' }], relationTypes: [], signatures: [] }

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async ({ handlers }) => {
    const texts = ['Jon Reed led Calden .', 'Nothing happened .', markup, 'Ada met Jon .']
    const lines = [{ espalier: 'corpus', version: 1, labels }, ...texts.map((text, at) => ({ id: `d${at}`, text }))]
    await handlers.corpora.import({
      ...{ corpus: 'Small <i>corpus</i>', split: 'train', taskId: 'import' },
      files: onDisk({ name: 'small.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }),
    })
    await handlers.system.updateSettings({ annotator: '<u>Ada</u>' })
  })
  page = opened.page
  await page.evaluate(() => (location.hash = '#/annotate'))
  await page.getByText('train / sentence 1', { exact: false }).waitFor()
}, 120_000)
afterAll(() => opened.close())

const annotationOf = async (sentenceId: number) =>
  (await opened.services.handlers.annotations.open({ sentenceId, runId: null })).annotation
const queued = () => page.getByRole('listbox', { name: 'Sentences' }).getByRole('option')
const word = (of: Page, text: string) => of.locator('[data-row="words"]').filter({ hasText: new RegExp(`^${text}$`) })

describe('the queue', () => {
  it('finds sentences by their words, and says so when there is none', async () => {
    await expect.poll(() => queued().count()).toBe(4)
    await page.getByRole('searchbox', { name: 'Search the queue' }).fill('jon')
    await expect.poll(() => queued().count()).toBe(3)
    await page.getByRole('searchbox', { name: 'Search the queue' }).fill('zzz')
    await page.getByText('No sentence of this order holds these words').waitFor()
    await page.getByRole('searchbox', { name: 'Search the queue' }).fill('')
    await expect.poll(() => queued().count()).toBe(4)
  })

  it('shows how far the corpus is and what oneself has done', async () => {
    await page.getByText('0 of 4 reviewed').waitFor()
    await word(page, 'Jon').click()
    await page.keyboard.press('d')
    await page.getByText(/1 of 4 reviewed · you: 1 today/).waitFor()
  })

  it('says what an order by disagreement needs', async () => {
    await page.getByRole('combobox', { name: 'Order of the queue' }).selectOption('disagreement')
    await page.getByText('Two runs are needed').waitFor()
    await expectAccessibleAsShown(page)
    await page.getByRole('combobox', { name: 'Order of the queue' }).selectOption('all')
  })
})

describe('a sentence in two windows', () => {
  it('shows in each what the other does, and loses no change', async () => {
    const other = await page.context().newPage()
    await other.goto(opened.createUrl())
    await other.getByRole('heading', { level: 1 }).waitFor()
    for (const each of [page, other]) {
      await each.evaluate(() => (location.hash = '#/annotate/4'))
      await each.getByText('train / sentence 4', { exact: false }).waitFor()
    }
    await word(page, 'Ada').click()
    await page.keyboard.press('1')
    await expect.poll(() => other.locator('[data-row="words"][aria-label*="PERSON"]').count()).toBe(1)
    // both at once: each change is there in the end, or refused in so many words
    await word(page, 'met').click()
    await word(other, 'Jon').click()
    await Promise.all([page.keyboard.press('2'), other.keyboard.press('2')])
    await expect
      .poll(async () => {
        const stored = (await annotationOf(4)).spans.map(({ start }) => start).sort()
        const told = await Promise.all([page, other].map((each) => each.getByText(/^Not saved/).count()))
        return stored.length + told.reduce((sum, count) => sum + count, 0)
      })
      .toBe(3)
    for (const each of [page, other])
      await expect
        .poll(() => each.locator('[data-row="words"][aria-label*="ORG"]').count())
        .toBe((await annotationOf(4)).spans.filter(({ label }) => label === 'ORG').length)
    await other.close()
  })
})

describe('text that looks like markup', () => {
  it('is shown as text everywhere and never becomes part of the page', async () => {
    await page.evaluate(() => (location.hash = '#/annotate/3'))
    await page.getByText('train / sentence 3', { exact: false }).waitFor()
    await word(page, 'Jon').click()
    await page.keyboard.press('1')
    await page.getByRole('status').filter({ hasText: '<b>PERSON</b>' }).waitFor()
    await page
      .getByRole('textbox', { name: 'Note', exact: true })
      .fill('<img src=x onerror="document.title=\'broken\'">')
    await word(page, 'Jon').click()
    await page.evaluate(() => (location.hash = '#/corpora'))
    await page.getByText('Small <i>corpus</i>').first().waitFor()
    await expect.poll(() => page.locator('img[src="x"], script:not([src]):not([type])').count()).toBe(0)
    await expect.poll(() => page.title()).not.toContain('broken')
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
