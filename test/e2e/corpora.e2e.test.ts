/** Corpora, Settings and the window around every place, in the real window on the real services. */
import { readFileSync } from 'node:fs'
import type { Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { importTiny } from '../support/services.ts'

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow((services) => importTiny(services, { train: 600, dev: 30 }))
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

const list = () => page.getByRole('list', { name: 'Sentences' })
const rows = () => list().getByRole('listitem')
const total = (count: string) => page.getByRole('status').filter({ hasText: new RegExp(`^${count} sentences?$`) })
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')

describe('the sentences of a corpus', () => {
  it('stand in a list of which only the rows in sight exist', async () => {
    await total('630').waitFor()
    await rows().first().getByText('train 1', { exact: true }).waitFor()
    await expect.poll(() => rows().count()).toBeLessThan(60)
    await expect.poll(() => rows().first().getAttribute('aria-setsize')).toBe('630')
    await expectAccessible(page)
  })

  it('are read page by page while one scrolls, to the very last', async () => {
    await list().evaluate((frame) => (frame.scrollTop = frame.scrollHeight))
    await rows().last().getByText('dev 30').waitFor()
    await list().evaluate((frame) => (frame.scrollTop = 0))
    await rows().first().getByText('train 1', { exact: true }).waitFor()
  })

  it('never overlap, whatever their heights', async () => {
    await page.setViewportSize({ width: 700, height: 700 })
    await list().evaluate((frame) => (frame.scrollTop = 9000))
    await rows().first().getByRole('link').waitFor()
    const gaps = () =>
      rows().evaluateAll((all) =>
        all.slice(1).map((row, at) => {
          const above = all[at]?.getBoundingClientRect().bottom ?? 0
          return Math.round(row.getBoundingClientRect().top - above)
        }),
      )
    await expect.poll(async () => new Set(await gaps())).toEqual(new Set([0]))
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('are found by their text, with the hits marked', async () => {
    await page.getByLabel('Search').fill('Ilse "in Tarnow"')
    await expect.poll(() => rows().first().locator('mark').allTextContents()).toEqual(['Ilse', 'in', 'Tarnow'])
    const others = async () => (await rows().allTextContents()).filter((text) => !/Ilse.*in Tarnow/.test(text))
    await expect.poll(others).toEqual([])
  })

  it('say what to do when nothing matches', async () => {
    await page.getByRole('button', { name: 'Flagged' }).click()
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
    await page.getByRole('button', { name: 'Remove all filters' }).click()
    await total('630').waitFor()
    await expect.poll(() => page.getByLabel('Search').inputValue()).toBe('')
  })

  it('are filtered by split, relation type and overlap class', async () => {
    await page.getByRole('button', { name: 'dev', exact: true }).click()
    await total('30').waitFor()
    await page.getByLabel('Relation type').selectOption('located_in')
    await page.getByRole('button', { name: 'SEO' }).click()
    const others = async () =>
      (await rows().allTextContents()).filter((text) => !/^dev \d+.*SEO\s*2 triples$/.test(text))
    await expect.poll(others).toEqual([])
    await total('[1-9]\\d?').waitFor()
    await page.getByLabel('Relation type').selectOption('')
    await page.getByRole('button', { name: 'SEO' }).click()
    await page.getByRole('button', { name: 'dev', exact: true }).click()
    await total('630').waitFor()
  })

  it('are gone through by the arrow keys, and Enter opens one', async () => {
    await rows().first().getByText('train 1', { exact: true }).waitFor() // the filters of the test above are off
    await rows().first().getByRole('link').focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).toMatch(/^train 2\D/)
    await page.keyboard.press('End')
    await expect.poll(focused).toMatch(/^dev 30\D/)
    await page.keyboard.press('Home')
    await expect.poll(focused).toMatch(/^train 1\D/)
    await page.keyboard.press('PageDown')
    await expect.poll(focused).toMatch(/^train (?!1\D)\d+/)
    const sentence = /train (\d+)/.exec(await focused())?.[1]
    await page.keyboard.press('Enter')
    await page.getByText(`sentence ${sentence}`).waitFor()
    expect(page.url()).toMatch(/#\/annotate\/\d+$/)
  })

  it('are found again as they were left', async () => {
    await page.getByRole('link', { name: 'Corpora' }).click()
    await page.getByRole('button', { name: 'test', exact: true }).waitFor()
    await page.getByLabel('Search').fill('Okwe')
    await total('\\d\\d\\d?').waitFor()
    await expect.poll(() => rows().first().locator('mark').count()).toBe(1)
    await list().evaluate((frame) => (frame.scrollTop = 1500))
    const firstInSight = () =>
      rows().evaluateAll((all) => {
        const top = all[0]?.closest('[role=list]')?.getBoundingClientRect().top ?? 0
        return all.find((row) => row.getBoundingClientRect().bottom > top + 1)?.textContent?.slice(0, 9)
      })
    await expect.poll(firstInSight).not.toMatch(/^train 1\D/)
    const left = await firstInSight()
    await page.getByRole('link', { name: 'Train', exact: true }).click()
    await page.getByRole('link', { name: 'Corpora' }).click()
    await expect.poll(firstInSight).toBe(left)
    await expect.poll(() => page.getByLabel('Search').inputValue()).toBe('Okwe')
    await page.getByLabel('Search').fill('')
    await total('630').waitFor()
  })
})

describe('the statistics of a corpus', () => {
  it('tell sizes by split, label frequencies, and why a baseline is missing', async () => {
    await page.getByRole('tab', { name: 'Statistics' }).click()
    const sizes = page.getByRole('table', { name: 'Sizes by split' })
    await sizes.getByRole('row', { name: /^Sentences 600 30 0/ }).waitFor({ timeout: 30_000 })
    await page.getByRole('list', { name: 'Relation types' }).getByText('located_in').waitFor()
    await page.getByText('needs a train and a test split').waitFor()
    await expectAccessible(page)
    await page.getByRole('tab', { name: 'Sentences' }).click()
  })
})

describe('the import', () => {
  const dialog = () => page.getByRole('dialog', { name: 'Import' })
  const record = (text: string) => ({ text, triple_list: [['Ada Lund', 'led', 'Orbisk']] })
  const file = (name: string, records: readonly unknown[]) => ({
    ...{ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(records)) },
  })

  it('tells in a dry run what would come of the files', async () => {
    await page.getByRole('button', { name: 'Import' }).click()
    await dialog()
      .getByLabel('Files to import')
      .setInputFiles([
        file('news.json', [
          record('Ada Lund led Orbisk .'),
          { text: 'no triples', triple_list: 7 },
          record('Ada Lund left .'),
        ]),
        file('news.dev.json', [record('Ada Lund led Orbisk in Hask .')]),
      ])
    const files = dialog().getByRole('table', { name: 'Files' })
    await files.getByRole('row', { name: /news\.json.*Triple JSON.*it has "triple_list"/ }).waitFor()
    await dialog()
      .getByText(/news\.json, 2: triple_list/)
      .waitFor()
    await dialog()
      .getByText(/"Orbisk" does not stand/)
      .waitFor()
    await expect.poll(() => dialog().getByLabel('Split of news.dev.json').inputValue()).toBe('dev')
    await expect.poll(() => dialog().getByLabel('Split of news.json').inputValue()).toBe('train')
    await dialog().getByText('2 into train, 1 into dev').waitFor()
    await expect.poll(() => dialog().getByLabel('Corpus').inputValue()).toBe('news')
    await dialog().getByText('Creates a new corpus').waitFor()
    await dialog().getByLabel('Corpus').fill('Tiny')
    await dialog().getByText('Adds to this corpus of 600 train, 30 dev and 0 test sentences').waitFor()
    await expectAccessible(page)
    await expect.poll(async () => (await opened.services.handlers.corpora.list()).length).toBe(1)
  })

  it('says why a file cannot be read, and takes another one then', async () => {
    await dialog()
      .getByLabel('Files to import')
      .setInputFiles([{ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('[{"text": ') }])
    await dialog().getByText('broken.json').last().waitFor()
    const button = dialog().getByRole('button', { name: /^Import/ })
    await expect.poll(() => button.isDisabled()).toBe(true)
    await dialog()
      .getByLabel('Files to import')
      .setInputFiles([file('news.json', [record('Ada Lund led Orbisk .')])])
    await dialog().getByRole('button', { name: 'Import 1 sentence' }).click()
    await page.getByText('Imported 1 sentence into news.', { exact: true }).waitFor()
    await dialog().waitFor({ state: 'hidden' })
    await total('1').waitFor()
  })

  it('begins with files that are dropped anywhere in the place', async () => {
    await page.evaluate(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['Ada Lund led Orbisk .\nTam Okwe left .\n'], 'notes.txt', { type: 'text/plain' }))
      const target = document.querySelector('main section')
      target?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    })
    await dialog().getByRole('button', { name: 'Import 2 sentences' }).waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
  })
})

