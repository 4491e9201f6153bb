/** Filters by a run: gold that differs from its predictions and their confidence, alone and with all other filters. */
import { describe, expect, it } from 'vitest'
import type { RunFilter, SentenceFilter } from '#main/document/sentence-row'
import { toScores } from '#main/evaluation/scores'
import { predicted } from '../support/labelled-sentences.ts'
import { makeRun } from '../support/renderer-runs.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

const runId = 'pmei-1'

/** Six sentences "Jon met Ada"; the run finds the triple in the first, in the second too although gold has none there, and nothing in the third. */
function open() {
  const workspace = temporaryWorkspace()
  const gold = ['Jon', 'met', 'Ada'] as const
  const corpusId = makeCorpus(
    workspace,
    tripleDocs(['Jon met Ada', gold], ['Jon met Ada too'], ['Jon met Ada there', gold], ['Jon'], ['Ada'], ['Eve']),
  )
  const ids = sentenceIdsOf(workspace, corpusId)
  workspace.runs.insert(makeRun('pmei', 1, { corpusId }))
  const found = predicted(4, [[0, 1], [2, 3]], [[0, 'met', 1]]) // prettier-ignore
  const unsure = { ...found, cells: found.cells.map((cell) => ({ ...cell, probability: 0.6 })) }
  const entries = [found, unsure, predicted(4, [], [])].map((prediction, at) => ({
    ...{ sentenceId: ids[at] ?? 0, prediction },
  }))
  workspace.predictions.store(runId, 1, entries)
  const places = (run: Omit<RunFilter, 'runId'>, filter: SentenceFilter = {}) => {
    const page = workspace.corpora.sentencePage(corpusId, { ...filter, run: { runId, ...run } }, 0, 10)
    expect(page.total).toBe(page.rows.length)
    return page.rows.map(({ sentenceId }) => ids.indexOf(sentenceId))
  }
  return { workspace, corpusId, ids, entries, places }
}

describe('sentences by what a run predicts', () => {
  it('are those that gold differs from, agrees with, or that have no prediction', () => {
    const { places } = open()
    expect(places({ gold: 'differs' })).toEqual([1, 2])
    expect(places({ gold: 'agrees' })).toEqual([0])
    expect(places({ gold: 'unpredicted' })).toEqual([3, 4, 5])
    expect(places({})).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('are those whose least certain finding is within the bounds; where nothing is found none is', () => {
    const { places } = open()
    expect(places({ leastConfidence: 0.7 })).toEqual([0])
    expect(places({ mostConfidence: 0.7 })).toEqual([1])
    expect(places({ leastConfidence: 0.5, mostConfidence: 1 })).toEqual([0, 1])
    expect(places({ gold: 'differs', leastConfidence: 0.5 })).toEqual([1])
  })

  it('combine with every other filter', () => {
    const { places } = open()
    expect(places({ gold: 'differs' }, { search: 'there' })).toEqual([2])
    expect(places({ gold: 'differs' }, { relationType: 'met' })).toEqual([2])
    expect(places({ gold: 'differs' }, { overlapClass: 'none' })).toEqual([1])
    expect(places({ gold: 'unpredicted' }, { search: 'Eve' })).toEqual([5])
    expect(places({ gold: 'differs' }, { splits: ['dev'] })).toEqual([])
  })

  it('tells how many sentences of the corpus the run has not predicted', () => {
    const { workspace, corpusId } = open()
    const page = (filter: SentenceFilter) => workspace.corpora.sentencePage(corpusId, filter, 0, 10).unpredicted
    expect(page({ run: { runId, gold: 'differs' } })).toBe(3)
    expect(page({})).toBeUndefined()
  })

  it('follow what is annotated and predicted, and the thresholds', () => {
    const { workspace, ids, entries, places } = open()
    expect(places({ gold: 'differs' }, { search: 'met' })).toEqual([1, 2]) // found and kept
    const [, second] = ids
    const accepted = workspace.annotations.annotation(ids[0] ?? 0)
    workspace.annotations.apply(
      second ?? 0,
      'Ada',
      'accept',
      [
        ...accepted.spans.map((after) => ({ kind: 'span' as const, before: null, after })),
        ...accepted.relations.map((after) => ({ kind: 'relation' as const, before: null, after })),
      ],
      1,
    )
    expect(places({ gold: 'differs' }, { search: 'met' })).toEqual([2])
    expect(places({ gold: 'differs' })).toEqual([2])
    const thresholds = { usual: 0.5, byRelation: { met: 0.7 }, before: toScores(1, 1, 1), after: toScores(1, 1, 1) }
    workspace.runs.update({ ...workspace.runs.find(runId), thresholds })
    expect(places({ gold: 'differs' })).toEqual([1, 2])
    const [first] = entries
    workspace.predictions.store(runId, 1, [{ sentenceId: ids[2] ?? 0, prediction: first!.prediction }])
    expect(places({ gold: 'differs' })).toEqual([1])
    expect(places({ gold: 'unpredicted' })).toEqual([3, 4, 5])
    workspace.predictions.clear(runId)
    expect(places({ gold: 'unpredicted' }).length).toBe(6)
    expect(workspace.health().integrity).toBe('ok')
  })

  it('give the same page wherever it begins', () => {
    const { workspace, corpusId } = open()
    const run = { runId, gold: 'unpredicted' } as const
    const texts = (offset: number) =>
      workspace.corpora.sentencePage(corpusId, { run }, offset, 1).rows.map(({ text }) => text)
    expect([texts(0), texts(1), texts(2), texts(3)]).toEqual([['Jon'], ['Ada'], ['Eve'], []])
  })

  it('choose what moves to another split', async () => {
    const { workspace, corpusId, places } = open()
    const selection = { filter: { run: { runId, gold: 'differs' as const } }, without: [] }
    const act = { corpusId, author: 'Ada', atMs: 1 }
    await workspace.splits.assign(act, selection, 'test', () => 'moved', () => Promise.resolve()) // prettier-ignore
    expect(places({}, { splits: ['test'] })).toEqual([1, 2])
  })
})
