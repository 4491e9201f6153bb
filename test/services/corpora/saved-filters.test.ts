/** Saved filters: kept by name, changed, removed and brought back; what is missing is told. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { createCorpora } from '#main/services/corpora/corpora'
import { openWorkspace } from '#main/storage/workspace'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeRun } from '../../support/renderer-runs.ts'
import { makeCorpus, temporaryFolder, tripleDocs } from '../../support/temporary-workspace.ts'

function open(folder = temporaryFolder()) {
  const workspace = openWorkspace(folder)
  onTestFinished(() => workspace.close())
  const context = recordedContext(workspace)
  return { ...context, workspace, folder, corpora: createCorpora(context, () => undefined) }
}

function openWithCorpus() {
  const opened = open()
  const corpusId = makeCorpus(opened.workspace, tripleDocs(['Ada met Jon', ['Ada', 'met', 'Jon']]))
  opened.workspace.labels.put(corpusId, {
    ...{ entityTypes: [], signatures: [] },
    relationTypes: [{ name: 'met' }],
  })
  return { ...opened, corpusId }
}

describe('saved filters', () => {
  it('are there by name after the workspace was closed', async () => {
    const { corpora, corpusId, workspace, folder } = openWithCorpus()
    const filter = { splits: ['dev', 'test'], search: '"a b"', overlapClass: 'SEO' } as const
    await corpora.saveFilter({ corpusId, name: 'later', filter: { status: 'new' } })
    await corpora.saveFilter({ corpusId, name: 'hard ones', filter })
    workspace.close()
    const again = open(folder)
    expect(await again.corpora.savedFilters({ corpusId })).toEqual([
      { filterId: 2, corpusId, name: 'hard ones', filter, missing: [] },
      { filterId: 1, corpusId, name: 'later', filter: { status: 'new' }, missing: [] },
    ])
  })

  it('have one name each', async () => {
    const { corpora, corpusId } = openWithCorpus()
    const { filterId } = await corpora.saveFilter({ corpusId, name: 'a', filter: {} })
    await corpora.saveFilter({ corpusId, name: 'b', filter: {} })
    await expect(corpora.saveFilter({ corpusId, name: 'a', filter: {} })).rejects.toThrow(/already a saved filter "a"/)
    await expect(corpora.changeFilter({ filterId, name: 'b' })).rejects.toThrow(/already a saved filter "b"/)
    await corpora.changeFilter({ filterId, name: 'a', filter: { search: 'x' } })
    await corpora.changeFilter({ filterId, name: 'c' })
    expect(await corpora.savedFilters({ corpusId })).toMatchObject([
      { name: 'b' },
      { name: 'c', filter: { search: 'x' } },
    ])
  })

  it('come back when their removal is undone, until the workspace is closed', async () => {
    const { corpora, corpusId, workspace, folder, events } = openWithCorpus()
    const { filterId } = await corpora.saveFilter({ corpusId, name: 'a', filter: { search: 'x' } })
    await corpora.removeFilter({ filterId })
    expect(await corpora.savedFilters({ corpusId })).toEqual([])
    await corpora.restoreFilter({ filterId })
    expect(await corpora.savedFilters({ corpusId })).toMatchObject([{ filterId, name: 'a', filter: { search: 'x' } }])
    await corpora.removeFilter({ filterId })
    await corpora.saveFilter({ corpusId, name: 'a', filter: {} })
    await expect(corpora.restoreFilter({ filterId })).rejects.toThrow(/already a saved filter/)
    expect(events.at(-1)).toEqual({ type: 'filters-changed', corpusId })
    workspace.close()
    await expect(open(folder).corpora.restoreFilter({ filterId })).rejects.toThrow(/no saved filter/)
  })

  it('say when a type or a run that they name is gone', async () => {
    const { corpora, corpusId, workspace } = openWithCorpus()
    workspace.runs.insert(makeRun('pmei', 1, { corpusId }))
    const filter = { relationType: 'met', run: { runId: 'pmei-1', gold: 'differs' } } as const
    expect(await corpora.saveFilter({ corpusId, name: 'a', filter })).toMatchObject({ missing: [] })
    workspace.labels.put(corpusId, { entityTypes: [], relationTypes: [], signatures: [] })
    workspace.bin.putRun('pmei-1', 'Ada')
    expect(await corpora.savedFilters({ corpusId })).toMatchObject([
      {
        missing: ['The relation type met is not in the label set any more.', 'The run pmei seed 1 was removed.'],
      },
    ])
  })

  it('go with their corpus', async () => {
    const { corpora, corpusId, workspace } = openWithCorpus()
    await corpora.saveFilter({ corpusId, name: 'a', filter: {} })
    workspace.eraser.add(corpusId)
    while (workspace.eraser.step()) continue
    expect(workspace.filters.list(corpusId)).toEqual([])
    expect(workspace.health().integrity).toBe('ok')
  })
})
