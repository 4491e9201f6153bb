/** The bin in the real window: what goes is told, what runs is stopped by choice alone, and everything comes back. */
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalClient, type Client } from '#main/api/router'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { importTiny } from '../support/services.ts'
import { expectAccessible } from '../support/accessible.ts'

let opened: OpenedWindow
let page: Page
let client: Client
let corpusId: number

const sizes = { wordDimension: 6, hidden: 6, casingDimension: 2 }

/** Runs of the plain variant, one for each seed. */
const train = (seeds: number[], epochs: number) =>
  client.runs.start({
    ...{ corpusId, variants: ['mtl'], seeds, backend: 'wasm', threads: 1 },
    ...{ model: sizes, training: { epochs, batchSize: 20, patience: epochs } },
  })
const statuses = async () => (await client.runs.list()).map(({ status }) => status)

beforeAll(async () => {
  opened = await openWindow(async (services) => {
    corpusId = await importTiny(services)
    client = createLocalClient(services.handlers)
    await train([1, 2], 1)
    while ((await statuses()).some((status) => status !== 'finished')) await setTimeout(100)
  })
  page = opened.page
}, 180_000)
afterAll(() => opened.close())

const goTo = (place: string) => page.evaluate((hash) => (location.hash = hash), `#/${place}`)
const dialog = () => page.getByRole('dialog')
const bin = () => page.getByRole('list', { name: 'Bin' }).getByRole('listitem')

async function askToRemove(): Promise<void> {
  await page.getByRole('button', { name: 'More for Tiny' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
}

describe('removing a corpus', () => {
  it('tells what goes along, and does nothing where one thinks better of it', async () => {
    await askToRemove()
    await dialog().getByText('84 sentences, none of them reviewed, with no acts of annotation.').waitFor()
    await dialog().getByText('2 runs that learnt from it will go along: mtl seed 2, mtl seed 1.').waitFor()
    await dialog().getByText('Everything can be restored from the bin for 30 days.').waitFor()
    await dialog().getByLabel('Keep the runs').check()
    await dialog().getByText('2 runs that learnt from it will stay').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    await expect.poll(() => client.corpora.list()).toHaveLength(1)
  })

  it('stops a run that is running only by a button that says so', async () => {
    await train([3], 5_000)
    await expect.poll(statuses, { timeout: 30_000 }).toContain('running')
    await askToRemove()
    await dialog().getByText('Queued or running, so to be cancelled first: mtl seed 3.').waitFor()
    await dialog().getByRole('button', { name: 'Cancel 1 run, then remove' }).click()
    await page.getByRole('heading', { name: 'No corpus yet' }).waitFor({ timeout: 30_000 })
    await goTo('train')
    await page.getByRole('heading', { name: 'No runs yet' }).waitFor()
  }, 90_000)
})

describe('the bin in Settings', () => {
  it('lists what was removed with what it holds, and until when', async () => {
    await goTo('settings')
    await expect.poll(() => bin().count()).toBe(1)
    const text = await bin().first().textContent()
    expect(text).toMatch(/Tiny.*corpus · 84 sentences · 0 reviewed · 3 runs · .*Removed .*; erased on /)
    await expectAccessible(page)
  })

  it('restores a corpus with its runs', async () => {
    await bin().getByRole('button', { name: 'Restore' }).click()
    await page.getByText('The bin is empty.').waitFor()
    await goTo('train')
    await expect.poll(() => page.getByRole('navigation', { name: 'Runs' }).getByRole('button').count()).toBe(3)
    await goTo('corpora')
    await page.getByRole('button', { name: 'More for Tiny' }).waitFor()
  })

  it('asks about the corpus of a run that is in the bin too', async () => {
    await goTo('train')
    await page.getByRole('button', { name: /mtl seed 1/ }).click()
    await page.getByRole('button', { name: 'Remove' }).click()
    await dialog().getByRole('button', { name: 'Move to the bin' }).click()
    await expect.poll(() => page.getByRole('navigation', { name: 'Runs' }).getByRole('button').count()).toBe(2)
    await goTo('corpora')
    await askToRemove()
    await dialog().getByRole('button', { name: 'Move to the bin' }).click()
    await goTo('settings')
    await expect.poll(() => bin().count()).toBe(2)
    await bin().filter({ hasText: 'mtl seed 1' }).getByRole('button', { name: 'Restore' }).click()
    await dialog().getByText('It learnt from Tiny, which is in the bin too.').waitFor()
    await expectAccessible(page)
    await dialog().getByRole('button', { name: 'Restore both' }).click()
    await page.getByText('The bin is empty.').waitFor()
    await expect.poll(statuses).toHaveLength(3)
  })

  it('erases for good after it has said what is lost', async () => {
    await goTo('corpora')
    await askToRemove()
    await dialog().getByRole('button', { name: 'Move to the bin' }).click()
    await goTo('settings')
    await bin().getByRole('button', { name: 'Erase now' }).click()
    await dialog().getByText('Nothing brings it back. What is lost:').waitFor()
    await dialog().getByText('84 sentences, none of them reviewed').waitFor()
    await dialog()
      .getByText(/^3 runs \(.*\) with epochs, predictions, scores and [\d.]+ MB of checkpoints\.$/)
      .waitFor()
    await expectAccessible(page)
    await dialog().getByRole('button', { name: 'Erase for good' }).click()
    await page.getByText('The bin is empty.').waitFor()
    await expect
      .poll(async () => [await client.bin.list(), await client.runs.list(), await client.corpora.list()])
      .toEqual([[], [], []])
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
