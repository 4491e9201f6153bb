/** The queue in the real window, two windows on one sentence, and text that looks like markup. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, expectAccessibleAsShown } from '../support/accessible.ts'
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

describe('adjudication', () => {
  const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()

  it('goes through sentences on which annotators differ, one key a difference, and nobody sees the model before', async () => {
    const said = (name: string, label: string, kind = 'annotator') => ({
      ...{ name, kind },
      sentences: [
        {
          spans: [
            { start: 0, end: 2, label },
            { start: 3, end: 4, label: 'ORG' },
          ],
        },
      ],
    })
    const head = {
      ...{ espalier: 'corpus', version: 1 },
      labels: { entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }], relationTypes: [], signatures: [] },
    }
    const doc = (text: string, ...labels: readonly string[]) => ({
      text,
      layers: [...labels.map((label, at) => said(['Mia', 'Noa'][at] ?? '', label)), said('gliner', 'PERSON', 'system')],
    })
    const lines = [
      head,
      doc('Jon Reed led Calden .', 'PERSON', 'ORG'),
      doc('Ada Lund led Calden .', 'PERSON', 'PERSON'),
      doc('Lea Sund led Calden .', 'ORG', 'PERSON'),
    ]
    await opened.services.handlers.corpora.import({
      ...{ corpus: 'Team', split: 'train', taskId: 'team' },
      files: onDisk({ name: 'team.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }),
    })
    await page.getByRole('combobox', { name: 'Corpus', exact: true }).selectOption('Team')
    await page.getByRole('combobox', { name: 'Order of the queue' }).selectOption('disputed')
    await page.getByRole('heading', { name: 'To adjudicate 2' }).waitFor()
    await told('Difference 1 of 1, Jon Reed. 1 Mia: Jon Reed is PERSON. 2 Noa: Jon Reed is ORG')
    const models = page.getByRole('columnheader', { name: /gliner/ })
    expect(await models.count()).toBe(0)
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.keyboard.press('2')
    await told('As Noa: Jon Reed is ORG. All 1 decided. Enter: done, next sentence')
    await models.waitFor()
    await page.getByRole('cell', { name: 'as 1 Mia' }).waitFor()
    await page.keyboard.press('Enter')
    await told('Difference 1 of 1, Lea Sund')
    await page.keyboard.press('2')
    await told('As Noa: Lea Sund is PERSON')
    const id = Number(/\d+$/.exec(page.url())?.[0])
    const stored = async () =>
      (await annotationOf(id)).spans.map(({ start, end, label }) => `${start}-${end} ${label}`).sort()
    // what both say came along with the first decision
    await expect.poll(stored).toEqual(['0-2 PERSON', '3-4 ORG'])
    await page.keyboard.press('u')
    await expect.poll(stored).toEqual([])
    await page.getByText('0 decided').waitFor()
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
