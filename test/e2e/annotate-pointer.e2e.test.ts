/** The mouse alone: every act of the table of interactions with a real pointer, and what is stored of it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Annotation } from '#main/document/annotation'
import { addSpan, type Edit } from '#main/document/edit'
import { addRelation } from '#main/document/edit-relations'
import { expectAccessible } from '../support/accessible.ts'
import { importSmall, trainTiny } from '../support/annotated-corpora.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'

const long = Array.from({ length: 24 }, (_, i) => `Longword${i}`).join(' ')
const texts = [
  'Mara Velt founded Orbisk Labs in Tarnow .',
  `${long} ended`,
  'شركة أوربيسك تعمل في مدينة تارنوف القديمة',
  'Orbisk Labs moved to Lunde .',
]
const labels = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'leads' }, { name: 'based_in' }],
  signatures: [
    { relation: 'founder_of', subject: 'PERSON', object: 'ORG' },
    { relation: 'leads', subject: 'PERSON', object: 'ORG' },
    { relation: 'based_in', subject: 'ORG', object: 'PLACE' },
  ],
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

async function acts(sentenceId: number): Promise<number> {
  const { corpusId } = await opened.services.handlers.annotations.open({ sentenceId, runId: null })
  return (await opened.services.handlers.annotations.history({ corpusId, sentenceId, limit: 100 })).length
}

/** "0-2 PERSON", in reading order. */
async function expectSpans(sentenceId: number, spans: readonly string[]): Promise<void> {
  const told = async () =>
    (await annotationOf(sentenceId)).spans
      .toSorted((a, b) => a.start - b.start || a.end - b.end)
      .map(({ start, end, label }) => `${start}-${end} ${label}`)
  await expect.poll(told).toEqual(spans)
}

/** "Mara Velt founder_of Orbisk Labs" */
async function expectRelations(sentenceId: number, relations: readonly string[]): Promise<void> {
  const words = (texts[sentenceId - 1] ?? '').split(' ')
  const told = async () => {
    const { spans, relations: found } = await annotationOf(sentenceId)
    const say = (id: string) => {
      const span = spans.find((one) => one.id === id)
      return words.slice(span?.start, span?.end).join(' ')
    }
    return found.map(({ subject, type, object }) => `${say(subject)} ${type} ${say(object)}`)
  }
  await expect.poll(told).toEqual(relations)
}

/** Annotates behind the window's back, and waits until it shows. */
async function annotate(sentenceId: number, ...edits: readonly ((annotation: Annotation) => Edit)[]): Promise<void> {
  for (const edit of edits) {
    const { changes, description } = edit(await annotationOf(sentenceId))
    await opened.services.handlers.annotations.apply({ sentenceId, description, changes: [...changes] })
  }
}
const context = (sentenceId: number) => ({
  ...{ author: 'another', words: (texts[sentenceId - 1] ?? '').split(' '), newId: () => crypto.randomUUID() },
})

async function goTo(sentenceId: number, place = `Small / train / sentence ${sentenceId}`): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
  await page.getByText(place, { exact: true }).waitFor()
}

const word = (text: string) => page.locator('[data-row="words"]').filter({ hasText: new RegExp(`^${text}$`) })
const grip = (kind: string) => page.locator(`[data-grip="${kind}"]`)
const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()
const list = (name: 'Entity type' | 'Relation type') => page.getByRole('combobox', { name })
const option = (name: string) => page.getByRole('option', { name: new RegExp(`^${name}`) })
const menuItem = (name: string) => page.getByRole('menuitem', { name: new RegExp(`^${name}`) })

interface Spot {
  readonly x: number
  readonly y: number
}
async function middle(of: ReturnType<Page['locator']>): Promise<Spot> {
  const box = await of.first().boundingBox()
  if (!box) throw new Error('nothing to point at')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** How far the left upper corner of a box is right of and below a spot. */
async function distance(of: ReturnType<Page['locator']>, from: Spot): Promise<Spot> {
  const box = await of.boundingBox()
  return { x: (box?.x ?? 0) - from.x, y: (box?.y ?? 0) - from.y }
}
const within = (most: number) => expect.toSatisfy((distance: number) => Math.abs(distance) < most) as number

/** Presses at the first, moves over the others, and lets go where told. */
async function drag(from: Spot, ...over: readonly Spot[]): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  for (const { x, y } of over) await page.mouse.move(x, y, { steps: 4 })
}
async function dragTo(from: Spot, ...over: readonly Spot[]): Promise<void> {
  await drag(from, ...over)
  await page.mouse.up()
}

