/** The Annotate place in the real window: by keyboard, by mouse, across sentences, and when somebody else was faster. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Annotation } from '#main/document/annotation'
import { addSpan } from '#main/document/edit'
import { setNote } from '#main/document/edit-review'
import { expectAccessibleAsShown } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { onDisk } from '../support/files-on-disk.ts'

const sentences = [
  'Mara Velt founded Orbisk Labs in Tarnow .',
  'Ada Lund lives in Lidun .',
  'Nothing much happened that year .',
  'Jon Reed led Calden .',
]
const head = {
  espalier: 'corpus',
  version: 1,
  labels: {
    entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
    relationTypes: [{ name: 'founder_of' }, { name: 'leads' }, { name: 'lives_in' }],
    signatures: [
      { relation: 'founder_of', subject: 'PERSON', object: 'ORG' },
      { relation: 'leads', subject: 'PERSON', object: 'ORG' },
      { relation: 'lives_in', subject: 'PERSON', object: 'PLACE' },
    ],
  },
}

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(({ handlers }) => {
    const lines = [head, ...sentences.map((text, i) => ({ id: `d${i}`, text }))]
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    return handlers.corpora.import({
      ...{ corpus: 'Small', split: 'train', taskId: 'import' },
      files: onDisk({ name: 'small.jsonl', text }),
    })
  })
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

async function annotationOf(sentenceId: number): Promise<Annotation> {
  return (await opened.services.handlers.annotations.open({ sentenceId, runId: null })).annotation
}

/** Waits until the services hold what the window shows. */
async function expectStored(sentenceId: number, check: (annotation: Annotation) => void): Promise<void> {
  await expect
    .poll(async () =>
      annotationOf(sentenceId)
        .then((a) => void check(a))
        .then(() => true, String),
    )
    .toBe(true)
}

async function goTo(sentenceId: number): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
  await page.getByText(`Small / train / sentence ${sentenceId}`).waitFor()
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

const word = (text: string) => page.locator('[data-row="words"]').filter({ hasText: new RegExp(`^${text}$`) })
const tag = (token: number) => page.locator(`[data-row="tags"][data-token="${token}"]`)
const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()

