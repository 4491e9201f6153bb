/** Annotate with a run that knows no entities: said where nothing is suggested, and useful once names are annotated. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { expectAccessible } from '../support/accessible.ts'
import { importTiny } from '../support/services.ts'
import { onDisk } from '../support/files-on-disk.ts'

let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async (services) => {
    await importTiny(services)
    await services.handlers.system.updateSettings({ suggestOnTest: true })
    const files = [{ name: 'new.txt', text: 'Ilse Dorn founded Fernhall .' }]
    await services.handlers.corpora.import({ corpus: 'Tiny', split: 'test', taskId: 'new', files: onDisk(...files) })
  })
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

it('says that the run knows no entities, and suggests its relations between spans that are annotated', async () => {
  const { annotations, corpora, runs } = opened.services.handlers
  const [{ corpusId = 0 } = {}] = await corpora.list()
  await runs.start(
    runRequest.parse({
      ...{ corpusId, variants: ['relation-a'], seeds: [1], backend: 'wasm' },
      model: { wordDimension: 12, hidden: 12, casingDimension: 4 },
      training: { epochs: 25, batchSize: 10, learningRate: 0.02, dropout: 0, wordDropout: 0 },
    }),
  )
  const statuses = async () => (await runs.list()).map(({ status }) => status)
  await expect.poll(statuses, { timeout: 60_000 }).toEqual(['finished'])
  const { items } = await annotations.queue({
    ...{ corpusId, order: 'all', runId: null, againstRunId: null },
    ...{ filter: { splits: ['test'], search: 'Ilse Dorn founded Fernhall' }, offset: 0, limit: 50 },
  })
  const sentenceId = items.at(-1)?.sentenceId ?? 0
  await page.evaluate((hash) => (location.hash = hash), `#/annotate/${sentenceId}`)
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByText('The run knows relations and no entities').waitFor()
  await inspector.getByText('at least two are needed').waitFor()
  const offered = page.getByRole('combobox', { name: 'Suggestions from' }).getByRole('option')
  await expect
    .poll(async () => (await offered.allTextContents()).map((label) => label.trim()))
    .toContain('Suggestions: relation-a seed 1, relations only')
  await expectAccessible(page)

  const [{ name: label = '' } = {}] = (await annotations.open({ sentenceId, runId: null })).labels.entityTypes
  const provenance = { origin: 'person', author: 'Ada' } as const
  const spans = [
    { id: 's', start: 0, end: 2, label, provenance },
    { id: 'o', start: 3, end: 4, label, provenance },
  ]
  await annotations.apply({
    ...{ sentenceId, description: 'both named' },
    changes: spans.map((after) => ({ kind: 'span' as const, before: null, after })),
  })
  await inspector.getByText('founded, Ilse Dorn to Fernhall').waitFor()
  await inspector.getByRole('button', { name: 'Accept', exact: true }).click()
  await inspector.getByText('and here nothing beyond what is there').waitFor()
  const relations = async () => (await annotations.open({ sentenceId, runId: null })).annotation.relations
  await expect
    .poll(relations)
    .toMatchObject([{ subject: 's', type: 'founded', object: 'o', provenance: { origin: 'run' } }])
}, 120_000)
