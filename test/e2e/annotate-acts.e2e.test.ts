/** Acts of the editor beyond labelling: moving ends, the same words elsewhere, going back, other keys, what a run thinks. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Annotation } from '#main/document/annotation'
import { importSmall, trainTiny } from '../support/annotated-corpora.ts'
import { expectAccessibleAsShown } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'

const texts = [
  'Mara Velt founded Orbisk Labs in Tarnow .',
  'Orbisk Labs moved to Lunde .',
  'In Tarnow Orbisk Labs met Orbisk Labs .',
]
const labels = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'lives_in' }, { name: 'knows' }],
  signatures: [],
}

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async (services) => {
    await importSmall(services, texts, labels)
    await trainTiny(services)
  })
  page = opened.page
}, 180_000)
afterAll(() => opened.close())

async function annotationOf(sentenceId: number): Promise<Annotation> {
  return (await opened.services.handlers.annotations.open({ sentenceId, runId: null })).annotation
}

async function goTo(sentenceId: number, place: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
  await page.getByText(place, { exact: true }).waitFor()
  await page
    .getByRole('grid', { name: /sentence/i })
    .first()
    .focus()
    .catch(() => undefined)
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

const word = (text: string) => page.locator('[data-row="words"]').filter({ hasText: new RegExp(`^${text}$`) })
const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()

describe('acts of the editor', () => {
  it('moves the object of a relation by key, changes its type in the list, and reverses it', async () => {
    await goTo(1, 'Small / train / sentence 1')
    await word('Mara').click()
    await press('Shift+ArrowRight', '1')
    await word('Orbisk').click()
    await press('Shift+ArrowRight', '2')
    await word('Tarnow').click()
    await press('3')
    await word('Mara').click()
    await press('r', 'f', '1')
    await told(/^Relation founder_of added, Mara Velt to/)
    await expect.poll(async () => (await annotationOf(1)).relations).toHaveLength(1)
    const [drawn] = (await annotationOf(1)).relations
    await press('Tab', 't', 'f')
    await told(/^Relation founder_of moved, Mara Velt to/)
    await press('/')
    await page.getByRole('combobox', { name: 'Relation type' }).waitFor()
    await press('2')
    await told(/^Relation lives_in instead of founder_of/)
    await press('x')
    await told(/^Relation lives_in reversed/)
    const reversed = { id: drawn?.id, type: 'lives_in', object: drawn?.subject }
    await expect.poll(async () => (await annotationOf(1)).relations).toEqual([expect.objectContaining(reversed)])
    expect((await annotationOf(1)).relations[0]?.subject).not.toBe(drawn?.object)
  })

  it('labels the same words elsewhere as one act, none chosen beforehand, and one undo takes all back', async () => {
    await word('Orbisk').click()
    await press('p')
    const dialog = page.getByRole('dialog', { name: 'Orbisk Labs as ORG, elsewhere' })
    await dialog.getByRole('checkbox').first().waitFor()
    await expect.poll(() => dialog.getByRole('checkbox', { checked: true }).count()).toBe(0)
    await expect.poll(() => dialog.getByRole('checkbox').count()).toBe(3)
    await expectAccessibleAsShown(page)
    await dialog.getByRole('button', { name: 'Choose all that are not annotated' }).click()
    await dialog.getByRole('button', { name: 'Label 3' }).click()
    await told('Orbisk Labs labelled ORG in 3 places')
    await dialog.waitFor({ state: 'hidden' })
    await expect
      .poll(async () => (await annotationOf(3)).spans.map(({ start, provenance }) => [start, provenance.origin]))
      .toEqual([
        [2, 'propagated'],
        [5, 'propagated'],
      ])
    await press('Control+z')
    await told(/^Undone: .* in 2 sentences/)
    await expect.poll(async () => (await annotationOf(3)).spans).toEqual([])
    await expect.poll(async () => (await annotationOf(2)).spans).toEqual([])
    await press('Control+Shift+z')
    await expect.poll(async () => (await annotationOf(2)).spans.length).toBe(1)
  })

  it('goes back to a point of the history, and undo takes that back', async () => {
    await goTo(1, 'Small / train / sentence 1')
    await page.getByRole('button', { name: 'Back to this point: Mara Velt labelled PERSON' }).click()
    await told('Back to: Mara Velt labelled PERSON')
    await expect.poll(async () => (await annotationOf(1)).spans.length).toBe(1)
    await page.getByRole('button', { name: 'Undo', exact: false }).click()
    await expect.poll(async () => (await annotationOf(1)).spans.length).toBe(3)
    await page.getByRole('radiogroup', { name: 'History of' }).getByText('Corpus').click()
    await page
      .getByRole('link', { name: /Orbisk Labs labelled ORG, propagated/ })
      .first()
      .waitFor()
  })

  it('stretches to the next punctuation mark', async () => {
    await word('Mara').click()
    await press('Control+Shift+ArrowRight')
    await page
      .getByRole('toolbar', { name: 'Selection' })
      .getByText(texts[0]?.slice(0, -2) ?? '')
      .waitFor()
    await press('Escape')
  })

  it('takes other keys, and asks for Alt where single letters are off', async () => {
    await page.evaluate(() => (location.hash = '#/settings'))
    const flag = page.getByRole('button', { name: /^Key for Flag the sentence/ })
    await flag.click()
    await press('d')
    await page.getByRole('status').filter({ hasText: 'D is taken by "Done and next"' }).waitFor()
    await press('g')
    await page.getByRole('button', { name: /^Key for Flag the sentence.*: G\. Change/ }).waitFor()
    await page.getByLabel('Single letters, digits and signs are keys').uncheck()
    await page.getByRole('button', { name: /^Key for Flag the sentence.*: Alt\+G\. Change/ }).waitFor()
    await expectAccessibleAsShown(page)
    await goTo(2, 'Small / train / sentence 2')
    await word('moved').click()
    await press('g', 'f')
    await press('Alt+g')
    await told('Flagged')
    await expect.poll(async () => (await annotationOf(2)).review.isFlagged).toBe(true)
    await page.evaluate(() => (location.hash = '#/settings'))
    await page.getByLabel('Single letters, digits and signs are keys').check()
    await page.getByRole('button', { name: 'Back to the usual keys' }).click()
    await page.getByRole('button', { name: /^Key for Flag the sentence.*: F\. Change/ }).waitFor()
  })

  it('shows what the run makes of every pair and why it does not extract a relation', async () => {
    const first = texts.length + 1
    await goTo(first, 'Tiny / train / sentence 1')
    await page.getByText('Pair grid').click()
    const grid = page.getByRole('grid', { name: /Pair grid/ })
    const gold = grid.getByRole('button', { name: /: [01]\.\d+, gold$/ }).first()
    await gold.waitFor({ timeout: 30_000 })
    const before = (await annotationOf(first)).relations.length
    const name = (await gold.getAttribute('aria-label'))?.replace(/:.*$/, '') ?? ''
    await gold.click()
    await expect.poll(async () => (await annotationOf(first)).relations.length).toBe(before - 1)
    await grid.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    await expect.poll(async () => (await annotationOf(first)).relations.length).toBe(before)
    await page.getByRole('listbox', { name: 'Triples' }).getByRole('option').first().click()
    await page.getByRole('heading', { name: /The run extracts it|Why the run does not extract it/ }).waitFor()
    await expectAccessibleAsShown(page)
  })

  it('has the newest run of another corpus suggest, and its queue, where the address leads there', async () => {
    await goTo(1, 'Small / train / sentence 1')
    await page.getByRole('option', { name: /Orbisk Labs moved to Lunde/ }).waitFor()
    await goTo(texts.length + 2, 'Tiny / train / sentence 2')
    await page.getByText('Pair grid').waitFor()
    await page.getByRole('option', { name: /Orbisk Labs moved to Lunde/ }).waitFor({ state: 'hidden' })
    const corpus = page.getByRole('combobox', { name: 'Corpus' }).locator('option:checked')
    await expect.poll(() => corpus.textContent()).toBe('Tiny')
  })

  it('predicts a sentence that is opened while the run predicts others', async () => {
    await page.routeWebSocket(/rpc/, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => socket.send(message))
      socket.onMessage((message) => {
        const isPrediction = String(message).includes('annotations/predict')
        setTimeout(() => server.send(message), isPrediction ? 500 : 0)
      })
    })
    await page.reload()
    const place = (position: number) => `Tiny / train / sentence ${position}`
    await goTo(texts.length + 25, place(25))
    await page.getByText('The run is predicting this sentence').waitFor()
    await goTo(texts.length + 55, place(55))
    await page.getByText('Pair grid').waitFor()
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
