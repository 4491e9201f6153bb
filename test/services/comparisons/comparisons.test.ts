/** The comparisons service: which runs may share a table, and the floor and ceiling it adds from the corpus. */
import { describe, expect, it, vi } from 'vitest'
import type { Split } from '#main/document/doc'
import { evaluate } from '#main/evaluation/evaluate'
import { oraclePredictions } from '#main/evaluation/oracle'
import { thresholdsOf } from '#main/runs/run'
import { createComparisons } from '#main/services/comparisons/comparisons'
import { recordedContext } from '../../support/recorded-context.ts'
import { makePoint, makeRun, scoresOf } from '../../support/renderer-runs.ts'
import { makeCorpus, temporaryWorkspace, tripleDocs, type TripleRecord } from '../../support/temporary-workspace.ts'

const ada: TripleRecord = ['Ada founded Orbisk', ['Ada', 'founder_of', 'Orbisk']]
const tam: TripleRecord = ['Tam founded Hask', ['Tam', 'founder_of', 'Hask']]

function open() {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(workspace, tripleDocs(ada))
  workspace.corpora.addDocs(corpusId, 'test', 'test.json', tripleDocs(ada, tam))
  const read = (split: Split) => workspace.corpora.labelledSentences(corpusId, split)
  const asked: string[] = []
  const unscored = new Set<string>()
  // every sentence is predicted perfectly
  const comparisons = createComparisons(recordedContext(workspace), (run, split) => {
    const { runId } = run
    asked.push(`${runId} ${split}`)
    const sentences = read(split)
    const figures = evaluate({ sentences, predictions: oraclePredictions(sentences, 'last'), train: read('train') })
    const how = { split, thresholds: thresholdsOf(run), predictedMs: 1, scoredMs: 1, spread: null }
    const stored = unscored.has(runId) ? null : { ...figures, ...how, changedSentences: runId === 'pmei-9' ? 12 : 0 }
    return { stored, cost: { sentences: sentences.length, unpredicted: sentences.length, seconds: 3 } }
  })
  const insert = (...[variant, seed, part]: Parameters<typeof makeRun>) => {
    const run = makeRun(variant, seed, { corpusId, ...part })
    workspace.runs.insert(run)
    workspace.runs.update(run)
    return run
  }
  return { workspace, comparisons, corpusId, insert, asked, unscored }
}

describe('a comparison', () => {
  it('scores every run once and adds the floor and the oracle of the corpus', async () => {
    const { comparisons, insert, asked, workspace } = open()
    const [first, second] = [insert('pmei', 1), insert('pmei', 2)]
    workspace.runs.addPoint(first.runId, makePoint(1))
    const runIds = [first.runId, second.runId, first.runId]
    const read = vi.spyOn(workspace.corpora, 'labelledSentences')
    const table = await comparisons.table({ runIds, match: 'exact', split: 'test' })
    expect(asked).toEqual(['pmei-1 test', 'pmei-2 test'])
    expect(read).toHaveBeenCalledTimes(4) // by what looks for the scores of the two: the corpus is read in the other thread
    expect(table).toMatchObject({ corpusName: 'made', split: 'test', match: 'exact', sentences: 2, uniqueTriples: 2 })
    expect(table.rows.map(({ label, runIds: ids, f1 }) => [label, ids.length, f1.mean])).toEqual([
      ['pmei', 2, 1],
      ['memory floor', 0, 2 / 3], // remembers one of two: precision 1, recall 1/2
      ['oracle', 0, 1],
    ])
    expect(table.rows[0]?.secondsPerEpoch).toEqual({ mean: 1.5, deviation: null })
    expect(table.rows[0]?.unseenF1).toEqual({ mean: 1, deviation: 0 })
  })

  it('leaves runs out that are not scored, and says what scoring them takes', async () => {
    const { comparisons, insert, unscored } = open()
    const runIds = [insert('pmei', 1), insert('mtl', 1)].map(({ runId }) => runId)
    unscored.add('mtl-1')
    const table = await comparisons.table({ runIds, match: 'exact', split: 'test' })
    expect(table.rows.flatMap((row) => row.runIds)).toEqual(['pmei-1'])
    expect(table.unscored).toEqual([{ runId: 'mtl-1', name: 'mtl seed 1', sentences: 2, unpredicted: 2, seconds: 3 }])
  })

  it('says which runs were scored before the gold changed', async () => {
    const { comparisons, insert } = open()
    const runIds = [insert('pmei', 9), insert('mtl', 1)].map(({ runId }) => runId)
    const { outdated, remarks } = await comparisons.table({ runIds, match: 'exact', split: 'test' })
    expect(outdated).toEqual(['pmei-9'])
    expect(remarks.join(' ')).toContain('pmei seed 9 was scored before 12 sentences changed')
  })

  it('can be read by the thresholds of the settings, where some runs were tuned on dev', async () => {
    const { comparisons, insert } = open()
    const thresholds = { usual: 0.3, byRelation: {}, before: scoresOf(1, 1, 1), after: scoresOf(1, 1, 1) }
    const runIds = [insert('pmei', 1, { thresholds }), insert('mtl', 1)].map(({ runId }) => runId)
    const remarksBy = async (by?: 'given') =>
      (await comparisons.table({ runIds, match: 'exact', split: 'test', ...(by && { thresholds: by }) })).remarks.join(
        ' ',
      )
    expect(await remarksBy()).toContain('thresholds tuned on dev: pmei')
    expect(await remarksBy('given')).not.toContain('tuned')
  })

  it('has no memory floor where strings are not compared, nor for the train split', async () => {
    const { comparisons, insert } = open()
    const runIds = [insert('mtl', 1).runId]
    const kindsOf = async (match: 'span' | 'exact', split: Split) =>
      (await comparisons.table({ runIds, match, split })).rows.map(({ kind }) => kind)
    expect(await kindsOf('span', 'test')).toEqual(['variant', 'oracle'])
    expect(await kindsOf('exact', 'train')).toEqual(['variant', 'oracle'])
  })

  it('refuses runs on different corpora by name', async () => {
    const { comparisons, insert, workspace } = open()
    const other = workspace.corpora.create('other', { entityTypes: [], relationTypes: [], signatures: [] })
    const runIds = [insert('mtl', 1).runId, insert('pmei', 1, { corpusId: other }).runId]
    const refused = comparisons.table({ runIds, match: 'exact', split: 'test' })
    await expect(refused).rejects.toThrow('pmei seed 1 on "people"')
    await expect(refused).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('refuses runs without a checkpoint and names those that stopped early', async () => {
    const { comparisons, insert } = open()
    const untrained = insert('mtl', 1, { status: 'queued', bestEpoch: null })
    await expect(comparisons.table({ runIds: [untrained.runId], match: 'exact', split: 'test' })).rejects.toThrow(
      'mtl seed 1 has no checkpoint yet',
    )
    const stopped = insert('pmei', 1, { status: 'cancelled' })
    const { remarks } = await comparisons.table({ runIds: [stopped.runId], match: 'exact', split: 'test' })
    expect(remarks.join(' ')).toContain('best checkpoint so far: pmei seed 1')
  })

  it('refuses a run that is not there', async () => {
    const { comparisons } = open()
    await expect(comparisons.table({ runIds: ['gone'], match: 'exact', split: 'test' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
