/** Annotate for everyone: at 200 % zoom, in the person's own few colours, without motion, and by keyboard alone. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importSmall } from '../support/annotated-corpora.ts'
import { expectAccessibleAsShown } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'

const texts = ['Mara Velt founded Orbisk Labs in Tarnow .', 'Ada lives in Lidun .']
const labels = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'leads' }],
  signatures: [
    { relation: 'founder_of', subject: 'PERSON', object: 'ORG' },
    { relation: 'leads', subject: 'PERSON', object: 'ORG' },
  ],
}

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow((services) => importSmall(services, texts, labels))
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()
const word = (text: string) => page.locator('[data-row="words"]').filter({ hasText: new RegExp(`^${text}$`) })
const annotation = async () =>
  (await opened.services.handlers.annotations.open({ sentenceId: 1, runId: null })).annotation

async function goTo(on: Page, sentenceId: number): Promise<void> {
  await on.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
  await on.getByText(`Small / train / sentence ${sentenceId}`).waitFor()
}

describe('by keyboard alone', () => {
  it('a sentence is labelled, related in three keys, flagged, noted on, taken back and done, and each is told', async () => {
    await goTo(page, 1)
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    await page.getByRole('grid', { name: 'Sentence' }).focus()
    await press('Home', 'Shift+ArrowRight', '1')
    await told('Mara Velt labelled PERSON')
    await press('ArrowRight', 'ArrowRight', 'Shift+ArrowRight', '2')
    await told('Orbisk Labs labelled ORG')
    await press('Home')
    // the relation: its beginning, the letter of its object, its type
    await press('r', 'f', '1')
    await told('founder_of')
    await press('Escape', 'f')
    await told('Flagged')
    await press('f')
    await told('Flag removed')
    await press('w')
    await page.keyboard.type('who says so?')
    await press('Escape')
    await expect.poll(async () => (await annotation()).review.note).toBe('who says so?')
    await page.getByRole('grid', { name: 'Sentence' }).focus()
    await press('u')
    await expect.poll(async () => (await annotation()).review.note).toBe('')
    const { spans, relations } = await annotation()
    expect(spans.map(({ start, end, label }) => [start, end, label])).toEqual([
      [0, 2, 'PERSON'],
      [3, 5, 'ORG'],
    ])
    expect(relations).toHaveLength(1)
  })
})

describe('at 200 % zoom', () => {
  it('nothing is cut off: every control can be reached, and the page scrolls one way only', async () => {
    const browser = page.context().browser()
    if (!browser) throw new Error('The window has no browser')
    const context = await browser.newContext({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 })
    const zoomed = await context.newPage()
    await zoomed.goto(opened.createUrl())
    await zoomed.getByRole('heading', { level: 1 }).waitFor()
    await goTo(zoomed, 1)
    const isWithin = async (what: Locator): Promise<boolean> => {
      await what.scrollIntoViewIfNeeded()
      const box = await what.boundingBox()
      return box !== null && box.x >= 0 && box.x + box.width <= 640 && box.y >= 0 && box.y + box.height <= 400
    }
    for (const control of [
      zoomed.getByRole('button', { name: /^Done and next/ }).first(),
      zoomed.getByRole('button', { name: /^Flag/ }).first(),
      zoomed.getByRole('button', { name: /^Queue:/ }),
      zoomed.getByRole('link', { name: 'Train' }),
      zoomed.getByRole('link', { name: 'Settings' }),
      zoomed.getByRole('button', { name: 'Undo' }),
      zoomed.locator('[data-row="words"][data-token="6"]'),
      zoomed.getByLabel('A note on this sentence').or(zoomed.getByPlaceholder('A note on this sentence')),
    ])
      await expect.poll(() => isWithin(control), { message: String(control) }).toBe(true)
    await zoomed.getByRole('button', { name: /^Queue:/ }).click()
    await zoomed.getByText('Ada lives in Lidun .').first().click()
    await zoomed.getByText('Small / train / sentence 2').waitFor()
    const sizes = await zoomed.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ])
    expect(sizes[0]).toBe(sizes[1])
    await context.close()
  })
})

describe("in the person's own few colours", () => {
  it.each(['light', 'dark'] as const)('marks, the caret and what is chosen keep a frame (%s)', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, forcedColors: 'active' })
    // drawn anew: words are measured when the editor opens
    await page.evaluate(() => (location.hash = '#/corpora'))
    await page.getByRole('heading', { name: 'Corpora' }).first().waitFor()
    await goTo(page, 1)
    const cutOff = await page
      .locator('[data-row="words"]')
      .evaluateAll((words) => words.filter((one) => one.scrollWidth > (one as HTMLElement).offsetWidth).length)
    expect(cutOff).toBe(0)
    await word('Mara').click()
    const styleOf = (what: Locator, property: string) =>
      what.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
    const mark = page.locator('.mark.gold.is-first').first()
    await expect.poll(() => styleOf(mark, 'border-top-style')).toBe('solid')
    await expect.poll(() => styleOf(page.locator('.mark.is-chosen'), 'outline-style')).toBe('solid')
    await expect.poll(() => styleOf(page.locator('[data-row="words"].is-caret'), 'outline-width')).toBe('3px')
    const line = page.locator('svg .line').first()
    const background = await styleOf(page.locator('body'), 'background-color')
    await expect.poll(() => styleOf(line, 'stroke')).not.toBe(background)
    await expectAccessibleAsShown(page)
    await page.emulateMedia({ forcedColors: 'none' })
  })
})

describe('without motion', () => {
  it('nothing on the screen takes longer than a frame to change', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await goTo(page, 1)
    const slow = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { transitionDuration, transitionProperty, animationDuration, animationName } = getComputedStyle(element)
          const seconds = (text: string) => Math.max(...text.split(',').map((part) => parseFloat(part)))
          const moves = transitionProperty !== 'none' && seconds(transitionDuration) > 0.001
          return moves || (animationName !== 'none' && seconds(animationDuration) > 0.001)
        }).length,
    )
    expect(slow).toBe(0)
  })
})
