/** From a plain text to labels, by keyboard: an empty label set says so, new types are made where they are needed. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { onDisk } from '../support/files-on-disk.ts'

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async ({ handlers }) => {
    for (const corpus of ['Plain', 'Other'])
      await handlers.corpora.import({
        ...{ corpus, split: 'train', taskId: corpus, format: 'plain-text' },
        files: onDisk({ name: `${corpus}.txt`, text: 'Mara founded Orbisk. Jon left Calden.' }),
      })
  })
  page = opened.page
  await page.getByRole('link', { name: 'Annotate' }).click()
}, 120_000)
afterAll(() => opened.close())

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}
const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()
const labelsOf = (corpusId: number) => opened.services.handlers.labels.get({ corpusId })
const idOf = async (name: string) =>
  (await opened.services.handlers.corpora.list()).find((one) => one.name === name)?.corpusId ?? 0

describe('a corpus without labels', () => {
  it('says that nothing can be labelled yet, and what to do', async () => {
    await page.getByRole('combobox', { name: 'Corpus' }).selectOption({ label: 'Plain' })
    await page.getByText('Plain / train / sentence 1', { exact: true }).waitFor()
    await page.getByRole('heading', { name: 'No entity types yet' }).waitFor()
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'light' })
  })

  it('gets its first types in the list that / opens, each given at once to the selected words', async () => {
    await page.getByRole('grid', { name: 'Sentence' }).focus()
    await press('Home', '/')
    await page.getByRole('combobox', { name: 'Entity type' }).waitFor()
    await page.keyboard.type('PERSON')
    await press('Enter')
    await told('Mara labelled PERSON')
    await page.getByRole('heading', { name: 'No entity types yet' }).waitFor({ state: 'detached' })
    await press('ArrowRight', 'ArrowRight', '/')
    await page.getByRole('combobox', { name: 'Entity type' }).waitFor()
    await page.keyboard.type('COMPANY')
    await press('Enter')
    await told('Orbisk labelled COMPANY')
    const chips = page.getByRole('group', { name: 'Types' })
    const shown = async () => (await chips.getByRole('button').allInnerTexts()).map((text) => text.replace('\n', ' '))
    await expect.poll(shown).toEqual(['1 PERSON', '2 COMPANY'])
    const open = () => opened.services.handlers.annotations.open({ sentenceId: 1, runId: null })
    await expect
      .poll(async () => (await open()).annotation.spans.map(({ label }) => label))
      .toEqual(['PERSON', 'COMPANY'])
  })

  it('gets its first relation type where a relation is drawn', async () => {
    await press('Home', 'r', 'f')
    await page.getByRole('combobox', { name: 'Relation type' }).waitFor()
    await page.keyboard.type('founded')
    await press('Enter')
    await told('Relation founded added, Mara to Orbisk')
    await expect.poll(async () => (await labelsOf(await idOf('Plain'))).relationTypes).toEqual([{ name: 'founded' }])
  })

  it('says of a new type whose first label is undone that it stays in the label set', async () => {
    await press('Escape', 'Home', 'ArrowRight', '/')
    await page.getByRole('combobox', { name: 'Entity type' }).waitFor()
    await page.keyboard.type('VERB')
    await press('Enter')
    await told('founded labelled VERB')
    await press('Control+z')
    await told('Undone: founded labelled VERB. VERB stays in the label set; Corpora → Labels removes it.')
    await expect
      .poll(async () => (await labelsOf(await idOf('Plain'))).entityTypes.map(({ name }) => name))
      .toContain('VERB')
  })

  it('takes over the label set of another corpus', async () => {
    await page.getByRole('combobox', { name: 'Corpus' }).selectOption({ label: 'Other' })
    await page.getByText('Other / train / sentence 1', { exact: true }).waitFor()
    await page.getByRole('combobox', { name: 'Label set of' }).selectOption({ label: 'Plain' })
    await page.getByRole('button', { name: 'Take it over', exact: true }).click()
    await page.getByRole('heading', { name: 'No entity types yet' }).waitFor({ state: 'detached' })
    await press('Home', '2')
    await told('Mara labelled COMPANY')
    await expect.poll(async () => labelsOf(await idOf('Other'))).toEqual(await labelsOf(await idOf('Plain')))
  })

  it('takes over types from a file, in Corpora too, and refuses prose by its line', async () => {
    await page.getByRole('link', { name: 'Corpora' }).click()
    await page.getByRole('tab', { name: 'Labels' }).click()
    const file = page.locator('input[type="file"]').last()
    const prose = Buffer.from('PERSON\nThis is a sentence that somebody took for a list of types, which it is not.\n')
    await file.setInputFiles({ name: 'prose.txt', mimeType: 'text/plain', buffer: prose })
    await page.getByText(/^Line 2 is \d+ characters long/).waitFor()
    await file.setInputFiles({ name: 'types.txt', mimeType: 'text/plain', buffer: Buffer.from('PERSON\nPLACE\n') })
    await page.getByRole('button', { name: /^PLACE/ }).waitFor()
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
