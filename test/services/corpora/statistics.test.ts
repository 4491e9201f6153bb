/** Statistics as a job: kept until the corpus changes, computed once for all who ask, cancelled like any other. */
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { AppEvent } from '#main/api/events'
import { runSteps } from '#main/core/steps'
import { readStatistics } from '#main/services/corpora/read-statistics'
import { statisticsSteps } from '#main/services/corpora/statistics'
import { createStatistics, createStatisticsKind } from '#main/services/corpora/statistics-kind'
import { createJobs } from '#main/services/jobs/jobs'
import { createTasks } from '#main/services/system/tasks'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeCorpus, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

const docs = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    tripleDocs([`Mara ${at} left Velt`, ['Mara', 'left', 'Velt']], ['Ada stays .']),
  ).flat()

function open(count = 3) {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(workspace, docs(count))
  workspace.corpora.addDocs(corpusId, 'test', 'b', docs(2))
  const events: AppEvent[] = []
  const tasks = createTasks({ emit: (event) => void events.push(event) })
  const context = { ...recordedContext(workspace), tasks }
  const kind = createStatisticsKind(context)
  const jobs = createJobs(context, [kind.kind])
  const statistics = createStatistics(context, kind, jobs)
  const finished = () => events.filter((event) => event.type === 'task' && event.task.state === 'finished').length
  return { workspace, corpusId, context, tasks, jobs, finished, statistics }
}

describe('the statistics of a corpus', () => {
  it('are computed once, and again only when the corpus has changed', async () => {
    const { workspace, corpusId, statistics, finished } = open()
    const first = await statistics({ corpusId, orKept: false })
    expect(first).toMatchObject({ isStale: false, computedMs: expect.any(Number) })
    expect(first.splits.map(({ sentences }) => sentences)).toEqual([6, 0, 4])
    const { statistics: kept = '' } = workspace.corpora.keptStatistics(corpusId) ?? {}
    workspace.corpora.keepStatistics(corpusId, {
      statistics: kept.replace('"sentences":6', '"sentences":66'),
      ...{ changes: workspace.corpora.changes(corpusId), computedMs: 5 },
    })
    expect((await statistics({ corpusId, orKept: false })).splits[0]?.sentences).toBe(66)
    workspace.corpora.addDocs(corpusId, 'dev', 'c', docs(1))
    expect(finished()).toBe(1)
    const older = await statistics({ corpusId, orKept: true })
    expect([older.isStale, older.computedMs, older.splits[0]?.sentences]).toEqual([true, 5, 66])
    const newer = await statistics({ corpusId, orKept: false })
    expect([newer.isStale, newer.splits.map(({ sentences }) => sentences)]).toEqual([false, [6, 2, 4]])
    expect(newer.computedMs).toBe(1_000)
  })

  it('are computed once for all who ask meanwhile', async () => {
    const { corpusId, statistics, finished } = open()
    const [one, other] = await Promise.all([1, 2].map(() => statistics({ corpusId, orKept: false })))
    expect(one).toEqual(other)
    expect(finished()).toBe(1)
  })

  it('are read some sentences at a time', () => {
    const { workspace, corpusId } = open(600)
    const told: number[] = []
    const steps = statisticsSteps(workspace, corpusId, (share) => void told.push(share))
    expect(runSteps(steps).splits[0]?.sentences).toBe(1200)
    expect(told.length).toBeGreaterThan(1)
    expect(told.at(-1)).toBe(1)
  })

  it('of a large corpus are read by two threads, and are the same', async () => {
    const { corpusId, context } = open(600)
    const told: number[] = []
    const read = (many: number) =>
      readStatistics(context, corpusId, new AbortController().signal, (share) => void told.push(share), many)
    const inOne = await read(Infinity)
    expect(inOne.memoryFloor?.scores.gold).toBe(2)
    told.length = 0
    expect(await read(1)).toEqual(inOne)
    expect(told.at(-1)).toBe(1)
    expect(told.toSorted((a, b) => a - b)).toEqual(told)
  })

  it('of a corpus that is edited while two threads read are those of one state', async () => {
    const { workspace, corpusId, context } = open(600)
    let edit = (): void => {
      edit = () => undefined
      workspace.corpora.addDocs(corpusId, 'train', 'c', docs(1))
    }
    const read = () =>
      readStatistics(context, corpusId, new AbortController().signal, () => edit(), 1).then(({ splits }) => splits[0])
    expect((await read())?.sentences).toBe(1200)
    expect((await read())?.sentences).toBe(1202)
  })

  it('say why they cannot be read when one of two threads fails, and neither waits for the other', async () => {
    const { corpusId, context } = open(600)
    const ask: typeof context.reads.ask = (name, input, options) =>
      name === 'figures'
        ? Promise.reject(new Error('the disk failed'))
        : context.reads.ask(name, input, options).finally(() => ended.push(name))
    const ended: string[] = []
    const reads = { ...context.reads, ask }
    const { signal } = new AbortController()
    await expect(readStatistics({ ...context, reads }, corpusId, signal, () => undefined, 1)).rejects.toThrow(
      'the disk',
    )
    await setImmediate()
    expect(ended).toEqual(['memoryFloor'])
    expect((await readStatistics(context, corpusId, signal, () => undefined, 1)).memoryFloor?.scores.gold).toBe(2)
  })

  it('can be cancelled, and nothing is kept then', async () => {
    const { workspace, corpusId, statistics, tasks } = open(1500)
    const asked = statistics({ corpusId, orKept: false })
    await setImmediate()
    tasks.cancel(`statistics-${corpusId}`)
    await expect(asked).rejects.toThrow('The statistics were cancelled.')
    expect(workspace.corpora.keptStatistics(corpusId)).toBeNull()
    expect((await statistics({ corpusId, orKept: false })).splits[0]?.sentences).toBe(3000)
    expect(workspace.jobs.list({ offset: 0, limit: 9 }).total).toBe(0)
  })

  it('that were stopped are computed by the same job when they are asked for again', async () => {
    const { workspace, corpusId, statistics, jobs } = open(1500)
    const asked = statistics({ corpusId, orKept: false })
    await setImmediate()
    jobs.pause(1)
    await expect(asked).rejects.toThrow('statistics of made was stopped. It can be resumed')
    expect(workspace.jobs.find(1).state).toBe('paused')
    expect((await statistics({ corpusId, orKept: false })).splits[0]?.sentences).toBe(3000)
    expect(workspace.jobs.list({ offset: 0, limit: 9 }).total).toBe(0)
  })
})