describe('a corpus', () => {
  const act = async (corpus: string, name: string): Promise<void> => {
    await page.getByRole('button', { name: `More for ${corpus}` }).click()
    await page.getByRole('menuitem', { name }).click()
  }

  it('is exported with what the file cannot hold said first', async () => {
    await act('Tiny', 'Export')
    const dialog = page.getByRole('dialog', { name: 'Export Tiny' })
    await dialog.getByText('The file holds everything.').waitFor()
    await dialog.getByLabel('Format').selectOption({ label: 'Triple JSON (CasRel, PRGC, OneRel)' })
    await dialog.getByText('Not in the file:').waitFor()
    await expectAccessible(page)
    await dialog.getByLabel('Split').selectOption('dev')
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: /^Save Tiny-dev/ }).click()
    const records = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as unknown[]
    expect(records.length).toBe(30)
    await dialog.waitFor({ state: 'hidden' })
  })

  it('is renamed', async () => {
    await act('news', 'Rename')
    await page.getByRole('textbox', { name: 'Name' }).fill('Gazette')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Gazette/ }).waitFor()
  })

  it('is removed, and comes back with one click', async () => {
    await act('Gazette', 'Remove')
    await page.getByRole('dialog').getByRole('button', { name: 'Move to the bin' }).click()
    const corpus = page.getByRole('button', { name: /^Gazette/ })
    await corpus.waitFor({ state: 'hidden' })
    await total('630').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await corpus.waitFor()
  })
})

