/** Which sentences the gauge of over-reliance counts: the own ones, since the blind share was drawn and the run was there. */
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isBlind } from '#main/document/blind-share'
import { createAnnotations } from '#main/services/annotations/annotations'
import { createEventBus } from '#main/services/system/events'
import { createBackendLadder } from '#main/machine/backend-ladder'
import { createSystem } from '#main/services/system/system'
import { createSoundness } from '#main/services/workspaces/soundness'
import { createTasks } from '#main/services/system/tasks'
import { createProcessHost } from '#main/compute/host'
import { predicted } from '../../support/labelled-sentences.ts'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeRun } from '../../support/renderer-runs.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

const count = 100
const runMs = 1_000

function open() {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(workspace, tripleDocs(...Array.from({ length: count }, () => ['Jon met Ada'] as const)))
  const ids = sentenceIdsOf(workspace, corpusId)
  const run = makeRun('pmei', 1, { corpusId, createdMs: runMs })
  workspace.runs.insert(run)
  workspace.settings.update({ annotator: 'Ada', blindShare: 0.3, blindSeed: 5 })
  const prediction = predicted(3, [[0, 1, 'PER']], [])
  const store = (sentenceIds: readonly number[]) =>
    workspace.predictions.store(
      run.runId,
      1,
      sentenceIds.map((sentenceId) => ({ sentenceId, prediction })),
    )
  const asked: number[] = []
  const annotations = createAnnotations(recordedContext(workspace), async (_, sentenceIds) => {
    asked.push(...sentenceIds)
    store(sentenceIds)
  })
  const blind = ids.filter((id) => isBlind(id, 0.3, 5))
  return {
    ...{ workspace, ids, blind, asked, store },
    shown: ids.filter((id) => !blind.includes(id)),
    review(sentenceId: number, atMs = runMs + 1, author = 'Ada', isReviewed = true): void {
      const before = workspace.annotations.annotation(sentenceId).review
      const after = { ...before, isReviewed }
      workspace.annotations.apply(sentenceId, author, 'done', [{ kind: 'review', before, after }], atMs)
    },
    gauge: () => annotations.reliance({ corpusId, runId: run.runId }),
  }
}

describe('the gauge of over-reliance', () => {
  it('has the run read blind sentences once they are reviewed, and no others', async () => {
    const { review, gauge, blind, shown, asked, store } = open()
    store(shown.slice(0, 3))
    for (const id of [...shown.slice(0, 4), ...blind.slice(0, 2)]) review(id)
    // of four that were shown, the run had read three
    expect(await gauge()).toMatchObject({ assistedSentences: 3, blindSentences: 2 })
    expect(asked).toEqual(blind.slice(0, 2))
  })

  it("leaves out other people's sentences, those done before the run was there, and those that are open again", async () => {
    const { review, gauge, shown, store } = open()
    const [own = 0, others = 0, early = 0, reopened = 0, again = 0] = shown
    store(shown)
    review(own)
    review(others, runMs + 1, 'Ben')
    review(early, runMs - 1)
    review(reopened)
    review(reopened, runMs + 2, 'Ada', false)
    // who did it first has seen it first
    review(again, runMs + 1, 'Ben')
    review(again, runMs + 2, 'Ben', false)
    review(again, runMs + 3)
    expect((await gauge()).assistedSentences).toBe(1)
  })

  it('counts test sentences only where they came with suggestions', async () => {
    const { workspace, ids, review, gauge, store } = open()
    const corpusId = workspace.corpora.list()[0]?.corpusId ?? 0
    workspace.corpora.addDocs(corpusId, 'test', 'test.json', tripleDocs(['Jon met Ada'], ['Jon met Ada']))
    const ofTest = sentenceIdsOf(workspace, corpusId).slice(ids.length)
    workspace.settings.update({ blindShare: 0 })
    store(ofTest)
    for (const id of ofTest) review(id)
    expect(await gauge()).toMatchObject({ assistedSentences: 0, blindSentences: 0 })
    workspace.settings.update({ suggestOnTest: true })
    expect(await gauge()).toMatchObject({ assistedSentences: 2, blindSentences: 0 })
  })

  it('begins anew when the blind share is drawn anew: what was blind before is not known any more', async () => {
    const { workspace, review, gauge, shown, store } = open()
    store(shown)
    review(shown[0] ?? 0)
    expect((await gauge()).assistedSentences).toBe(1)
    const context = { ...recordedContext(workspace), now: () => runMs + 10 }
    const bus = createEventBus()
    const compute = createProcessHost()
    onTestFinished(() => compute.close())
    const ladder = createBackendLadder({ compute, file: path.join(workspace.folder, 'machine.json'), now: context.now })
    const system = createSystem(context, {
      ...{ bus, tasks: createTasks(bus), ladder, soundness: createSoundness(context) },
      log: { note: () => undefined, tail: () => [], close: () => undefined },
    })
    await system.updateSettings({ annotator: 'Ada', blindShare: 0.3 })
    expect((await gauge()).assistedSentences).toBe(1)
    await system.updateSettings({ blindSeed: 6 })
    expect(await gauge()).toMatchObject({ assistedSentences: 0, blindSentences: 0 })
    await system.updateSettings({ suggestOnTest: true })
    expect(workspace.settings.get().blindSinceMs).toBe(runMs + 10)
  })
})
