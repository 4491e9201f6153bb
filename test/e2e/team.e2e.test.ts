/** A team of two in the real window: a package goes out, is opened and returned, and becomes a layer. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/accessible.ts'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { importTiny } from '../support/services.ts'

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow((services) => importTiny(services, { train: 30 }))
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

describe('the team of a corpus', () => {
  it('gets packages, which come back as layers whose agreement is told', async () => {
    await page.getByRole('tab', { name: 'Team' }).click()
    await page.getByText('One annotator so far').waitFor()
    await page.getByRole('button', { name: 'Assign …' }).click()
    const dialog = page.getByRole('dialog', { name: /^Assign sentences/ })
    await dialog.getByLabel('People').fill('Ann')
    await dialog.getByLabel('With the annotation').check()
    const [assigned] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save' }).click(),
    ])
    await page.getByRole('row', { name: /^Ann 30 30 .* not yet/ }).waitFor()
    await page.getByLabel('Package to open').setInputFiles(await assigned.path())
    await page.getByText('assigned to Ann').waitFor()
    const { corpora, annotations } = opened.services.handlers
    const corpusId = (await corpora.list()).at(-1)?.corpusId ?? 0
    for (const sentenceId of await corpora.sentenceIds({ corpusId, filter: {}, offset: 0, limit: 20 })) {
      const before = { isReviewed: false, isFlagged: false, note: '' }
      const changes = [{ kind: 'review', before, after: { ...before, isReviewed: true } } as const]
      await annotations.apply({ sentenceId, description: 'done', changes })
    }
    const [returned] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Return …', exact: true }).click(),
    ])
    await page.getByRole('button', { name: /^Tiny \d/ }).click()
    await page.getByLabel('Returned package').setInputFiles(await returned.path())
    await page.getByText('20 sentences would be added').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.getByRole('row', { name: /^Ann 30 30 .* 20 reviewed/ }).waitFor()
    await page.getByText('20 sentences by at least two of them').waitFor()
    await page.getByRole('table', { name: 'Agreement on spans' }).getByRole('row', { name: /^All/ }).waitFor()
    await expectAccessible(page)
    expect(opened.complaints).toEqual([])
  })
})