describe('the window', () => {
  it('goes to a place or a corpus by a few letters', async () => {
    const palette = page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox')
    await page.keyboard.press('Control+k')
    await palette.fill('gaz')
    await page.getByRole('option', { name: 'Gazette Corpus' }).waitFor()
    await page.keyboard.press('Enter')
    await total('1').waitFor()
    await page.keyboard.press('Control+k')
    await palette.waitFor()
    await expectAccessible(page)
    await page.keyboard.press('End')
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
  })

  it('measures backends anew, and keeps the name of the annotator and the theme', async () => {
    await page.getByRole('row').filter({ hasText: 'wasm' }).getByText('used', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Measure again' }).click()
    await page.getByText(/^Training steps a second, measured/).waitFor()
    await page.getByRole('row').filter({ hasText: 'wasm' }).getByText('1.00', { exact: true }).last().waitFor()
    await expectAccessible(page)
    await page.getByLabel('Name').fill('Ada')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Annotator: Ada' }).waitFor()
    await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Light').click()
    await page.locator('html[data-theme=light]').waitFor()
    await page.reload()
    await page.locator('html[data-theme=light]').waitFor()
    await page.getByRole('link', { name: 'Annotator: Ada' }).waitFor()
    expect(page.url()).not.toContain('code=')
    await page.getByRole('radiogroup', { name: 'Theme' }).getByText('As the system').click()
  })

  it('has its books in it, with their pictures, a search and links between them', async () => {
    await page.keyboard.press('F1')
    await page.getByRole('heading', { name: 'Guide for annotators' }).waitFor()
    const sizeOfPicture = () =>
      page
        .getByRole('img')
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth)
    await expect.poll(sizeOfPicture).toBeGreaterThan(500)
    await expectAccessible(page)
    await page.getByLabel('Search the books').fill('clocks_of nothing')
    await page.getByText('No book has all these words.').waitFor()
    await page.getByLabel('Search the books').fill('espalier.lock')
    await page.getByRole('link', { name: 'Where data lies' }).click()
    await page.getByRole('table').first().waitFor()
    await page.goBack()
    await page.getByRole('article').getByRole('link', { name: 'formats' }).first().click()
    await page.getByRole('heading', { name: 'Corpus formats' }).waitFor()
  })

  it('goes to the sentence of an address, and copies that of its own', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('espalier://sentence/2?workspace=/elsewhere')
    await page.getByRole('option', { name: 'Sentence 2' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('This sentence is in the workspace /elsewhere.').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('espalier://sentence/2')
    await page.getByRole('option', { name: 'Sentence 2' }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toContain('#/annotate/2')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('copy address')
    await page.keyboard.press('Enter')
    await page.getByText('The address of the sentence is in the clipboard.').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  })

  it('says what it is', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('about')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'About Espalier' }).getByText('0.1.0').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  })

  it('takes files that are dropped anywhere, but not beside the zone of a dialog', async () => {
    const drag = (type: 'dragover' | 'drop') =>
      page.evaluate((name) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['Ada Hall leads Norvik Labs.'], 'dropped.txt'))
        const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true })
        document.querySelector('main')?.dispatchEvent(event)
        return event.defaultPrevented
      }, type)
    expect(await drag('dragover')).toBe(true)
    await page.getByText('Drop to import').waitFor()
    await drag('drop')
    await page.getByText('Drop to import').waitFor({ state: 'hidden' })
    await page.getByRole('dialog', { name: 'Import' }).getByText('dropped.txt').first().waitFor()
    expect(await drag('dragover')).toBe(true) // the browser opens nothing
    expect(await page.getByText('Drop to import').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.evaluate(() => void (location.hash = '#/settings'))
  })

  it('shows the first steps, points at a real control that can be used at once, and hides them', async () => {
    await page.getByRole('button', { name: 'Show the first steps again' }).click()
    const steps = page.getByRole('complementary', { name: 'First steps' })
    await steps.getByRole('button', { name: 'Label 20 sentences' }).click()
    await page.getByText('Press one now.').waitFor()
    await page.getByRole('grid').first().focus()
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await expectAccessible(page)
    await steps.getByRole('button', { name: /^Hide the first steps/ }).click()
    await steps.waitFor({ state: 'hidden' })
    await expect.poll(async () => (await opened.services.handlers.system.settings()).hasSeenTour).toBe(true)
  })

  it('goes where an address leads that is typed while the first place is still loading', async () => {
    await page.evaluate(() => (location.hash = '#/corpora'))
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    const place = /CorporaView-[^/]*\.js/
    await page.route(place, async (route) => released.then(() => route.continue()))
    const asked = page.waitForRequest(place)
    await page.reload()
    await asked
    await page.evaluate(() => (location.hash = '#/extract'))
    release()
    await page.getByRole('heading', { level: 1, name: 'Extract' }).waitFor()
    expect(new URL(page.url()).hash).toBe('#/extract')
    await page.unroute(place)
  })

  it('says when the services are gone, keeps what is in sight and comes back by itself', async () => {
    expect(opened.complaints).toEqual([])
    const sockets: WebSocketRoute[] = []
    await page.routeWebSocket('**/rpc', (socket) => {
      socket.connectToServer()
      sockets.push(socket)
    })
    await page.getByRole('link', { name: 'Corpora' }).click()
    await page.reload()
    await total('\\d+').waitFor()
    await sockets.at(-1)?.close()
    const notice = page.getByRole('alert').filter({ hasText: 'The connection is lost' })
    await notice.waitFor()
    await total('\\d+').waitFor()
    await notice.waitFor({ state: 'hidden' })
    const [corpus] = await opened.services.handlers.corpora.list()
    await opened.services.handlers.corpora.rename({ corpusId: corpus?.corpusId ?? 0, name: 'Told since' })
    await page.getByRole('button', { name: /^Told since/ }).waitFor()
  })

  it('says how to get in without the link', async () => {
    const stranger = await page.context().browser()?.newPage()
    await stranger?.goto(new URL('/', page.url()).href)
    await stranger?.getByRole('heading', { name: 'Not connected' }).waitFor()
    await stranger?.getByText('open the link that Espalier prints').waitFor()
    await stranger?.close()
  })
})
