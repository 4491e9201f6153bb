/** The comparisons service: which runs may share a table, and the floor and ceiling it adds from the corpus. */
import { describe, expect, it, vi } from 'vitest'
import type { ComparisonView } from '#main/comparison/saved-comparison'
import type { Split } from '#main/document/doc'
import { goldIsWrong } from '#main/document/gold-mark'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { evaluate } from '#main/evaluation/evaluate'
import { oraclePredictions } from '#main/evaluation/oracle'
import { countInAllModes } from '#main/evaluation/sentence-counts'
import { runSteps } from '#main/core/steps'
import { thresholdsOf } from '#main/runs/run'
import { createComparisons } from '#main/services/comparisons/comparisons'
import { digestSteps } from '#main/services/runs/gold-digests'
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
  /** Every sentence is predicted perfectly, but `mtl` finds nothing in the second. */
  const predictionsOf = (runId: string, sentences: readonly LabelledSentence[]) =>
    oraclePredictions(sentences, 'last').map((own, at) => (runId.startsWith('mtl') && at === 1 ? null : own))
  const asked: string[] = []
  const unscored = new Set<string>()
  const comparisons = createComparisons(recordedContext(workspace), {
    async look(run, split) {
      const { runId } = run
      asked.push(`${runId} ${split}`)
      const sentences = read(split)
      const figures = evaluate({ sentences, predictions: predictionsOf(runId, sentences), train: read('train') })
      const how = { split, thresholds: thresholdsOf(run), predictedMs: 1, scoredMs: 1, spread: null }
      const stored = unscored.has(runId)
        ? null
        : { ...figures, ...how, changedSentences: runId === 'pmei-9' ? 12 : 0, hasCounts: true }
      return { stored, cost: { sentences: sentences.length, unpredicted: sentences.length, seconds: 3 } }
    },
    counted: ({ runId }, split) => {
      const sentences = read(split)
      const counts = countInAllModes(sentences, predictionsOf(runId, sentences))
      return { evaluationId: Number(runId.at(-1)), digests: runSteps(digestSteps(sentences)), counts }
    },
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
    const readInSlices = vi.spyOn(workspace.corpora, 'labelledPages')
    const table = await comparisons.table({ runIds, match: 'exact', split: 'test' })
    expect(asked).toEqual(['pmei-1 test', 'pmei-2 test'])
    expect(readInSlices).not.toHaveBeenCalled()
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

  it('tests every row against the one that holds the baseline, and says what that allows', async () => {
    const { comparisons, insert } = open()
    const runIds = [insert('pmei', 1), insert('mtl', 2)].map(({ runId }) => runId)
    const request = { runIds, match: 'exact', split: 'test' } as const
    const { baseline, rows, verdict } = await comparisons.differences({ ...request, baselineId: 'mtl-2' })
    expect([baseline, rows.map(({ label }) => label)]).toEqual(['mtl', ['pmei']])
    expect(rows[0]?.difference).toMatchObject({ difference: 1 - 2 / 3, low: 0, high: 1 })
    expect(rows[0]?.difference?.correctedP).toBe(1) // one sentence that differs, swapped or not
    expect(verdict[0]).toContain('On 2 sentences this row cannot be told apart from mtl')
    expect(await comparisons.differences(request)).toMatchObject({ baseline: 'pmei', rows: [{ label: 'mtl' }] })
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

  it('gives rows the names that were chosen, and refuses one name for two rows', async () => {
    const { comparisons, insert } = open()
    const runIds = [insert('pmei', 1), insert('mtl', 1)].map(({ runId }) => runId)
    const request = { runIds, match: 'exact', split: 'test' } as const
    const { rows } = await comparisons.table({ ...request, names: { 'mtl-1': 'baseline' } })
    expect(rows.map(({ label }) => label)).toEqual(['pmei', 'baseline', 'memory floor', 'oracle'])
    await expect(comparisons.table({ ...request, names: { 'mtl-1': 'pmei' } })).rejects.toThrow(
      'Two rows are named "pmei"',
    )
  })

  it('sets published figures beside rows where the build is given', async () => {
    const { comparisons, insert } = open()
    const request = { runIds: [insert('pmei', 1).runId], match: 'exact' as const, split: 'test' as const }
    expect((await comparisons.table(request)).rows[0]?.published).toBeNull()
    const [row] = (await comparisons.table({ ...request, build: 'NYT' })).rows
    expect(row?.published?.row).toMatchObject({ system: 'PMEI', f1: 84.2, build: 'NYT' })
    expect(row?.published?.why).toContain('its encoder is GloVe')
  })

  it('is kept under a name that none has yet, changed, removed and brought back', async () => {
    const { comparisons } = open()
    const view: ComparisonView = {
      ...{ runIds: ['pmei-1'], systemIds: [], match: 'exact', split: 'test', thresholds: 'given' },
      ...{ baselineId: null, names: {}, build: null, pins: [], columns: ['f1'], order: 'f1', decimals: 2 },
    }
    const { comparisonId, ...kept } = await comparisons.save({ name: 'ablation', view })
    expect(kept).toEqual({ name: 'ablation', view, savedMs: expect.any(Number) as number })
    await expect(comparisons.save({ name: 'ablation', view })).rejects.toThrow('already a comparison "ablation"')
    await comparisons.change({ comparisonId, name: 'Table 6', view: { ...view, decimals: 1 } })
    expect(await comparisons.saved()).toMatchObject([{ name: 'Table 6', view: { decimals: 1 } }])
    await comparisons.remove({ comparisonId })
    expect(await comparisons.saved()).toEqual([])
    await comparisons.restore({ comparisonId })
    expect(await comparisons.saved()).toHaveLength(1)
  })

  it('keeps the gold as it was before it was marked as wrong, and scores every row against both', async () => {
    const { comparisons, insert, workspace, corpusId } = open()
    const [pmei, mtl] = [insert('pmei', 1), insert('mtl', 1)]
    const sentences = workspace.corpora.labelledSentences(corpusId, 'test')
    for (const { runId } of [pmei, mtl]) {
      const found = oraclePredictions(sentences, 'last').map((own, at) => (runId === 'mtl-1' && at === 1 ? null : own))
      workspace.predictions.store(
        ...([runId, 2] as const),
        sentences.flatMap(({ sentenceId }, at) => (found[at] ? [{ sentenceId, prediction: found[at] }] : [])),
      )
    }
    const request = { runIds: [pmei.runId, mtl.runId], match: 'exact' as const, split: 'test' as const }
    expect(await comparisons.goldVersions(request)).toEqual({ marked: 0, corrected: 0, rows: [] })

    const sentenceId = sentences[1]?.sentenceId ?? 0
    await comparisons.markGold({ sentenceId, isWrong: true })
    await comparisons.markGold({ sentenceId, isWrong: true })
    const { annotations } = workspace
    expect(annotations.history(corpusId, sentenceId, 9).map(({ description }) => description)).toEqual([goldIsWrong])
    expect(annotations.annotation(sentenceId).review.isFlagged).toBe(true)
    expect(await comparisons.goldVersions(request)).toMatchObject({ marked: 1, corrected: 0 })

    const { relations } = annotations.annotation(sentenceId)
    const removed = relations.map((before) => ({ kind: 'relation' as const, before, after: null }))
    annotations.apply(sentenceId, 'Ada', 'Relation removed', removed, 1)
    const { corrected, rows } = await comparisons.goldVersions(request)
    expect(corrected).toBe(1)
    expect(rows.map(({ label, before, now }) => [label, before.mean, now.mean])).toEqual([
      ['pmei', 1, 2 / 3],
      ['mtl', 2 / 3, 1],
    ])

    await comparisons.markGold({ sentenceId, isWrong: false })
    expect((await comparisons.goldVersions(request)).marked).toBe(0)
    expect(annotations.annotation(sentenceId)).toMatchObject({ relations: [], review: { isFlagged: false } })
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
