/** The second half of the loop in the real window: train two variants, compare them, extract with one. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { importTiny } from '../support/services.ts'
import { expectAccessible } from '../support/accessible.ts'

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow((services) => importTiny(services))
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

const planOf = (settings: string): string =>
  `name: sizes\ncorpus: Tiny\nvariants: mtl\nseeds: 1\nsettings: { ${settings}, word-width: 8, epochs: 1, backend: wasm }\n`

async function goTo(place: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/${place}`)
}

/** Every rule of WCAG 2 A and AA that a machine can check, in both themes. */
describe('Train', () => {
  it('says what to do while there is no run', async () => {
    await goTo('train')
    await page.getByRole('heading', { name: 'No runs yet' }).waitFor()
  })

  it('estimates a run before it starts, and names a seed that is none', async () => {
    await page.getByRole('button', { name: 'New run' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New run' })
    await dialog.getByLabel('Corpus').selectOption({ index: 1 })
    await dialog.getByLabel('Seeds').fill('one')
    await dialog.getByText('Seed must be a whole number from 0').first().waitFor()
    await expect.poll(() => dialog.getByRole('button', { name: /^Start/ }).isDisabled()).toBe(true)
    await dialog.getByLabel('Seeds').fill('1, 2')
    await dialog.getByText('60 / 12 / 12').waitFor()
    await expectAccessible(page)
  })

  it('offers no start from a vector file that is not there, with the reason', async () => {
    const dialog = page.getByRole('dialog', { name: 'New run' })
    await dialog.getByLabel('Word-vector file').fill('nowhere.txt')
    await dialog.getByRole('alert').filter({ hasText: 'nowhere.txt' }).waitFor()
    await expect.poll(() => dialog.getByRole('button', { name: 'Start 4 runs' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Word-vector file').fill('')
    await dialog.getByRole('alert').filter({ hasText: 'nowhere.txt' }).waitFor({ state: 'hidden' })
  })

  it('trains one run per variant and seed, told live', async () => {
    const dialog = page.getByRole('dialog', { name: 'New run' })
    await dialog.getByLabel('Epochs', { exact: true }).fill('2')
    await dialog.getByLabel('Batch size').fill('20')
    await dialog.getByText('Network, information flow and machine').click()
    await dialog.getByLabel('LSTM units per direction').fill('8')
    await dialog.getByLabel('Word-vector width').fill('8')
    await dialog.getByLabel('Backend').selectOption('wasm')
    await dialog.getByRole('button', { name: 'Start 4 runs' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const runs = page.getByRole('navigation', { name: 'Runs' })
    for (const name of ['mtl seed 1', 'mtl seed 2', 'pmei seed 1', 'pmei seed 2'])
      await runs
        .getByRole('button', { name: new RegExp(`${name}.*Finished.*epoch 2 of 2`, 's') })
        .waitFor({ timeout: 60_000 })
  }, 120_000)

  it('shows curves, epochs and scores of a run', async () => {
    await page
      .getByRole('navigation', { name: 'Runs' })
      .getByRole('button', { name: /pmei seed 2/ })
      .click()
    const run = page.getByRole('article', { name: 'pmei seed 2' })
    await run.getByText('Loss per sentence').waitFor()
    await expectAccessible(page)
    await run.getByRole('tab', { name: 'Epochs' }).click()
    await expect.poll(() => run.getByRole('table', { name: 'Epochs' }).getByRole('row').count()).toBe(3)
    await run.getByRole('button', { name: 'Evaluate on test' }).first().click()
    await run.getByText('test: 12 sentences').waitFor({ timeout: 30_000 })
    await run.getByText(/test predicted on \d+ \w+ \d+, \d\d:\d\d, with threshold 0\.\d+/).waitFor()
    const triples = run.getByRole('table', { name: 'Triples by match mode' })
    await expect.poll(() => triples.getByRole('columnheader', { name: 'Early F1' }).count()).toBe(1)
    await run.getByRole('button', { name: 'Draw the maps ten times' }).click()
    await run.getByText(/Exact over 10 draws: P [\d.]+ ± [\d.]+/).waitFor({ timeout: 30_000 })
    await run.getByLabel('Breakdown').selectOption('novelty')
    await run.getByRole('rowheader', { name: 'unseen' }).waitFor()
    await expectAccessible(page)
  }, 60_000)

  it('has tuned thresholds on dev by itself, takes them back, and tunes again', async () => {
    const run = page.getByRole('article', { name: 'pmei seed 2' })
    const tuned = run.getByText(/On dev, exact F1 is|No threshold is better on dev/)
    await run.getByRole('tab', { name: 'Thresholds' }).click()
    await tuned.waitFor()
    await expectAccessible(page)
    await run.getByRole('button', { name: 'Back to 0.5 for all' }).click()
    await run.getByText('A pair of words is a triple from probability 0.5 on').waitFor()
    await run.getByRole('button', { name: 'Tune on dev' }).click()
    await tuned.waitFor({ timeout: 30_000 })
  }, 60_000)

  it('starts warm from a finished run', async () => {
    await page.getByRole('button', { name: 'Retrain on corrections' }).click()
    const dialog = page.getByRole('dialog', { name: 'Retrain pmei seed 2 on corrections' })
    await dialog.getByLabel('Epochs', { exact: true }).fill('1')
    await dialog.getByRole('button', { name: 'Start run' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('article').getByText('Finished').waitFor({ timeout: 60_000 })
    const list = page.getByRole('navigation', { name: 'Runs' })
    for (const told of ['epochs 1.*started from pmei seed 2', 'epochs 2.*started from fresh weights'])
      await list.getByRole('button', { name: new RegExp(`pmei seed 2.*${told}`, 's') }).waitFor()
    await page
      .getByRole('article')
      .getByRole('link', { name: /^pmei seed 2 \(.*epochs 2/ })
      .click()
    await page
      .getByRole('article')
      .getByText(/started from fresh weights/)
      .waitFor()
    await list.getByRole('button', { name: /started from pmei seed 2/ }).click()
  }, 90_000)

  it('renames a run by keyboard, which every list shows, and keeps its old name on Escape', async () => {
    const list = page.getByRole('navigation', { name: 'Runs' })
    await list.getByRole('button', { name: /started from pmei seed 2/ }).press('F2')
    await page.getByLabel('Name of the run').press('Escape')
    const run = list.getByRole('button', { name: /started from pmei seed 2/ })
    await run.press('F2')
    await page.locator('input:focus').waitFor()
    await page.keyboard.type('on corrections')
    await page.keyboard.press('Enter')
    await page.getByRole('article', { name: 'on corrections' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Rename (F2)')
    // nothing has its old name any more, so nothing has to be told apart
    await list.getByText(/started from/).waitFor({ state: 'hidden' })
    await goTo('extract')
    await page
      .getByLabel('Run', { exact: true })
      .locator('option', { hasText: /^on corrections on Tiny/ })
      .waitFor({ state: 'attached' })
    await goTo('train')
  })

  it('keeps a note on the run it was begun on, however it is left', async () => {
    const list = page.getByRole('navigation', { name: 'Runs' })
    await list.getByRole('button', { name: /on corrections/ }).click()
    await page.getByRole('button', { name: 'Add a note' }).click()
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.type('Kept when the place is left.')
    await goTo('compare')
    await page.getByRole('navigation', { name: 'Runs to compare' }).waitFor()
    await page.goBack()
    await list.getByRole('button', { name: /on corrections/ }).click()
    await page.getByText('Kept when the place is left.').waitFor()
    await list.getByRole('button', { name: /mtl seed 1/ }).click()
    await page.getByRole('button', { name: 'Add a note' }).waitFor()
    await list.getByRole('button', { name: /on corrections/ }).click()
    await expectAccessible(page)
  })

  it('cancels a run in mid-training and goes on from its last checkpoint', async () => {
    await page.getByRole('button', { name: 'New run' }).click()
    const dialog = page.getByRole('dialog', { name: 'New run' })
    await dialog.getByRole('checkbox', { name: 'pmei', exact: true }).uncheck()
    await dialog.getByLabel('Epochs', { exact: true }).fill('5000')
    await dialog.getByLabel('Patience').fill('5000')
    await dialog.getByText('Network, information flow and machine').click()
    await dialog.getByLabel('LSTM units per direction').fill('8')
    await dialog.getByLabel('Word-vector width').fill('8')
    await dialog.getByRole('button', { name: 'Start run' }).click()
    const run = page.getByRole('article', { name: 'mtl seed 1' })
    const epochsDone = async (): Promise<number> =>
      Number(/(\d+) of 5000/.exec((await run.getByRole('definition').nth(1).textContent()) ?? '')?.[1] ?? 0)
    await expect.poll(epochsDone, { timeout: 30_000 }).toBeGreaterThan(2)
    await run.getByRole('button', { name: 'Cancel' }).click()
    await run.getByText('Cancelled', { exact: true }).waitFor()
    const cancelledAt = await epochsDone()
    await run.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(epochsDone, { timeout: 30_000 }).toBeGreaterThan(cancelledAt)
    await run.getByRole('button', { name: 'Cancel' }).click()
    await run.getByText('Cancelled', { exact: true }).waitFor()
  }, 90_000)

  it('moves a run to the bin, after asking', async () => {
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Keep it' }).click()
    const names = page.getByRole('navigation', { name: 'Runs' }).getByRole('button')
    await expect.poll(() => names.count()).toBe(6)
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Move to the bin' }).click()
    await expect.poll(() => names.count()).toBe(5)
    await page
      .getByRole('navigation', { name: 'Runs' })
      .getByRole('button', { name: /epoch 1 of 1/ })
      .click()
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Move to the bin' }).click()
    await expect.poll(() => names.count()).toBe(4)
  })
})

describe('Compare', () => {
  it('puts whole experiments side by side, the seeds of a variant in one row', async () => {
    await goTo('compare')
    await page.getByRole('heading', { name: 'Choose runs' }).waitFor()
    await page.getByRole('checkbox', { name: /^mtl seed 2 dev exact F1 [\d.]+$/ }).waitFor()
    await page.getByRole('checkbox', { name: 'mtl, pmei on Tiny' }).check()
    const toScore = page.getByRole('list', { name: 'Runs to score' })
    // each run was calibrated on dev after it was trained
    await toScore.getByText('mtl seed 1 is not scored on dev yet (its predictions are stored)').waitFor()
    await expect.poll(() => toScore.getByRole('button', { name: 'Score mtl seed 1' }).count()).toBe(1)
    await expect.poll(() => page.getByRole('table', { name: /Scores on/ }).count()).toBe(0)
    await expectAccessible(page)
    await toScore.getByRole('button', { name: 'Score all' }).focus()
    await page.keyboard.press('Enter')
    const table = page.getByRole('table', { name: /Scores on dev/ })
    await expect
      .poll(() => page.getByRole('tab', { name: 'Table' }).evaluate((tab) => tab === document.activeElement))
      .toBe(true)
    await table.getByRole('rowheader', { name: /^mtl/ }).waitFor({ timeout: 60_000 })
    await expect
      .poll(() => table.getByRole('rowheader').allTextContents())
      .toEqual([
        expect.stringMatching(/mtl\s+2 runs/),
        expect.stringMatching(/pmei\s+2 runs/),
        expect.stringContaining('memory floor'),
        expect.stringContaining('oracle'),
      ])
    await page
      .getByText(/cannot be told apart from mtl|scores (higher|lower) than mtl|disagree/)
      .waitFor({ timeout: 30_000 })
    await table.getByRole('button', { name: /^pmei/ }).click()
    await table.getByRole('rowheader', { name: 'pmei seed 2' }).waitFor()
    await expectAccessible(page)
  }, 90_000)

  it('draws charts with their figures as tables and files', async () => {
    await page.getByRole('tab', { name: 'Charts' }).click()
    await page.getByText('The figures as a table').click()
    await page.getByRole('columnheader', { name: 'pmei, mean − SD' }).waitFor()
    await expectAccessible(page)
    const kind = page.getByLabel('Chart', { exact: true })
    await kind.selectOption('Breakdown')
    await page.getByLabel('Breakdown').selectOption('novelty')
    await page.getByRole('rowheader', { name: 'unseen' }).waitFor({ timeout: 30_000 })
    await expectAccessible(page)
    await kind.selectOption('Confusion')
    await page.getByRole('table', { name: /^Confusion of relations/ }).waitFor()
    await page.getByRole('button', { name: 'Save chart' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Drawing as SVG' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('confusion-of-relations.svg')
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/^<svg /)
  }, 60_000)

  it('lays two runs side by side, marks gold as wrong, and comes back from a sentence in Annotate by a key', async () => {
    await page.getByRole('tab', { name: 'Sentences' }).click()
    const list = page.getByRole('listbox', { name: /^Sentences of both/ })
    await list.getByRole('option').first().waitFor()
    await expectAccessible(page)
    await list.focus()
    await page.keyboard.press('j')
    const atHand = list.getByRole('option', { selected: true })
    expect(await atHand.locator('.words span').count()).toBeGreaterThan(2) // it is drawn
    await page.keyboard.press('g')
    await atHand.getByText('gold marked as wrong').waitFor()
    const second = await atHand.textContent()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Back to the comparison' }).waitFor()
    await page.keyboard.press('Control+b')
    await expect.poll(() => atHand.textContent()).toBe(second)
    await page.keyboard.press('g')
    await atHand.getByText('gold marked as wrong').waitFor({ state: 'hidden' })
  }, 60_000)

  it('can be read and reached in a small window', async () => {
    await page.setViewportSize({ width: 1024, height: 640 })
    await expectAccessible(page)
    await goTo('train')
    await page.getByRole('tab', { name: 'Epochs' }).click()
    await expectAccessible(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await goTo('compare')
  }, 60_000)

  it('saves the table for a paper', async () => {
    await page.getByRole('button', { name: 'Export table' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Save as LaTeX' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('Tiny-dev-exact.tex')
    expect(readFileSync(await file.path(), 'utf8')).toContain('\\begin{tabular}')
  })
})

describe('Extract', () => {
  it('reads a typed text on Ctrl+Enter', async () => {
    await goTo('extract')
    await page.getByRole('textbox', { name: 'Text' }).waitFor()
    const runs = page.getByRole('combobox', { name: 'Run' }).getByRole('option')
    await expect
      .poll(async () => (await runs.allTextContents()).join('\n'))
      .toMatch(/pmei seed 2 on Tiny, dev exact F1 [\d.]+/)
    await page
      .getByRole('textbox', { name: 'Text' })
      .fill('Ilse Dorn founded Fernhall in Lunde. Tam Okwe led Nordvane.')
    await page.keyboard.press('Control+Enter')
    await page.getByText(/^2 sentences/).waitFor({ timeout: 30_000 })
    await expectAccessible(page)
  }, 60_000)

  it('reads files, keeps the results and lists what it could not read', async () => {
    await page.getByRole('tab', { name: 'Files' }).click()
    await page.getByText('Drop files on the left').waitFor()
    await page.getByLabel('Files to extract from').setInputFiles([
      { name: 'news.txt', mimeType: 'text/plain', buffer: Buffer.from('Mara Velt led Orbisk in Tarnow.') },
      { name: 'broken.jsonl', mimeType: 'application/json', buffer: Buffer.from('{"text": ') },
    ])
    await page.getByRole('button', { name: /2 files.*Finished/ }).waitFor({ timeout: 30_000 })
    await page.getByText('Not read 1').click()
    await page.getByRole('region', { name: 'Not read' }).getByText('broken.jsonl').first().waitFor()
    await expectAccessible(page)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { document: string }).document).join(' ')).toContain('news.txt')
    await page.keyboard.press('Escape')
  }, 60_000)

  it('extracts from a split of a corpus, and lists all jobs by keyboard', async () => {
    await page.getByLabel('From a corpus').selectOption({ label: 'Tiny' })
    await page.getByLabel('Split').selectOption('dev')
    await page.getByRole('button', { name: 'Extract', exact: true }).click()
    await page.getByRole('button', { name: /Tiny \/ dev.*Finished/ }).waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: /^Jobs/ }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Jobs' })
    await dialog.getByText('extract Tiny / dev').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Take extract Tiny / dev out of the list' }).focus()
    await page.keyboard.press('Enter')
    await dialog.getByText('extract Tiny / dev').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Tiny \/ dev.*Finished/ }).waitFor()
  }, 60_000)

  it('writes an experiment as a plan, is told where it is wrong, and trains it under its name', async () => {
    await goTo('train')
    await page.getByRole('button', { name: 'New experiment' }).click()
    const dialog = page.getByRole('dialog', { name: 'New experiment' })
    const text = dialog.getByLabel('Plan')
    await text.fill(planOf('hiden: [6, 8]'))
    await dialog.getByText('The plan, line 5: "settings.hiden" is not known here.').waitFor()
    await expect.poll(() => dialog.getByRole('button', { name: 'Start' }).isDisabled()).toBe(true)
    await text.fill(planOf('hidden: [6, 8]'))
    await expect.poll(() => dialog.getByRole('button', { name: 'Start' }).isEnabled()).toBe(true)
    await expectAccessible(page)
    await text.press('Control+Enter')
    await dialog.waitFor({ state: 'hidden' })
    const runs = page.getByRole('navigation', { name: 'Runs' })
    await runs.getByRole('heading', { name: /^sizes on Tiny/ }).waitFor()
    await runs.getByRole('button', { name: /^hidden 6 .*Finished/ }).waitFor()
    await runs.getByRole('button', { name: /^hidden 8 .*Finished/ }).waitFor()
  })

  it('had nothing to complain about all the while', () => {
    expect(opened.complaints).toEqual([])
  })
})
