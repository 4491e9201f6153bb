/** What is being typed is saved where it was begun: after Back, after a reload, beside another tab, without a connection. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importSmall } from '../support/annotated-corpora.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'

const labels = { entityTypes: [{ name: 'PERSON' }], relationTypes: [], signatures: [] }
const provenance = { origin: 'import', author: 'file' } as const
let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async (services) => {
    await importSmall(services, ['Mara met Ada .', 'Jon met Ada .', 'Ada left .'], labels)
    // one id in two sentences, as files of other tools have them
    for (const sentenceId of [1, 2]) {
      const after = { id: 'T1', start: 0, end: 1, label: 'PERSON', provenance }
      const changes = [{ kind: 'span' as const, before: null, after }]
      await services.handlers.annotations.apply({ sentenceId, description: 'labelled', changes })
    }
  })
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

const annotationOf = async (sentenceId: number) =>
  (await opened.services.handlers.annotations.open({ sentenceId, runId: null })).annotation
const noteOf = async (sentenceId: number) => (await annotationOf(sentenceId)).review.note
const spanNoteOf = async (sentenceId: number) => (await annotationOf(sentenceId)).spans[0]?.remark?.note ?? ''
const note = (on = page) => on.getByRole('textbox', { name: 'Note', exact: true })
async function goTo(sentenceId: number, on = page): Promise<void> {
  await on.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
  await on.getByText(`Small / train / sentence ${sentenceId}`, { exact: true }).waitFor()
}

async function openTab(): Promise<Page> {
  const other = await page.context().newPage()
  await other.goto(opened.createUrl())
  await other.getByRole('heading', { level: 1 }).waitFor()
  return other
}

describe('a note being typed', () => {
  it('stays with its sentence when the browser goes back', async () => {
    await goTo(1)
    await goTo(2)
    await note().fill('about Jon')
    await page.goBack()
    await page.getByText('Small / train / sentence 1', { exact: true }).waitFor()
    await expect.poll(() => noteOf(2)).toBe('about Jon')
    await expect.poll(() => noteOf(1)).toBe('')
    await expect.poll(() => note().inputValue()).toBe('')
  })

  it('stays with its span, though the other sentence has one of the same id', async () => {
    await goTo(1)
    await goTo(2)
    await page.locator('[data-row="words"]', { hasText: 'Jon' }).click()
    await page.getByRole('textbox', { name: 'Note on Jon' }).fill('which Jon?')
    await page.goBack()
    await page.getByText('Small / train / sentence 1', { exact: true }).waitFor()
    await expect.poll(() => spanNoteOf(2)).toBe('which Jon?')
    await expect.poll(() => spanNoteOf(1)).toBe('')
  })

  it('is saved when the page is loaded anew, or closed', async () => {
    await goTo(3)
    await note().fill('typed before the reload')
    await page.reload()
    await expect.poll(() => noteOf(3)).toBe('typed before the reload')
    const other = await openTab()
    await goTo(3, other)
    await expect.poll(() => note(other).inputValue()).toBe('typed before the reload')
    await note(other).fill('typed before closing')
    await other.close({ runBeforeUnload: true })
    await expect.poll(() => noteOf(3)).toBe('typed before closing')
  })

  it('is not replaced by what another tab saves: both texts are shown and kept', async () => {
    const other = await openTab()
    await goTo(1)
    await goTo(1, other)
    await note().fill('mine')
    await note(other).fill('theirs')
    await note(other).press('Escape')
    await page.getByRole('alert').filter({ hasText: 'This note was changed meanwhile to theirs' }).waitFor()
    await expect.poll(() => note().inputValue()).toBe('mine')
    await note().press('Escape')
    await expect.poll(() => noteOf(1)).toBe('theirs\nmine')
    await expect.poll(() => note(other).inputValue()).toBe('theirs\nmine')
    await other.close()
  })

  it('is followed by other acts at once', async () => {
    await goTo(2)
    await note().fill('then done')
    await note().press('Escape')
    await page.keyboard.press('Escape') // lets go of the span at the caret
    await page.keyboard.press('f')
    await page.keyboard.press('d')
    await expect
      .poll(async () => (await annotationOf(2)).review)
      .toEqual({
        ...{ isReviewed: true, isFlagged: true, note: 'then done' },
      })
  })
})

describe('a form that is not saved by leaving it', () => {
  it('of a new run has its fields again after a reload, until it is started afresh', async () => {
    await page.evaluate(() => (location.hash = '#/train'))
    await page.getByRole('button', { name: 'New run' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New run' })
    const restored = dialog.getByText('These settings were filled in earlier')
    const epochs = dialog.getByLabel('Epochs', { exact: true })
    const usual = await epochs.inputValue()
    await dialog.getByLabel('Seeds').fill('3, 4, 5')
    await epochs.fill('17')
    await expect.poll(() => restored.count()).toBe(0)
    await page.reload()
    await page.getByRole('button', { name: 'New run' }).first().click()
    await restored.waitFor()
    await expect
      .poll(async () => [await dialog.getByLabel('Seeds').inputValue(), await epochs.inputValue()])
      .toEqual(['3, 4, 5', '17'])
    await dialog.getByRole('button', { name: 'Start afresh' }).click()
    await expect.poll(() => epochs.inputValue()).toBe(usual)
    await restored.waitFor({ state: 'hidden' })
    await page.keyboard.press('Escape')
  })

  it('of an import has its fields again when the same file is chosen again', async () => {
    const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Mara left .') }
    const open = async () => {
      await page.evaluate(() => (location.hash = '#/corpora'))
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      return page.getByRole('dialog', { name: 'Import' })
    }
    const dialog = await open()
    await dialog.getByLabel('Files to import').setInputFiles(file)
    await dialog.getByLabel('Corpus', { exact: true }).fill('Field notes')
    await dialog.getByLabel('Split of notes.txt').selectOption('dev')
    await page.reload()
    await open()
    await dialog.getByText('notes.txt was chosen earlier and not imported').waitFor()
    await dialog.getByLabel('Files to import').setInputFiles(file)
    await expect.poll(() => dialog.getByLabel('Corpus', { exact: true }).inputValue()).toBe('Field notes')
    await dialog.getByRole('button', { name: 'Import 1 sentence' }).click()
    await page.getByText('Imported 1 sentence into Field notes').waitFor()
    const listed = () => opened.services.handlers.corpora.list()
    await expect
      .poll(async () => (await listed()).find(({ name }) => name === 'Field notes')?.splits.dev.sentences)
      .toBe(1)
    await open()
    await expect.poll(() => dialog.getByText('was chosen earlier').count()).toBe(0)
    await page.keyboard.press('Escape')
  })
})

it('complained about nothing', () => expect(opened.complaints).toEqual([]))

it('offers a note again after a reload where the connection broke while it was saved', async () => {
  let isBroken = false
  await page.routeWebSocket(/rpc/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => socket.send(message))
    socket.onMessage((message) => {
      if (!isBroken || !String(message).includes('annotations/apply')) server.send(message)
      else void Promise.all([socket.close(), server.close()])
    })
  })
  await page.reload()
  await goTo(3)
  isBroken = true
  await note().fill('typed while it broke')
  await note().press('Escape')
  await page.getByRole('alert').filter({ hasText: 'Not saved' }).waitFor()
  await page.reload()
  await page.getByRole('alert').filter({ hasText: 'This text was not saved when the window was closed' }).waitFor()
  isBroken = false
  await expect.poll(() => note().inputValue()).toBe('typed while it broke')
  await note().focus()
  await note().press('Escape')
  await expect.poll(() => noteOf(3)).toBe('typed while it broke')
})

it('shows a guideline that could not be saved, to be taken or discarded, where its type is renamed meanwhile', async () => {
  const { corpora, labels: sets } = opened.services.handlers
  const corpusId = (await corpora.list()).find(({ name }) => name === 'Small')?.corpusId ?? 0
  let isBroken = false
  await page.routeWebSocket(/rpc/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => socket.send(message))
    socket.onMessage((message) => {
      if (!isBroken || !String(message).includes('labels/update')) server.send(message)
      else void Promise.all([socket.close(), server.close()])
    })
  })
  await page.evaluate(() => (location.hash = '#/corpora'))
  await page.reload()
  await page.getByText('Small', { exact: true }).first().click()
  await page.getByRole('tab', { name: 'Labels' }).click()
  await page
    .getByRole('region', { name: 'Entity types' })
    .getByRole('button', { name: /^PERSON/ })
    .click()
  isBroken = true
  await page.getByRole('textbox', { name: 'Guideline' }).fill('people alone')
  await page.getByRole('textbox', { name: 'Guideline' }).blur()
  await page.getByRole('alert').filter({ hasText: 'Not saved' }).waitFor()
  await sets.relabel({ corpusId, kind: 'entity', from: 'PERSON', to: 'HUMAN' })
  await page.reload()
  isBroken = false
  await page.getByRole('tab', { name: 'Labels' }).click()
  const lost = page.getByRole('alert').filter({ hasText: 'typed for PERSON and not saved' })
  await lost.filter({ hasText: 'people alone' }).waitFor()
  await lost.getByRole('button', { name: 'Discard' }).click()
  await lost.waitFor({ state: 'hidden' })
})
