/** The label editor: types, keys, guidelines and signatures; renaming and merging with a look at it first. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessibleAsShown } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { onDisk } from '../support/files-on-disk.ts'

const provenance = { origin: 'import', author: 'file' } as const
let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async ({ handlers }) => {
    const labels = {
      entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'FIRM' }],
      relationTypes: [{ name: 'leads' }],
      signatures: [],
    }
    const lines = [
      { espalier: 'corpus', version: 1, labels },
      { id: 'a', text: 'Jon Reed led Calden .' },
    ]
    await handlers.corpora.import({
      ...{ corpus: 'Small', split: 'train', taskId: 'import' },
      files: onDisk({ name: 'small.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }),
    })
    const spans = [
      { id: 'jon', start: 0, end: 2, label: 'PERSON', provenance },
      { id: 'calden', start: 3, end: 4, label: 'FIRM', provenance },
    ]
    const relation = { id: 'led', subject: 'jon', type: 'leads', object: 'calden', provenance }
    await handlers.annotations.apply({
      ...{ sentenceId: 1, description: 'labelled' },
      changes: [
        ...spans.map((after) => ({ kind: 'span' as const, before: null, after })),
        { kind: 'relation', before: null, after: relation },
      ],
    })
  })
  page = opened.page
  await page.evaluate(() => (location.hash = '#/corpora'))
  await page.getByRole('tab', { name: 'Labels' }).click()
}, 120_000)
afterAll(() => opened.close())

async function labelsNow() {
  const { corpora, labels } = opened.services.handlers
  const [corpus] = await corpora.list()
  return labels.get({ corpusId: corpus?.corpusId ?? 0 })
}
const typeButton = (name: string) =>
  page.getByRole('region', { name: /types$/ }).getByRole('button', { name: new RegExp(`^${name}`) })

describe('the label editor', () => {
  it('adds a type by keyboard and gives it a key, a colour and a guideline', async () => {
    await page.getByRole('textbox', { name: 'New entity type' }).fill('CITY')
    await page.keyboard.press('Enter')
    const card = page.getByRole('region', { name: 'Type CITY' })
    await card.getByLabel('Key', { exact: true }).fill('g')
    await card.getByLabel('Guideline').fill('A city, not its people')
    await card.getByRole('radio').nth(5).check({ force: true })
    await expect
      .poll(async () => (await labelsNow()).entityTypes.at(-1))
      .toEqual({ name: 'CITY', key: 'g', hue: 5, guideline: 'A city, not its people' })
  })

  it('says why a key or a name cannot be taken', async () => {
    await page.getByRole('textbox', { name: 'New entity type' }).fill('CITY')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'CITY is there already' }).waitFor()
  })

  it('allows pairs, and lists what does not fit any more with a way to the sentence', async () => {
    await page.getByRole('heading', { name: 'Everything annotated fits the label set' }).waitFor()
    await typeButton('leads').click()
    await page.getByRole('checkbox', { name: 'PERSON to ORG' }).check()
    await expect.poll(async () => (await labelsNow()).signatures).toHaveLength(1)
    await page.getByRole('heading', { name: '1 sentence does not fit' }).waitFor()
    await page.getByText('leads may not go from PERSON (Jon Reed) to FIRM (Calden)').waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'train 1' }).getAttribute('href')).toContain('/annotate/1')
    await expectAccessibleAsShown(page)
  })

  it('merges a type into another after a look at what that does, and takes it back', async () => {
    await typeButton('FIRM').click()
    await expect.poll(() => page.getByRole('button', { name: 'Remove', exact: true }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Rename or merge' }).click()
    const dialog = page.getByRole('dialog', { name: 'Rename or merge FIRM' })
    await dialog.getByLabel('New name').fill('ORG')
    await dialog.getByText('FIRM becomes part of ORG').waitFor()
    await dialog.getByText('1 span').waitFor()
    await dialog.getByText('Jon Reed led Calden .').waitFor()
    await expectAccessibleAsShown(page)
    await dialog.getByRole('button', { name: 'Merge' }).click()
    await page.getByText('FIRM is now ORG, in 1 sentence.').waitFor()
    await page.getByRole('heading', { name: 'Everything annotated fits the label set' }).waitFor()
    const spans = async () =>
      (await opened.services.handlers.annotations.open({ sentenceId: 1, runId: null })).annotation.spans
    await expect.poll(async () => (await spans())[1]?.label).toBe('ORG')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await spans())[1]?.label).toBe('FIRM')
    await typeButton('FIRM').waitFor()
  })

  it('removes a type that is not used, and brings it back', async () => {
    await typeButton('CITY').click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect.poll(async () => (await labelsNow()).entityTypes.length).toBe(3)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(async () => (await labelsNow()).entityTypes.length).toBe(4)
  })

  it('shows the guideline of a type where it is chosen', async () => {
    await page.evaluate(() => (location.hash = '#/annotate/1'))
    await page.locator('[data-row="words"]').filter({ hasText: /^led$/ }).click()
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: 'Entity type' }).fill('cit')
    await page.getByText('A city, not its people').waitFor()
    await page.keyboard.press('Escape')
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