describe('Annotate', () => {
  it('opens the first sentence that nobody has reviewed', async () => {
    await page.evaluate(() => (location.hash = '#/annotate'))
    await page.getByText('Small / train / sentence 1').waitFor()
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(2 * 8)
  })

  it('labels by key: stretch, then the key of the type', async () => {
    await word('Mara').click()
    await press('Shift+ArrowRight', '1')
    await told('Mara Velt labelled PERSON')
    await word('Orbisk').click()
    await press('Shift+ArrowRight', '2')
    await expectStored(1, ({ spans }) =>
      expect(spans).toMatchObject([
        { start: 0, end: 2, label: 'PERSON' },
        { start: 3, end: 5, label: 'ORG' },
      ]),
    )
    await expect
      .poll(() => page.getByRole('gridcell', { name: 'Velt, end of PERSON Mara Velt', exact: true }).count())
      .toBe(1)
  })

  it('draws a relation in three keys: r, the letter of the object, the type; no word moves for the arc', async () => {
    const places = () =>
      page.locator('[data-row]').evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().y))
    await word('founded').click()
    const before = await places()
    await word('Mara').click()
    await press('r', 'f')
    await page.getByRole('combobox', { name: 'Relation type' }).waitFor()
    await press('1')
    await told('Relation founder_of added, Mara Velt to Orbisk Labs')
    await page.getByRole('option', { name: 'Mara Velt founder_of Orbisk Labs' }).waitFor()
    await page.locator('svg .line').first().waitFor({ state: 'attached' })
    expect(await places()).toEqual(before)
  })

  it('takes the only type that is allowed without asking, dragged from span to span', async () => {
    await word('Tarnow').click()
    await press('3')
    await told('Tarnow labelled PLACE')
    await word('Mara').hover()
    await page.mouse.down()
    await word('Orbisk').hover()
    await word('Tarnow').hover()
    await page.mouse.up()
    await told('Relation lives_in added, Mara Velt to Tarnow')
    await expectStored(1, ({ relations }) => expect(relations).toHaveLength(2))
  })

  it('sets a tag and repairs its neighbours in one act, which one undo takes back', async () => {
    await tag(3).click()
    await press('s')
    await told('Orbisk tagged S-ORG; repaired: Labs to S-ORG')
    await expectStored(1, ({ spans, relations }) => {
      expect(spans).toHaveLength(4)
      expect(relations).toHaveLength(2)
    })
    await press('u')
    await told(/^Undone: Orbisk tagged/)
    await expectStored(1, ({ spans }) => expect(spans).toHaveLength(3))
    await expect.poll(() => tag(4).textContent()).toBe('E')
  })

  it('opens a sentence from the queue by key, and brings the focus to it', async () => {
    const queue = page.getByRole('listbox', { name: 'Sentences' })
    await expect.poll(() => queue.getByRole('option').count()).toBe(4)
    await queue.focus()
    await press('Home', 'ArrowDown', 'Enter')
    await page.getByText('Small / train / sentence 2').waitFor()
    const areWordsFocused = () => page.evaluate(() => Boolean(document.activeElement?.closest('[data-words]')))
    await expect.poll(areWordsFocused).toBe(true)
    await press('End', 'ArrowDown')
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-activedescendant')).toMatch(/-tags-5$/)
  })

  it('asks for the type of words dragged over, narrowed by typing', async () => {
    await goTo(2)
    await word('Ada').hover()
    await page.mouse.down()
    await word('Lund').hover()
    await page.mouse.up()
    await page.getByRole('combobox', { name: 'Entity type' }).fill('pla')
    await press('Enter')
    await told('Ada Lund labelled PLACE')
  })

  it('moves bounds, relabels and removes the chosen span', async () => {
    await press(']', '1')
    await expectStored(2, ({ spans }) => expect(spans).toMatchObject([{ start: 0, end: 3, label: 'PERSON' }]))
    await press('}', 'Delete')
    await told('PERSON Ada Lund removed')
    await expectStored(2, ({ spans }) => expect(spans).toEqual([]))
  })

  it('undoes across sentences, going where the act was', async () => {
    await goTo(3)
    await press('f')
    await told('Flagged')
    await goTo(4)
    await press('Control+z')
    await page.getByText('Small / train / sentence 3').waitFor()
    await expectStored(3, ({ review }) => expect(review.isFlagged).toBe(false))
    await press('Control+Shift+z')
    await expectStored(3, ({ review }) => expect(review.isFlagged).toBe(true))
  })

  it('is done and goes to the next, keeping "reviewed and empty" as a fact', async () => {
    await press('d')
    await page.getByText('Small / train / sentence 4').waitFor()
    await expectStored(3, ({ review }) => expect(review.isReviewed).toBe(true))
    await page.getByRole('heading', { name: 'Not yet reviewed 3' }).waitFor()
  })

  it('tells problems before it is done, and believes the second time', async () => {
    await word('Jon').click()
    await press('Shift+ArrowRight', '1')
    await word('Reed').click()
    await press('Escape', 'Shift+ArrowRight', '2', 'd')
    await told(/Jon Reed and Reed led overlap.*Press D again/)
    await page
      .getByRole('gridcell', { name: /ORG Reed led, not trainable: tags cannot hold it/ })
      .first()
      .waitFor()
    await expectStored(4, ({ review }) => expect(review.isReviewed).toBe(false))
    await press('d')
    await expectStored(4, ({ review }) => expect(review.isReviewed).toBe(true))
    await told('This was the last sentence of the queue')
  })

  it('keeps letters typed into the note out of the sentence', async () => {
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('d u f')
    await page.getByRole('textbox', { name: 'Note', exact: true }).press('r')
    await word('Calden').click()
    await expectStored(4, ({ review }) => expect(review).toMatchObject({ note: 'd u fr', isFlagged: false }))
  })

  it('shows what is changed elsewhere', async () => {
    const { handlers } = opened.services
    const context = { author: 'another', words: ['Jon', 'Reed', 'led', 'Calden', '.'], newId: () => 'elsewhere' }
    const { changes, description } = addSpan(await annotationOf(4), { start: 3, end: 4 }, 'ORG', context)
    await handlers.annotations.apply({ sentenceId: 4, description, changes: [...changes] })
    await expect.poll(() => tag(3).textContent()).toBe('S')
  })

  it('takes an act back, and says so, when somebody else was faster', async () => {
    await page.routeWebSocket(/rpc/, (socket) => {
      const server = socket.connectToServer()
      socket.onMessage((message) => server.send(message))
      server.onMessage((message) => {
        if (!String(message).includes('annotation-changed')) socket.send(message)
      })
    })
    await page.reload()
    await page.getByText('Small / train / sentence 4').waitFor()
    await word('Calden').click()
    const { handlers } = opened.services
    const span = (await annotationOf(4)).spans.find(({ id }) => id === 'elsewhere')
    if (!span) throw new Error('the span of the test before is missing')
    const changes = [{ kind: 'span' as const, before: span, after: { ...span, label: 'PLACE' } }]
    await handlers.annotations.apply({ sentenceId: 4, description: 'Calden labelled PLACE', changes })
    await press('1')
    await told(/^Not saved/)
    await expect
      .poll(async () => (await annotationOf(4)).spans.find(({ id }) => id === 'elsewhere')?.label)
      .toBe('PLACE')
    await page.getByText('Calden is PLACE').waitFor()
  })

  it('goes on although the sentence that is left changes elsewhere at that moment', async () => {
    await page.routeWebSocket(/rpc/, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => socket.send(message))
      socket.onMessage((message) => {
        const isOpening = /annotations\/open.*"sentenceId":4/s.test(String(message))
        setTimeout(() => server.send(message), isOpening ? 500 : 0)
      })
    })
    await page.reload()
    await goTo(3)
    await page.evaluate(() => (location.hash = '#/annotate/4'))
    const { changes, description } = setNote(await annotationOf(3), 'changed elsewhere')
    await opened.services.handlers.annotations.apply({ sentenceId: 3, description, changes: [...changes] })
    await page.getByText('Small / train / sentence 4').waitFor()
  })

  it('comes back to the sentence it was left on', async () => {
    await goTo(2)
    await page.evaluate(() => (location.hash = '#/train'))
    await page.getByRole('heading', { level: 1, name: 'Train' }).waitFor()
    await page.evaluate(() => (location.hash = '#/annotate'))
    await page.getByText('Small / train / sentence 2').waitFor()
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/annotate/2')
  })

  it('says so when the sentence of the address is not there', async () => {
    await page.evaluate(() => (location.hash = '#/annotate/999'))
    await page.getByRole('alert').filter({ hasText: '999' }).waitFor()
  })

  it.each(['light', 'dark'] as const)('is accessible in the %s theme', async (colorScheme) => {
    await goTo(1)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expectAccessibleAsShown(page)
  })

  it('lists every key', async () => {
    await word('founded').click()
    await press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await press('Escape')
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