/** Waits beyond a double click, so that the next click is a single one. */
const pause = () => page.waitForTimeout(600)

describe('the palette at the pointer', () => {
  it('opens where words were dragged over, and a click labels them', async () => {
    await goTo(1)
    const end = await middle(word('Velt'))
    await dragTo(await middle(word('Mara')), end)
    await expect.poll(() => distance(list('Entity type'), end)).toEqual({ x: within(30), y: within(60) })
    await option('PERSON').click()
    await told('Mara Velt labelled PERSON')
    await expectSpans(1, ['0-2 PERSON'])
  })

  it('opens on a double click, and Escape leaves the word selected', async () => {
    await word('Tarnow').dblclick()
    await list('Entity type').waitFor()
    await page.keyboard.press('Escape')
    await list('Entity type').waitFor({ state: 'hidden' })
    await expect.poll(() => word('Tarnow').getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('3')
    await expectSpans(1, ['0-2 PERSON', '6-7 PLACE'])
  })

  it('takes the name around the word on a triple click, and a click elsewhere leaves the words selected', async () => {
    await word('Labs').click({ clickCount: 3 })
    await list('Entity type').waitFor()
    const elsewhere = await middle(word('founded'))
    await page.mouse.click(elsewhere.x, elsewhere.y)
    await list('Entity type').waitFor({ state: 'hidden' })
    await expect.poll(() => word('Orbisk').getAttribute('aria-selected')).toBe('true')
    await expect.poll(() => word('Labs').getAttribute('aria-selected')).toBe('true')
    await word('Labs').click({ clickCount: 3 })
    await option('ORG').click()
    await expectSpans(1, ['0-2 PERSON', '3-5 ORG', '6-7 PLACE'])
  })

  it('opens for words dragged over from inside a span where Shift is held', async () => {
    await page.keyboard.down('Shift')
    await dragTo(await middle(word('Labs')), await middle(word('in')))
    await page.keyboard.up('Shift')
    await list('Entity type').waitFor()
    await page.keyboard.press('Escape')
    const selected = page.locator('[data-row="words"][aria-selected="true"]')
    await expect.poll(() => selected.allTextContents()).toEqual(['Labs', 'in'])
  })

  it('stays under the words when a key opens it', async () => {
    await word('founded').click()
    await page.keyboard.press('/')
    const corner = await word('founded').boundingBox()
    const below = expect.toSatisfy((distance: number) => distance > 60) as number
    await expect
      .poll(() => distance(list('Entity type'), corner ?? { x: 0, y: 0 }))
      .toEqual({ x: within(20), y: below })
    await page.keyboard.press('Escape')
  })
})

describe('a relation drawn by the mouse', () => {
  it('lights what may be its object while it is dragged, and its types open where it is dropped', async () => {
    const drop = await middle(word('Orbisk'))
    await drag(await middle(word('Mara')), await middle(word('Tarnow')))
    await page.locator('.mark.is-unlikely').waitFor()
    await expect.poll(() => page.locator('.mark.is-unlikely').count()).toBe(1)
    await page.mouse.move(drop.x, drop.y, { steps: 4 })
    await page.locator('.mark.is-aimed').waitFor()
    await expect.poll(() => page.locator('.hint').count()).toBe(0)
    await page.mouse.up()
    await expect.poll(async () => (await distance(list('Relation type'), drop)).x).toEqual(within(30))
    await option('founder_of').click()
    await expectRelations(1, ['Mara Velt founder_of Orbisk Labs'])
  })

  it('is not drawn when it is dropped beside every span, and says so', async () => {
    await dragTo(await middle(word('Mara')), await middle(word('in')))
    await told('No relation drawn')
    await expectRelations(1, ['Mara Velt founder_of Orbisk Labs'])
  })

  it('is not drawn after Escape, though the button is let go over a span', async () => {
    await drag(await middle(word('Mara')), await middle(word('Orbisk')))
    await page.keyboard.press('Escape')
    await told('No relation drawn')
    await page.mouse.up()
    await expect.poll(() => list('Relation type').count()).toBe(0)
    await expectRelations(1, ['Mara Velt founder_of Orbisk Labs'])
  })

  it('is drawn by two clicks: on the handle of the span, then on the object', async () => {
    await pause()
    await word('Labs').click()
    await grip('relation').click()
    await told(/^From Orbisk Labs: press the letter of the object/)
    await word('Tarnow').click()
    await told('Relation based_in added, Orbisk Labs to Tarnow')
    await expectRelations(1, ['Mara Velt founder_of Orbisk Labs', 'Orbisk Labs based_in Tarnow'])
  })
})

describe('the ends of an arc', () => {
  it('are dragged to another span, and what the label set forbids is refused with the reason', async () => {
    await page.getByRole('option', { name: 'Mara Velt founder_of Orbisk Labs' }).click()
    await dragTo(await middle(grip('object')), await middle(word('Tarnow')))
    await told('founder_of may not go from PERSON (Mara Velt) to PLACE (Tarnow): change its type first')
    await expectRelations(1, ['Mara Velt founder_of Orbisk Labs', 'Orbisk Labs based_in Tarnow'])
  })

  it('move the relation, which keeps its identity, as one act', async () => {
    await annotate(1, (annotation) => addSpan(annotation, { start: 2, end: 3 }, 'ORG', context(1)))
    await page.getByRole('gridcell', { name: /^founded, ORG/ }).waitFor()
    const before = (await annotationOf(1)).relations.find(({ type }) => type === 'founder_of')
    const count = await acts(1)
    await page.getByRole('option', { name: 'Mara Velt founder_of Orbisk Labs' }).click()
    await drag(await middle(grip('object')), await middle(word('Tarnow')), await middle(word('founded')))
    await page.locator('.mark.is-aimed').waitFor()
    await page.mouse.up()
    await told('Relation founder_of moved, Mara Velt to founded')
    await expectRelations(1, ['Mara Velt founder_of founded', 'Orbisk Labs based_in Tarnow'])
    await expect.poll(() => acts(1)).toBe(count + 1)
    await expect
      .poll(async () => (await annotationOf(1)).relations.find(({ type }) => type === 'founder_of')?.id)
      .toBe(before?.id)
  })

  it('are moved by two clicks as well', async () => {
    await grip('object').click()
    await told(/^New object:/)
    await word('Orbisk').click()
    await told('Relation founder_of moved, Mara Velt to Orbisk Labs')
    await expectRelations(1, ['Mara Velt founder_of Orbisk Labs', 'Orbisk Labs based_in Tarnow'])
  })

  it('stay where they are when dropped beside every span', async () => {
    await dragTo(await middle(grip('subject')), await middle(word('in')))
    await told('The relation stays as it is')
  })
})

describe('the edges of the chosen span', () => {
  it('move word by word with a preview, and letting go is one act that keeps the relations', async () => {
    await pause()
    await word('Labs').click()
    const count = await acts(1)
    await drag(
      await middle(grip('end')),
      await middle(word('in')),
      await middle(word('Tarnow')),
      await middle(word('in')),
    )
    await page.locator('.preview').waitFor()
    await page.mouse.up()
    await told('Orbisk Labs is now Orbisk Labs in')
    await expectSpans(1, ['0-2 PERSON', '2-3 ORG', '3-6 ORG', '6-7 PLACE'])
    await expect.poll(() => acts(1)).toBe(count + 1)
    await expect.poll(async () => (await annotationOf(1)).relations).toHaveLength(2)
  })

  it('stop at one word beyond the other edge, and go back on Escape', async () => {
    await drag(await middle(grip('end')), await middle(word('Mara')))
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await told('The span stays as it is')
    await dragTo(await middle(grip('end')), await middle(word('Mara')))
    await expectSpans(1, ['0-2 PERSON', '2-3 ORG', '3-4 ORG', '6-7 PLACE'])
    await dragTo(await middle(grip('end')), await middle(word('Labs')))
    await expectSpans(1, ['0-2 PERSON', '2-3 ORG', '3-5 ORG', '6-7 PLACE'])
  })

  it('are as large as a target must be', async () => {
    for (const kind of ['start', 'end', 'relation']) {
      const box = await grip(kind).boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), kind).toBeGreaterThanOrEqual(24)
    }
  })

  it('work over several lines', async () => {
    await goTo(2)
    await annotate(2, (annotation) => addSpan(annotation, { start: 1, end: 3 }, 'ORG', context(2)))
    await page.getByRole('gridcell', { name: /^Longword1, begin of ORG/ }).waitFor()
    await word('Longword1').click()
    await drag(await middle(grip('end')), await middle(word('Longword9')), await middle(word('Longword20')))
    await expect.poll(() => page.locator('.preview').count()).toBeGreaterThan(1)
    await page.mouse.up()
    await expectSpans(2, ['1-21 ORG'])
    await dragTo(await middle(grip('start')), await middle(word('Longword19')))
    await expectSpans(2, ['19-21 ORG'])
  })

  it('leave the grips of a relation between distant lines at its chips', async () => {
    await annotate(
      2,
      (annotation) => addSpan(annotation, { start: 0, end: 1 }, 'PERSON', context(2)),
      (annotation) => addSpan(annotation, { start: 23, end: 24 }, 'ORG', context(2)),
      (annotation) => {
        const [person, org] = ['PERSON', 'ORG'].map((label) => annotation.spans.find((span) => span.label === label))
        return addRelation(annotation, person?.id ?? '', 'founder_of', org?.id ?? '', context(2))
      },
    )
    await page.getByText('founder_of → Longword19 Longword20').click()
    await dragTo(await middle(grip('object')), await middle(word('Longword23')))
    await expectRelations(2, ['Longword0 founder_of Longword23'])
  })

  it('work in a text from right to left', async () => {
    await goTo(3)
    await annotate(3, (annotation) => addSpan(annotation, { start: 1, end: 3 }, 'ORG', context(3)))
    const cell = (token: number) => page.locator(`[data-row="words"][data-token="${token}"]`)
    await page.getByRole('gridcell', { name: /begin of ORG/ }).waitFor()
    await cell(1).click()
    const [start, end] = [await middle(grip('start')), await middle(grip('end'))]
    expect(start.x).toBeGreaterThan(end.x)
    await dragTo(end, await middle(cell(5)))
    await expectSpans(3, ['1-6 ORG'])
    await dragTo(await middle(grip('start')), await middle(cell(0)))
    await expectSpans(3, ['0-6 ORG'])
  })
})

