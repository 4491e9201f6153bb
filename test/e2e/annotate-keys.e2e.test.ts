/** Annotate by keyboard alone: where the focus is, relations drawn one after the other, and keyboards that are not American. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Annotation } from '#main/document/annotation'
import { importSmall } from '../support/annotated-corpora.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'

const texts = ['Mara Velt founded Orbisk Labs in Tarnow .', 'Ada lives in Lidun .', 'Jon met Ada .']
const labels = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'lives_in' }, { name: 'knows' }],
  signatures: [],
}

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow((services) => importSmall(services, texts, labels))
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

async function annotationOf(sentenceId: number): Promise<Annotation> {
  return (await opened.services.handlers.annotations.open({ sentenceId, runId: null })).annotation
}
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}
const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()
const isAt = (sentenceId: number) => page.getByText(`Small / train / sentence ${sentenceId}`, { exact: true }).waitFor()
const focused = () =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.closest('[data-words]') ? 'words' : (activeElement?.closest('[aria-label]')?.ariaLabel ?? '')
  })
const hasWords = () => expect.poll(focused).toBe('words')

describe('the words have the focus', () => {
  it('whoever arrives by the rail, the palette, a link, or Back', async () => {
    await page.getByRole('link', { name: 'Annotate' }).click()
    await isAt(1)
    await hasWords()
    await press('ArrowRight', 'ArrowRight')
    await expect
      .poll(() => page.getByRole('grid', { name: 'Sentence' }).getAttribute('aria-activedescendant'))
      .toMatch(/-2$/)
    await page.getByRole('link', { name: 'Corpora' }).click()
    await page.getByRole('heading', { level: 1, name: 'Corpora' }).waitFor()
    await page.goBack()
    await isAt(1)
    await hasWords()
    await page.getByRole('link', { name: 'Train' }).click()
    await page.getByRole('heading', { level: 1, name: 'Train' }).waitFor()
    await press('Control+k')
    await page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox').fill('annot')
    await page.getByRole('option', { name: 'Annotate' }).waitFor()
    await press('Enter')
    await isAt(1)
    await hasWords()
    await page.getByRole('link', { name: 'Annotate' }).click()
    await hasWords()
  })

  it('after a dialog that a button opened, and after a button itself', async () => {
    await page.getByRole('button', { name: /^Keyboard shortcuts/ }).click()
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await press('Escape')
    await hasWords()
    await page.getByRole('button', { name: 'Flag', exact: true }).click()
    await told('Flagged')
    await hasWords()
    await press('Control+z')
    await told('Undone: Flagged')
  })

  it('but a click into a field while a list is open is a click into that field', async () => {
    await isAt(1)
    await press('Home', '/')
    await page.getByRole('textbox', { name: 'Type' }).or(page.locator('.picker input')).first().waitFor()
    await page.getByPlaceholder('A note on this sentence').click()
    await page.keyboard.type('odd')
    await expect.poll(() => page.getByPlaceholder('A note on this sentence').inputValue()).toBe('odd')
    await page.getByPlaceholder('A note on this sentence').fill('')
    await page.getByRole('grid', { name: 'Sentence' }).focus()
    await hasWords()
  })

  it('and Tab goes round its marks and stays, F6 and Shift+F6 go through the window', async () => {
    await press('Home', 'Tab')
    await told('Nothing is marked here yet. F6 leaves the words')
    await press('Shift+ArrowRight', '1', 'ArrowRight', 'ArrowRight', 'Shift+ArrowRight', '2')
    await told('Orbisk Labs labelled ORG')
    const chosen = page.getByRole('toolbar', { name: 'Selection' })
    await press('Tab')
    await chosen.getByText('Mara Velt is PERSON').waitFor()
    await press('Shift+Tab')
    await chosen.getByText('Orbisk Labs is ORG').waitFor()
    await expect.poll(focused).toBe('words')
    await press('F6')
    await expect.poll(focused).toBe('Inspector')
    await press('F6', 'F6', 'F6')
    await expect.poll(focused).toBe('Sentences')
    await press('F6')
    await hasWords()
    await press('Shift+F6')
    await expect.poll(focused).toBe('Sentences')
  })

  it('and letters work while a button or a list has it, not while a field does', async () => {
    await page.getByRole('button', { name: 'Undo (Ctrl+Z)' }).focus()
    await press('f')
    await told('Orbisk Labs flagged')
    await hasWords()
    await page.getByRole('searchbox', { name: 'Search the queue' }).fill('f')
    await press('f', 'd', 'Control+a', 'Delete')
    await press('F6')
    await hasWords()
    await expect.poll(async () => (await annotationOf(1)).review).toMatchObject({ isFlagged: false, isReviewed: false })
  })

  it('and has it again after "done and next", until the last sentence', async () => {
    const queue = page.getByRole('listbox', { name: 'Sentences' })
    await expect.poll(() => queue.getByRole('option').count()).toBe(3) // as before the search of the test above
    await queue.focus()
    await expect.poll(focused).toBe('Sentences')
    await press('Home', 'ArrowDown', 'Enter')
    await isAt(2)
    await hasWords()
    await page.getByRole('button', { name: 'Done and next' }).last().click()
    await isAt(3)
    await hasWords()
    await press('ArrowRight', '1')
    await told('met labelled PERSON')
  })
})

describe('relations', () => {
  it('are drawn one after the other from the same subject, each with three keys', async () => {
    await page.evaluate(() => (location.hash = '#/annotate/1'))
    await isAt(1)
    await hasWords()
    await press('Home', 'r', 'f', '1')
    await told('Relation founder_of added, Mara Velt to Orbisk Labs')
    await press('r', 'f', '2')
    await told('Relation lives_in added, Mara Velt to Orbisk Labs')
    await press('r', 'f', '3')
    await told('Relation knows added, Mara Velt to Orbisk Labs')
    await expect
      .poll(async () => (await annotationOf(1)).relations.map(({ type }) => type))
      .toEqual([...['founder_of', 'lives_in', 'knows']])
    await page.getByRole('toolbar', { name: 'Selection' }).getByText('Mara Velt is PERSON').waitFor()
  })

  it('show which way a chosen one goes, and X turns it', async () => {
    await page.getByRole('option', { name: /Mara Velt founder_of Orbisk Labs/ }).click()
    const chosen = page.getByRole('toolbar', { name: 'Selection' })
    await chosen.getByText('Subject Mara Velt founder_of Object Orbisk Labs').waitFor()
    const drawn = async () => (await annotationOf(1)).relations.find(({ type }) => type === 'founder_of')
    const ends = async () => {
      const marks = page.locator('.mark.is-first')
      return Promise.all(['subject', 'object'].map((end) => marks.filter({ has: page.getByText(end) }).innerText()))
    }
    await expect.poll(ends).toEqual([expect.stringMatching(/PERSON/), expect.stringMatching(/ORG/)])
    const before = await drawn()
    await press('x')
    await told('Relation founder_of reversed, Orbisk Labs to Mara Velt')
    await chosen.getByText('Subject Orbisk Labs founder_of Object Mara Velt').waitFor()
    await expect.poll(drawn).toMatchObject({ object: before?.subject })
    await expect.poll(ends).toEqual([expect.stringMatching(/ORG/), expect.stringMatching(/PERSON/)])
  })

  it('keep their type when letters and digits are typed that mean nothing there', async () => {
    const before = await annotationOf(1)
    await press('2')
    await told(/press \/ and choose lives_in there/)
    await page.locator('[data-row="words"]', { hasText: 'in' }).last().click()
    await press('Escape', 'r', 'f', '1')
    await expect.poll(() => annotationOf(1)).toEqual(before)
  })
})

describe('another keyboard', () => {
  /** A press as Chromium gets it from a keyboard whose layout types `key` at the place `code`. */
  async function pressPlace(code: string, key: string, modifiers = 0): Promise<void> {
    const session = await page.context().newCDPSession(page)
    const keyCode = code.startsWith('Key') ? code.charCodeAt(3) : 0
    const event = { code, key, modifiers, windowsVirtualKeyCode: keyCode }
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
    await session.detach()
  }

  it('with Russian letters has every key at its place, Ctrl+Z too', async () => {
    await page.evaluate(() => (location.hash = '#/annotate/2'))
    await isAt(2)
    await hasWords()
    await pressPlace('KeyF', 'а')
    await told('Flagged')
    await pressPlace('KeyZ', 'я', 2)
    await told('Undone: Flagged')
    await press('Home', '1')
    await told('Ada labelled PERSON')
    await press('End', 'ArrowLeft', '3')
    await told('Lidun labelled PLACE')
    await pressPlace('KeyR', 'к')
    await told(/^From Lidun/)
    await pressPlace('KeyF', 'а')
    await page.getByRole('combobox', { name: 'Relation type' }).waitFor()
    await press('2')
    await told('Relation lives_in added, Lidun to Ada')
    await pressPlace('KeyK', 'л', 2)
    await page.getByRole('dialog', { name: 'Go to' }).waitFor()
    await press('Escape')
    await hasWords()
  })

  it('with Caps Lock on has lower case letters all the same', async () => {
    await pressPlace('KeyU', 'U')
    await told('Undone: Relation lives_in added, Lidun to Ada')
    await pressPlace('KeyZ', 'Z', 2)
    await told('Undone: Lidun labelled PLACE')
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
