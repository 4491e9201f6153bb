/** Single spans and relations: notes and flags of their own, and bounds within words. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Annotation } from '#main/document/annotation'
import { expectAccessible } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { onDisk } from '../support/files-on-disk.ts'

const texts = ['Mara Velt founded Orbisk Labs in Tarnow .', 'Ada runs Fahrzeugwerke .', 'שלום גר בצפון .']
const labels = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'based_in' }],
  signatures: [],
}
const sentence = {
  tokens: [0, 8],
  spans: [
    { id: 'mara', start: 0, end: 2, label: 'PERSON' },
    { id: 'labs', start: 3, end: 5, label: 'ORG' },
  ],
  relations: [{ id: 'founded', subject: 'mara', type: 'founder_of', object: 'labs' }],
}

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async ({ handlers }) => {
    const lines = [
      { espalier: 'corpus', version: 1, labels },
      ...texts.map((text, i) => ({ id: `d${i}`, text, ...(i === 0 && { sentences: [sentence] }) })),
    ]
    await handlers.corpora.import({
      ...{ corpus: 'Small', split: 'train', taskId: 'import' },
      files: onDisk({ name: 'small.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }),
    })
  })
  page = opened.page
  await goTo(1)
}, 180_000)
afterAll(() => opened.close())

async function annotationOf(sentenceId: number): Promise<Annotation> {
  return (await opened.services.handlers.annotations.open({ sentenceId, runId: null })).annotation
}

async function goTo(sentenceId: number): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
  await page.getByText(`Small / train / sentence ${sentenceId}`, { exact: true }).waitFor()
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

const word = (text: string) => page.locator('[data-row="words"]').filter({ hasText: new RegExp(`^${text}$`) })
const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()
const spanOf = async (id: string) => (await annotationOf(1)).spans.find((span) => span.id === id)

describe('notes and flags on single spans and relations', () => {
  it('F flags the chosen span; after Escape it flags the sentence', async () => {
    await word('Orbisk').click()
    await press('f')
    await told('Orbisk Labs flagged')
    await expect.poll(async () => (await spanOf('labs'))?.remark).toEqual({ note: '', isFlagged: true })
    await expect.poll(async () => (await annotationOf(1)).review.isFlagged).toBe(false)
    await page.getByRole('gridcell', { name: /^Orbisk, begin of ORG Orbisk Labs, 1 relation, flagged$/ }).waitFor()
    await press('Escape', 'f')
    await told('Flagged')
    await expect.poll(async () => (await annotationOf(1)).review.isFlagged).toBe(true)
    await press('f')
    await told('Flag removed')
  })

  it('W writes a note on it, Escape saves it and goes back to the sentence; markup stays text', async () => {
    await word('Mara').click()
    await press('w')
    const note = page.getByRole('textbox', { name: 'Note on Mara Velt' })
    await expect.poll(() => note.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('the <b>same</b> as in Tarnow?')
    await press('Escape')
    await told('Note on Mara Velt: the <b>same</b> as in Tarnow?')
    await expect
      .poll(async () => (await spanOf('mara'))?.remark)
      .toEqual({ note: 'the <b>same</b> as in Tarnow?', isFlagged: false })
    await press('ArrowRight')
    await page
      .getByRole('gridcell', { name: /note: the <b>same<\/b> as in Tarnow\?$/ })
      .first()
      .waitFor()
    await word('Orbisk').click()
    await expect.poll(() => page.getByRole('textbox', { name: 'Note on Orbisk Labs' }).inputValue()).toBe('')
  })

  it('flags and notes a relation from the list of triples, where they are shown', async () => {
    const triple = page.getByRole('option', { name: /Mara Velt founder_of Orbisk Labs/ })
    await triple.click()
    await press('f')
    await told('founder_of, Mara Velt to Orbisk Labs flagged')
    await press('w')
    await page.keyboard.type('year?')
    await press('Escape')
    await told('Note on founder_of, Mara Velt to Orbisk Labs: year?')
    await triple.getByRole('img', { name: 'flagged' }).waitFor()
    await triple.getByRole('img', { name: 'note: year?' }).waitFor()
    await page.getByText('2 flagged in it').first().waitFor()
    await expectAccessible(page)
  })

  it('keeps them while bounds and types change, and undo takes them back one by one', async () => {
    await word('Orbisk').click()
    await press(']', '3')
    await told(/labelled PLACE/)
    await expect.poll(() => spanOf('labs')).toMatchObject({ end: 6, label: 'PLACE', remark: { isFlagged: true } })
    await press('Control+z', 'Control+z', 'Control+z')
    await told('Undone: Note on founder_of, Mara Velt to Orbisk Labs: year?')
    await expect.poll(async () => (await annotationOf(1)).relations[0]?.remark?.note).toBe('')
    await expect.poll(() => spanOf('labs')).toMatchObject({ end: 5, label: 'ORG', remark: { isFlagged: true } })
  })

  it('brings the sentence into the queue of what is flagged', async () => {
    await page.getByRole('combobox', { name: 'Order' }).selectOption('flagged')
    const queue = page.getByRole('listbox', { name: 'Sentences' })
    await queue.getByRole('option', { name: /Mara Velt founded/ }).waitFor()
    await expect.poll(() => queue.getByRole('option').count()).toBe(1)
    await queue.getByRole('img', { name: 'flagged in it' }).waitFor()
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})

describe('bounds within words', () => {
  const partsOf = async (sentenceId: number) =>
    (await annotationOf(sentenceId)).spans.map(({ start, end, label, chars }) => [
      `${start}-${end} ${label}`,
      chars ? `${chars.start}-${chars.end}` : 'words',
    ])
  /** The point before a character of a word. */
  async function pointIn(text: string, letter: number): Promise<{ x: number; y: number }> {
    return word(text).evaluate((cell, at) => {
      const range = document.createRange()
      const node = cell.firstChild
      if (node) range.setStart(node, at)
      range.collapse(true)
      const { x, y, height } = range.getBoundingClientRect()
      return { x, y: y + height / 2 }
    }, letter)
  }
  async function dragWithAlt(from: readonly [string, number], to: readonly [string, number]): Promise<void> {
    const [start, end] = [await pointIn(...from), await pointIn(...to)]
    await page.keyboard.down('Alt')
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move((start.x + end.x) / 2, start.y, { steps: 3 })
    await page.mouse.move(end.x, end.y, { steps: 3 })
    await page.mouse.up()
    await page.keyboard.up('Alt')
  }

  it('are moved by key, the end with Alt+Shift and the beginning with Alt, one operation each', async () => {
    await goTo(2)
    await word('Fahrzeugwerke').click()
    await press('2')
    for (let step = 0; step < 5; step++) await press('Alt+Shift+ArrowLeft')
    await told('Fahrzeugw is now Fahrzeug')
    await press('Alt+ArrowRight', 'Alt+ArrowRight', 'Alt+ArrowLeft')
    await told('hrzeug is now ahrzeug')
    await expect.poll(() => partsOf(2)).toEqual([['2-3 ORG', '10-17']])
    await page.getByRole('gridcell', { name: /^Fahrzeugwerke, ORG ahrzeug, off-token: training rounds/ }).waitFor()
    await page.getByText('ahrzeug begins or ends within a word: training rounds it to Fahrzeugwerke').waitFor()
    await page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading', { name: 'ahrzeug' }).waitFor()
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'light' })
    await press('Alt+ArrowLeft')
    await press('Control+z')
    await told('Undone: ahrzeug is now Fahrzeug')
    await expect.poll(() => partsOf(2)).toEqual([['2-3 ORG', '10-17']])
    expect(page.url()).toContain('#/annotate/2')
  })

  it('are moved by Alt and the mouse: a drag of the nearer bound, a click where it shall be', async () => {
    await dragWithAlt(['Fahrzeugwerke', 7], ['Fahrzeugwerke', 10])
    await told('ahrzeug is now ahrzeugwe')
    const point = await pointIn('Fahrzeugwerke', 0)
    await page.keyboard.down('Alt')
    await page.mouse.click(point.x + 1, point.y)
    await page.keyboard.up('Alt')
    await told('ahrzeugwe is now Fahrzeugwe')
    await expect.poll(() => partsOf(2)).toEqual([['2-3 ORG', '9-19']])
    await press('Control+z', 'Control+z')
    await expect.poll(() => partsOf(2)).toEqual([['2-3 ORG', '10-17']])
  })

  it('come with a new span when characters are dragged over with Alt, across words too', async () => {
    await press('Escape')
    await dragWithAlt(['Ada', 1], ['runs', 2])
    const types = page.getByRole('combobox', { name: 'Entity type' })
    await types.waitFor()
    await page.getByRole('toolbar', { name: 'Selection' }).getByText('da ru', { exact: true }).waitFor()
    await types.fill('place')
    await press('Enter')
    await told('da ru labelled PLACE')
    await expect
      .poll(() => partsOf(2))
      .toEqual([
        ['2-3 ORG', '10-17'],
        ['0-2 PLACE', '1-6'],
      ])
  })

  it('fall away once the span is moved by words, and Escape lets go of a drag', async () => {
    await press(']')
    await told('da ru is now Ada runs Fahrzeugwerke')
    await expect.poll(async () => (await partsOf(2))[1]).toEqual(['0-3 PLACE', 'words'])
    await press('Escape')
    const [start, end] = [await pointIn('Ada', 0), await pointIn('Ada', 2)]
    await page.keyboard.down('Alt')
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(end.x, end.y, { steps: 4 })
    await press('Escape')
    await page.mouse.up()
    await page.keyboard.up('Alt')
    await expect.poll(() => page.getByRole('combobox', { name: 'Entity type' }).count()).toBe(0)
    await expect.poll(() => partsOf(2)).toHaveLength(2)
  })

  it('go the way the text runs', async () => {
    await goTo(3)
    await word('שלום').click()
    await press('1')
    await press('Alt+Shift+ArrowRight')
    await expect.poll(() => partsOf(3)).toEqual([['0-1 PERSON', '0-3']])
    await press('Escape')
    await dragWithAlt(['בצפון', 1], ['בצפון', 3])
    await page.getByRole('combobox', { name: 'Entity type' }).fill('place')
    await press('Enter')
    await expect.poll(async () => (await partsOf(3))[1]).toEqual(['2-3 PLACE', '9-11'])
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