describe('the menu of a span or a relation', () => {
  it('opens on the span under the pointer, with keys beside its entries, and does what they say', async () => {
    await goTo(1)
    await word('Tarnow').click({ button: 'right' })
    await menuItem('Draw a relation').waitFor()
    await expect
      .poll(() => page.getByRole('menuitem').allTextContents())
      .toEqual([
        expect.stringMatching(/^\s*Draw a relation…\s*R\s*$/),
        expect.stringMatching(/^\s*Change type…\s*\/\s*$/),
        expect.stringMatching(/^\s*Same string elsewhere…\s*P\s*$/),
        expect.stringMatching(/^\s*Add to the guideline as an example\s*E\s*$/),
        expect.stringMatching(/^\s*Flag it, or take the flag back\s*F\s*$/),
        expect.stringMatching(/^\s*Write a note…\s*W\s*$/),
        expect.stringMatching(/^\s*Split the word…\s*Shift\+C\s*$/),
        expect.stringMatching(/^\s*Join the word with the next\s*Shift\+G\s*$/),
        expect.stringMatching(/^\s*Split the sentence before the word\s*Shift\+S\s*$/),
        expect.stringMatching(/^\s*Join the sentence with the next\s*Shift\+J\s*$/),
        expect.stringMatching(/^\s*Remove\s*Del\s*$/),
      ])
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'light' })
    await menuItem('Change type').click()
    await option('ORG').click()
    await expectSpans(1, ['0-2 PERSON', '2-3 ORG', '3-5 ORG', '6-7 ORG'])
    await page.keyboard.press('Control+z')
    await expectSpans(1, ['0-2 PERSON', '2-3 ORG', '3-5 ORG', '6-7 PLACE'])
  })

  it('opens on an arc, and moves its object', async () => {
    await page.locator('.label', { hasText: 'founder_of' }).click({ button: 'right' })
    await menuItem('Move its object').click()
    await told(/^New object:/)
    await word('founded').click()
    await expectRelations(1, ['Mara Velt founder_of founded', 'Orbisk Labs based_in Tarnow'])
    const label = await middle(page.locator('.label', { hasText: 'founder_of' }))
    await page.mouse.click(label.x, label.y, { button: 'right' })
    await menuItem('Change type').click()
    await expect.poll(async () => (await distance(list('Relation type'), label)).x).toEqual(within(30))
    await page.keyboard.press('Escape')
    await page.locator('.label', { hasText: 'founder_of' }).click({ button: 'right' })
    await menuItem('Reverse').click()
    await expectRelations(1, ['founded founder_of Mara Velt', 'Orbisk Labs based_in Tarnow'])
    await page.locator('.label', { hasText: 'founder_of' }).click({ button: 'right' })
    await menuItem('Remove').click()
    await expectRelations(1, ['Orbisk Labs based_in Tarnow'])
  })

  it.each(['ContextMenu', 'Shift+F10'])('opens by %s on what is chosen, and gives the focus back', async (key) => {
    await word('Mara').click()
    await page.keyboard.press(key)
    await menuItem('Draw a relation').waitFor()
    await page.keyboard.press('Escape')
    await menuItem('Draw a relation').waitFor({ state: 'hidden' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid')
  })

  it('opens on a plain word, too, where words and sentences are split and joined', async () => {
    await word('in').click({ button: 'right' })
    await menuItem('Split the sentence before the word').click()
    await told(/^based_in, Orbisk Labs to Tarnow, would go from one sentence to another: remove it first$/)
    await word('in').click({ button: 'right' })
    await menuItem('Split the word').click()
    await page.getByRole('dialog', { name: 'Split in' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await told(/^in split into i and n$/)
    await word('i').waitFor()
    await page.keyboard.press('Control+z')
    await word('in').waitFor()
    await expectSpans(1, ['0-2 PERSON', '2-3 ORG', '3-5 ORG', '6-7 PLACE'])
  })
})

describe('spans over each other', () => {
  it('are gone through by clicks, the smallest first, and listed where the pointer rests', async () => {
    await annotate(1, (annotation) => addSpan(annotation, { start: 3, end: 4 }, 'PLACE', context(1)))
    await page.getByRole('gridcell', { name: /PLACE Orbisk/ }).waitFor()
    const bar = page.getByRole('toolbar', { name: 'Selection' })
    await word('Orbisk').click()
    await bar.getByText('Orbisk is PLACE').waitFor()
    await page.locator('.list li').first().waitFor()
    await expect.poll(() => page.locator('.list li').allTextContents()).toEqual(['PLACE Orbisk', 'ORG Orbisk Labs'])
    await pause()
    await word('Orbisk').click()
    await bar.getByText('Orbisk Labs is ORG').waitFor()
    await pause()
    await word('Orbisk').click()
    await bar.getByText('Orbisk is PLACE').waitFor()
  })
})

describe('the end of the text', () => {
  it('has a button for "done and next", which tells problems first', async () => {
    const done = page.getByRole('region', { name: 'Sentence editor' }).getByRole('button', { name: /^Done/ })
    await done.click()
    await told(/overlap.*Press D again/)
    await expect.poll(() => done.textContent()).toMatch('Done all the same')
    await done.click()
    await page.getByText('Small / train / sentence 2').waitFor()
    await expect.poll(async () => (await annotationOf(1)).review.isReviewed).toBe(true)
  })
})

describe('a suggestion at its mark', () => {
  it('is accepted or rejected by the buttons that show where the pointer is', async () => {
    const first = texts.length + 1
    const { handlers } = opened.services
    const gold = await annotationOf(first)
    const changes = gold.relations.map((before) => ({ kind: 'relation' as const, before, after: null }))
    const spans = gold.spans.map((before) => ({ kind: 'span' as const, before, after: null }))
    await handlers.annotations.apply({ sentenceId: first, description: 'Emptied', changes: [...changes, ...spans] })
    // coming from another place, the newest run of the sentence's corpus suggests
    await page.evaluate(() => (location.hash = '#/settings'))
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await goTo(first, 'Tiny / train / sentence 1')
    await page.locator('.mark.suggested').first().waitFor()
    const marked = page.locator('[data-row="words"][data-token="' + String(gold.spans[0]?.start ?? 0) + '"]')
    await marked.hover()
    const accept = page.getByRole('button', { name: /^Accept: / }).first()
    const box = await accept.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24)
    await accept.click()
    await expect.poll(async () => (await annotationOf(first)).spans.length).toBeGreaterThan(0)
    await page.keyboard.press('n')
    await page
      .getByRole('button', { name: /^Reject: / })
      .first()
      .waitFor()
    await expectAccessible(page)
    const refused = (await annotationOf(first)).rejections.length
    await page
      .getByRole('button', { name: /^Reject: / })
      .first()
      .click()
    await expect.poll(async () => (await annotationOf(first)).rejections.length).toBe(refused + 1)
  })

  it('leaves a window that a machine finds accessible', async () => {
    await goTo(1)
    await word('Orbisk').click()
    await expectAccessible(page)
  })

  it('complained about nothing', () => expect(opened.complaints).toEqual([]))
})
