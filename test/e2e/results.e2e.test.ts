/** Results of an extraction in the window: searched, opened, corrected and compared by keyboard. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { isUnderWay } from '#main/jobs/job'
import { expectAccessible } from '../support/accessible.ts'
import { onDisk } from '../support/files-on-disk.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { importTiny } from '../support/services.ts'
import { tinyCorpus } from '../support/tiny-corpus.ts'
import { trainTiny, untilItFinds } from '../support/trained.ts'

let opened: OpenedWindow
let page: Page
const folder = mkdtempSync(path.join(tmpdir(), 'espalier-model-'))

const texts = (JSON.parse(tinyCorpus(120, 77)) as { text: string }[]).map(({ text }) => JSON.stringify({ text }))
const news = { name: 'news.jsonl', text: `${texts.join('\n')}\n{"text": ` }

beforeAll(async () => {
  opened = await openWindow(async (services) => {
    const corpusId = await importTiny(services, { train: 60, dev: 12, test: 12 })
    const runId = await trainTiny(services, corpusId, untilItFinds)
    for (let time = 0; time < 2; time++) {
      const files = onDisk(news).map(({ file }) => file)
      const { extraction } = services.handlers
      const { extractionId } = await extraction.start({ runId, files } as Parameters<typeof extraction.start>[0])
      while (isUnderWay({ state: (await extraction.get({ extractionId })).status }))
        await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })
  page = opened.page
  await page.evaluate(() => void (location.hash = '#/extract'))
  await page.getByRole('tab', { name: 'Files' }).click()
}, 120_000)

afterAll(async () => {
  await opened.close()
  rmSync(folder, { recursive: true, force: true })
})

const view = (name: string) => page.getByRole('radio', { name: new RegExp(`^${name}`) })
const triples = () => page.getByRole('list', { name: 'Triples' })

describe('results', () => {
  it('are a list that is narrowed by words and relations', async () => {
    await page.getByRole('button', { name: /news.jsonl.*Finished/ }).first().click() // prettier-ignore
    await triples().getByRole('listitem').first().waitFor()
    await page.getByText(/^[\d,]+ triples$/).waitFor()
    await expectAccessible(page)
    await page.getByRole('textbox', { name: 'Search' }).fill('Mara Velt')
    await expect.poll(async () => (await triples().getByRole('listitem').allTextContents()).every((text) => text.includes('Mara Velt'))).toBe(true) // prettier-ignore
    await page.getByRole('textbox', { name: 'Search' }).fill('nobody')
    await page.getByText('Nothing matches').waitFor()
    await page.getByRole('button', { name: 'Remove all filters' }).click()
    await triples().getByRole('listitem').first().waitFor()
  }, 60_000)

  it('open by keyboard with the place in the file, go to Annotate as suggestions, and one key comes back to the row', async () => {
    await triples().getByRole('button').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText(/news\.jsonl#\d+, sentence at 0 to \d+/).waitFor()
    await expectAccessible(page)
    const chosen = await page.evaluate(() => document.activeElement?.textContent ?? '')
    await page.keyboard.press('c')
    await page.getByText(/^From extraction \/ train \/ sentence 1$/).waitFor()
    await page.getByText(/From news\.jsonl#\d+, 0 to \d+, extracted by/).waitFor()
    await page.getByText('Accept all above').waitFor()
    await page.getByRole('grid').first().waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Control+b')
    await page.getByRole('button', { name: 'Correct this' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toBe(chosen)
  }, 60_000)

  it('are pairs with their support, each of which opens its triples', async () => {
    await view('Pairs').focus()
    await page.keyboard.press('Space')
    const pairs = page.getByRole('list', { name: 'Pairs' })
    await pairs.getByRole('button').first().waitFor()
    await expectAccessible(page)
    const support = Number(/(\d+) sentence/.exec((await pairs.getByRole('button').first().textContent()) ?? '')?.[1])
    await pairs.getByRole('button').first().focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => Number(/^(\d+) triples?$/m.exec((await page.getByText(/^\d+ triples?$/).textContent()) ?? '')?.[1])).toBeGreaterThanOrEqual(support) // prettier-ignore
    await page.getByRole('button', { name: 'One pair' }).click()
  }, 60_000)

  it('are a graph around an entity whose table moves the centre', async () => {
    await view('Entities').focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: /^Graph around/ }).first().focus() // prettier-ignore
    await page.keyboard.press('Enter')
    const table = page.getByRole('table', { name: /^Edges around/ })
    await table.waitFor()
    await expectAccessible(page)
    const heading = page.getByRole('heading', { name: /^Around / })
    const before = await heading.textContent()
    const names = await table.getByRole('button').allTextContents()
    const other = names.find((name, at) => at % 3 !== 1 && !before?.endsWith(name.trim())) ?? ''
    await table.getByRole('button', { name: other.trim(), exact: true }).first().focus() // prettier-ignore
    await page.keyboard.press('Enter')
    await expect.poll(() => heading.textContent()).toBe(`Around ${other.trim()}`)
    await page.getByRole('button', { name: /^Back to/ }).waitFor()
  }, 60_000)

  it('are compared with another extraction of the same files', async () => {
    await view('Compare').focus()
    await page.keyboard.press('Space')
    await page.getByLabel('Compare with').selectOption({ index: 1 })
    await page.getByRole('table', { name: 'Triples by relation' }).waitFor()
    await page.getByRole('radio', { name: /^In both [1-9]/ }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('list', { name: 'Triples that differ' }).getByRole('listitem').first().waitFor()
    await expectAccessible(page)
  }, 60_000)

  it('name what was not read, and are exported in the format that is chosen', async () => {
    await view('Not read').focus()
    await page.keyboard.press('Space')
    await page.getByRole('region', { name: 'Not read' }).getByText('news.jsonl#121').waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByLabel('Format').selectOption('ntriples')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save' }).click()
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n')
    expect(lines.every((line) => line.startsWith('<urn:espalier:e/') && line.endsWith(' .'))).toBe(true)
    await page.getByText(/extraction-\d+\.nt has \d+ triples\./).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  }, 60_000)

  it('are checked by a sample: keys judge each triple, and the report has the precision with its interval', async () => {
    await page.getByRole('button', { name: 'Check a sample' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Check a sample' })
    await dialog.getByLabel('Triples').fill('4')
    await dialog.getByRole('button', { name: 'Draw a new sample' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Triple 1 of 4, 0 judged').waitFor()
    expect(await page.getByRole('article', { name: 'Triple' }).textContent()).not.toMatch(/\d[.,]\d|%/)
    await expectAccessible(page)
    for (const [at, key] of ['1', 'r', '1'].entries()) {
      await page.keyboard.press(key)
      await page.getByText(`Triple ${at + 2} of 4, ${at + 1} judged`).waitFor()
    }
    await page.keyboard.press('w')
    const report = page.getByRole('region', { name: 'Report' })
    await report.getByText(/75\.0 %.*30\.1 % to 95\.4 %/).first().waitFor() // prettier-ignore
    await report.getByRole('table', { name: 'By relation type' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Back to the results' }).click()
  }, 60_000)

  it('come from a run whose page tells how reliable it is, and exports its model', async () => {
    await page.evaluate(() => void (location.hash = '#/train'))
    await page.getByRole('tab', { name: 'Reliability' }).click()
    const panel = page.getByRole('region', { name: 'Reliability', exact: true })
    await panel.getByRole('table', { name: 'Wanted precision' }).waitFor()
    await panel.getByLabel('Thresholds by relation type for a precision of').selectOption('95.0 %')
    const own = panel.getByRole('table', { name: 'Thresholds by relation type' })
    await expect.poll(() => own.getByRole('row').nth(1).textContent()).toMatch(/\d+ of \d+/)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Export model …' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Export model' })
    await dialog.getByLabel('Folder').fill(path.join(folder, 'model'))
    await page.keyboard.press('Enter')
    await dialog.getByText(/^Wrote .*model: .* MB, checked\./).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  }, 60_000)

  it('can come from an imported model, which is checked first and refused where its run is there already', async () => {
    await page.getByRole('button', { name: 'Import model …' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Import model' })
    await dialog.getByLabel('Folder').fill(path.join(folder, 'nothing'))
    await dialog.getByRole('button', { name: 'Check' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByLabel('Folder').fill(path.join(folder, 'model'))
    await dialog.getByRole('button', { name: 'Check' }).focus()
    await page.keyboard.press('Enter')
    await dialog.getByText(/The folder is whole and predicts its \d+ sentences? as it did then/).waitFor()
    await expectAccessible(page)
    await dialog.getByLabel('Name of the run').fill('from a folder')
    await page.keyboard.press('Enter')
    await dialog.getByRole('alert').filter({ hasText: 'is in the workspace already' }).waitFor()
    await page.keyboard.press('Escape')
  }, 60_000)

  it('had nothing to complain about all the while', () => {
    expect(opened.complaints).toEqual([])
  })
})
