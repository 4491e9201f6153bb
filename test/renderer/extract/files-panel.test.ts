// @vitest-environment happy-dom
/** The tab for files: the extractions there are, told apart, above the form of a new one. */
import { expect, it } from 'vitest'
import type { ExtractionSummary } from '#main/document/extracted-document'
import FilesPanel from '#window/features/extract/FilesPanel.vue'
import { mount } from '../../support/mounted.ts'

const extraction = (jobId: number, changed: Partial<ExtractionSummary> = {}): ExtractionSummary => ({
  ...{ extractionId: jobId, jobId, runId: 'mtl-2', runName: 'mtl seed 2', isRunRemoved: false, title: 'news.txt' },
  ...{ output: null, status: 'finished', failure: null, documents: 2, sentences: 4, triples: 6, failures: 0 },
  ...{ precision: null, remarks: [], createdMs: Date.UTC(2026, 10, 30, 12) },
  ...changed,
})

it('tells equal extractions apart by their jobs, and shows the list above the form', () => {
  const { element } = mount(FilesPanel, {
    props: {
      extractions: [
        extraction(8),
        extraction(7, { status: 'failed', failure: 'None of the 2 documents could be read.' }),
      ],
      ...{ selected: undefined, corpora: [], jobOf: () => undefined, sent: null, failure: null, canExtract: true },
      ...{ precision: '', pairRule: 'any', encoding: '' },
    },
  })
  expect([...element.querySelectorAll('h2')].map((head) => head.textContent)).toEqual(['Extractions', 'New extraction'])
  const rows = [...element.querySelectorAll('.extraction')].map(({ textContent }) =>
    textContent.replaceAll(/\s+/g, ' '),
  )
  expect(rows[0]).toMatch(/news\.txt.*Job 8 · mtl seed 2 · 30 Nov 2026, \d\d:00/)
  expect(rows[1]).toMatch(/news\.txt.*Failed.*Job 7 · /)
  expect(element.textContent).toContain('None of the 2 documents could be read.')
})
