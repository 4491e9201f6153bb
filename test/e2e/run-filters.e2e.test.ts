/** Filters by a run and saved filters in the real window, worked by keyboard: predict, filter, save, rename, delete, undo. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Page } from 'playwright-core'
import { runRequest } from '#main/api/runs'
import type { RunFilter } from '#main/document/sentence-row'
import { expectAccessible } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { importTiny } from '../support/services.ts'

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async (services) => {
    const corpusId = await importTiny(services)
    const { runs } = services.handlers
    await runs.start(
      runRequest.parse({
        ...{ corpusId, variants: ['pmei'], seeds: [1], backend: 'wasm' },
        model: { wordDimension: 12, hidden: 12, casingDimension: 4 },
        training: { epochs: 12, batchSize: 10, learningRate: 0.02, dropout: 0, wordDropout: 0, average: 0 },
      }),
    )
    const status = async () => (await runs.list())[0]?.status
    await vi.waitUntil(async () => (await status()) === 'finished', { timeout: 100_000, interval: 200 })
  })
  page = opened.page
}, 180_000)
afterAll(() => opened.close())

const told = (text: RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()
const filters = () => page.getByRole('group', { name: 'Predictions of a run' })
const saved = (name: string) =>
  page.getByRole('list', { name: 'Saved filters' }).getByRole('button', { name, exact: true })
const openMenu = async (name: string): Promise<void> => {
  await page.getByRole('button', { name: `Menu of the saved filter ${name}` }).focus()
  await page.keyboard.press('Enter')
}

it('predicts what a run has not, and shows where gold differs', async () => {
  await filters().getByRole('combobox', { name: 'Run' }).focus()
  await page.keyboard.press('ArrowDown')
  await told(/The run has not predicted \d+ sentences of this corpus/)
  await filters().getByRole('button', { name: 'Predict them' }).focus()
  await page.keyboard.press('Enter')
  await filters().getByText('has not predicted').waitFor({ state: 'hidden' })
  await filters().getByRole('button', { name: 'Gold differs' }).focus()
  await page.keyboard.press('Enter')
  const differing = await countOf({ gold: 'differs' })
  expect(differing).toBeLessThan(84)
  await expect.poll(countShown).toBe(differing)
  await filters().getByRole('button', { name: 'Gold agrees' }).press('Space')
  await expect.poll(countShown).toBe(84 - differing)
  await expectAccessible(page)
})

it('narrows by the confidence of the run', async () => {
  await filters().getByRole('button', { name: 'Gold agrees' }).press('Space')
  await expect.poll(countShown).toBe(84)
  await filters().getByLabel('Confidence from').fill('0.5')
  await page.keyboard.press('Enter')
  const sure = await countOf({ leastConfidence: 0.5 })
  await expect.poll(countShown).toBe(sure)
  const upTo = (most: number) => countOf({ leastConfidence: 0.5, mostConfidence: most })
  const bounds = await Promise.all([0.6, 0.7, 0.8, 0.9].map(async (most) => [most, await upTo(most)] as const))
  const [most, fewer] = bounds.find(([, count]) => count > 0 && count < sure) ?? []
  expect(most).toBeDefined()
  await filters().getByLabel('Confidence to').fill(String(most))
  await page.keyboard.press('Enter')
  await expect.poll(countShown).toBe(fewer)
})

it('saves the filter under a name, applies it, renames it, and brings it back when it was deleted', async () => {
  await page.getByRole('button', { name: 'Save this filter' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Save this filter' }).getByLabel('Name').waitFor()
  await page.keyboard.type('unsure')
  await page.keyboard.press('Enter')
  await saved('unsure').waitFor()
  const unsure = await countShown()
  await expect.poll(() => saved('unsure').getAttribute('aria-pressed')).toBe('true')
  await saved('unsure').press('Enter') // once more takes it off
  await expect.poll(countShown).toBe(84)
  await page.reload()
  await saved('unsure').press('Enter')
  await expect.poll(countShown).toBe(unsure)
  await openMenu('unsure')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Rename the saved filter' }).getByLabel('Name').fill('hard ones')
  await page.keyboard.press('Enter')
  await saved('hard ones').waitFor()
  await expectAccessible(page)
  await openMenu('hard ones')
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
  await saved('hard ones').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await saved('hard ones').waitFor()
})

it('says on the page of the run what was corrected since, and makes it the queue', async () => {
  const { annotations, corpora, runs } = opened.services.handlers
  const [run] = await runs.list()
  const [corpus] = await corpora.list()
  const place = { corpusId: corpus?.corpusId ?? 0, filter: {}, offset: 3, limit: 1 }
  const [sentenceId = 0] = await corpora.sentenceIds(place)
  const view = await annotations.open({ sentenceId, runId: null })
  const changes = view.annotation.relations.map((before) => ({ kind: 'relation' as const, before, after: null }))
  await annotations.apply({ sentenceId, description: 'relations removed', changes })
  await page.evaluate((hash) => (location.hash = hash), `#/train/${run?.runId}`)
  await page.getByText('1 sentence corrected (1 of train) since this run.').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Look through it' }).click()
  await page.getByText('Only 1 sentence corrected since pmei seed 1').waitFor()
  await page.getByText('train / sentence 4', { exact: false }).waitFor()
  await page.getByRole('link', { name: 'Corpora' }).click()
})

it('says that a saved filter names a run that was removed', async () => {
  const { runs } = opened.services.handlers
  const [run] = await runs.list()
  await saved('hard ones').press('Enter')
  await runs.remove({ runId: run?.runId ?? '', cancelRuns: false })
  await page.getByRole('img', { name: 'The run pmei seed 1 was removed.' }).waitFor()
  await saved('hard ones').press('Enter')
  await page.getByText('"hard ones" cannot be used: The run pmei seed 1 was removed.').waitFor()
  expect(opened.complaints).toEqual([])
})

/** Number of sentences that the services find by the run: the window shows another one until its list is read. */
async function countOf(filter: Omit<RunFilter, 'runId'>): Promise<number> {
  const { corpora, runs } = opened.services.handlers
  const [[corpus], [run]] = await Promise.all([corpora.list(), runs.list()])
  const asked = { corpusId: corpus?.corpusId ?? 0, filter: { run: { ...filter, runId: run?.runId ?? '' } } }
  return (await corpora.sentences({ ...asked, offset: 0, limit: 1 })).total
}

async function countShown(): Promise<number> {
  const text = await page.locator('.bar [role=status]').textContent()
  return Number(/^\s*([\d,]+)/.exec(text ?? '')?.[1]?.replace(',', ''))
}
