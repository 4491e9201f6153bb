/** The engine of jobs on a real workspace: order, stopping, going on, and what is left after each. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { AppError } from '#main/core/errors'
import { createJobEngine } from '#main/jobs/engine'
import { amongOthers, type JobKind, type JobWork, type Resource } from '#main/jobs/job-kind'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import { temporaryFolder } from '../support/temporary-workspace.ts'

interface Counting {
  readonly to: number
  readonly failsAt?: number
  readonly code?: 'storage' | 'invalid-input'
}

/** Counts in steps that each wait for the test to let them go on. */
function countingKind(resource: Resource = 'compute', options: { readonly isDiscarded?: boolean } = {}) {
  const seen: string[] = []
  let hold = Promise.resolve()
  const kind: JobKind<Counting, number> = {
    ...{ name: 'extract', resource },
    async run({ to, failsAt, code }, cursor, work: JobWork<number>) {
      work.total(to)
      for (let at = (cursor ?? 0) + 1; at <= to; at++) {
        await hold
        if (work.signal.aborted) return
        if (at === failsAt) throw new AppError(code ?? 'invalid-input', `It fails at ${at}.`)
        work.note('It counts.')
        work.save(at, at, () => void seen.push(`${work.jobId}:${at}`))
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    ...(options.isDiscarded ? { discard: async (_, cursor) => void seen.push(`discarded ${cursor}`) } : {}),
  }
  return {
    kind: amongOthers(kind),
    seen,
    /** Holds further steps until what is answered is called. */
    holdBack(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      hold = promise
      return resolve
    },
  }
}

function engineOn(workspace: Workspace, kind: JobKind) {
  const states: string[] = []
  const unsaved: string[] = []
  const engine = createJobEngine({
    store: workspace.jobs,
    kinds: [kind],
    now: Date.now,
    isPassing: (error) => error instanceof AppError && error.code === 'storage',
    onUnsaved: (error) => void unsaved.push(error instanceof Error ? error.message : String(error)),
    onChange: ({ jobId, state }) => states.at(-1) === `${jobId} ${state}` || states.push(`${jobId} ${state}`),
  })
  return { engine, states, unsaved }
}

function openedWorkspace(folder = temporaryFolder()): Workspace {
  const workspace = openWorkspace(folder)
  onTestFinished(() => workspace.close())
  return workspace
}

describe('a job', () => {
  it('is done, saved and counted, and says so', async () => {
    const workspace = openedWorkspace()
    const { kind, seen } = countingKind()
    const { engine, states } = engineOn(workspace, kind)
    const { jobId } = engine.begin('extract', 'count to 3', { to: 3 })
    expect(await engine.over(jobId)).toMatchObject({
      ...{ state: 'finished', done: 3, total: 3, cursor: 3, notes: ['It counts.'], failure: null },
    })
    expect(seen).toEqual(['1:1', '1:2', '1:3'])
    expect(states).toEqual(['1 queued', '1 running', '1 finished'])
  })

  it('waits for the one before it that needs the same, in an order that can be changed', async () => {
    const workspace = openedWorkspace()
    const { kind, seen, holdBack } = countingKind()
    const { engine } = engineOn(workspace, kind)
    const go = holdBack()
    const ids = [1, 2, 3].map(() => engine.begin('extract', 'count', { to: 1 }).jobId)
    await new Promise((resolve) => setImmediate(resolve))
    engine.move(3, 2)
    expect(workspace.jobs.list({ offset: 0, limit: 9 }).jobs.map(({ jobId, state }) => `${jobId} ${state}`)).toEqual([
      '1 running',
      '3 queued',
      '2 queued',
    ])
    go()
    await Promise.all(ids.map((jobId) => engine.over(jobId)))
    expect(seen).toEqual(['1:1', '3:1', '2:1'])
    await engine.idle()
  })

  it('is done beside others where it needs nothing that they need', async () => {
    const workspace = openedWorkspace()
    const { kind, holdBack } = countingKind('none')
    const { engine } = engineOn(workspace, kind)
    const go = holdBack()
    for (const _ of [1, 2]) engine.begin('extract', 'count', { to: 1 })
    await new Promise((resolve) => setImmediate(resolve))
    expect(workspace.jobs.list({ offset: 0, limit: 9 }).jobs.map(({ state }) => state)).toEqual(['running', 'running'])
    go()
    await engine.idle()
  })

  it('goes on from where it was paused', async () => {
    const workspace = openedWorkspace()
    const { kind, seen } = countingKind()
    const { engine } = engineOn(workspace, kind)
    const { jobId } = engine.begin('extract', 'count', { to: 500 })
    while (seen.length < 5) await new Promise((resolve) => setImmediate(resolve))
    engine.pause(jobId)
    const paused = await engine.over(jobId)
    expect(paused).toMatchObject({ state: 'paused', cursor: seen.length })
    expect(() => engine.pause(jobId)).toThrow('This job is paused')
    engine.resume(jobId)
    expect(await engine.over(jobId)).toMatchObject({ state: 'finished', done: 500 })
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('that is cancelled is over for good, and what it did is discarded where its kind says so', async () => {
    const workspace = openedWorkspace()
    const { kind, seen } = countingKind('writer', { isDiscarded: true })
    const { engine } = engineOn(workspace, kind)
    const { jobId } = engine.begin('extract', 'count', { to: 500 })
    while (seen.length < 5) await new Promise((resolve) => setImmediate(resolve))
    const before = seen.length
    await engine.cancel(jobId)
    expect(seen.at(-1)).toBe(`discarded ${before}`)
    expect(workspace.jobs.find(jobId)).toMatchObject({ state: 'cancelled', cursor: null, done: 0 })
    expect(() => engine.resume(jobId)).toThrow('This job is cancelled, so there is nothing to resume.')
  })

  it('can be tried again after a failure, and is only interrupted by one that passes', async () => {
    const workspace = openedWorkspace()
    const { kind } = countingKind()
    const { engine } = engineOn(workspace, kind)
    const failed = engine.begin('extract', 'count', { to: 3, failsAt: 2 }).jobId
    expect(await engine.over(failed)).toMatchObject({ state: 'failed', failure: 'It fails at 2.', cursor: 1 })
    const stopped = engine.begin('extract', 'count', { to: 3, failsAt: 2, code: 'storage' }).jobId
    expect(await engine.over(stopped)).toMatchObject({ state: 'interrupted', failure: 'It fails at 2.' })
    expect(engine.resume(failed)).toMatchObject({ state: 'queued', failure: null })
    await engine.over(failed)
  })

  it('of which an effect cannot be written stays where it was', async () => {
    const workspace = openedWorkspace()
    const kind: JobKind = {
      ...{ name: 'extract', resource: 'compute' },
      async run(_, __, work) {
        work.save(1, 1)
        work.save(2, 2, () => {
          workspace.settings.update({ annotator: 'half' })
          throw new AppError('storage', 'The disk is full.')
        })
      },
    }
    const { engine } = engineOn(workspace, kind)
    const { jobId } = engine.begin('extract', 'write', {})
    expect(await engine.over(jobId)).toMatchObject({ state: 'interrupted', cursor: 1, done: 1 })
    expect(workspace.settings.get().annotator).not.toBe('half')
  })

  it('that the end of the program interrupted waits to be resumed after the next opening', async () => {
    const folder = temporaryFolder()
    const first = openWorkspace(folder)
    const { kind, seen } = countingKind()
    const { engine } = engineOn(first, kind)
    const [working, waiting] = [1, 2].map(() => engine.begin('extract', 'count', { to: 500 }).jobId)
    while (seen.length < 5) await new Promise((resolve) => setImmediate(resolve))
    await engine.close()
    first.close()
    const second = openedWorkspace(folder)
    const states = [working, waiting].map((jobId) => second.jobs.find(jobId ?? 0).state)
    expect(states).toEqual(['interrupted', 'interrupted'])
    const next = engineOn(second, kind).engine
    next.resume(working ?? 0)
    expect(await next.over(working ?? 0)).toMatchObject({ state: 'finished' })
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('that is over can be forgotten, and one that works cannot', async () => {
    const workspace = openedWorkspace()
    const { kind, holdBack } = countingKind()
    const { engine } = engineOn(workspace, kind)
    const go = holdBack()
    const { jobId } = engine.begin('extract', 'count', { to: 1 })
    await expect(engine.forget(jobId)).rejects.toThrow('Cancel it first')
    go()
    await engine.over(jobId)
    await engine.forget(jobId)
    expect(() => workspace.jobs.find(jobId)).toThrow(`There is no job ${jobId}`)
  })

  it('is cleared away with all that are over, but not where it can be tried again', async () => {
    const workspace = openedWorkspace()
    const { kind } = countingKind()
    const { engine } = engineOn(workspace, kind)
    for (const failsAt of [0, 1, 0]) engine.begin('extract', 'count', { to: 1, failsAt })
    await engine.idle()
    expect(workspace.jobs.removeEnded()).toBe(2)
    expect(workspace.jobs.list({ offset: 0, limit: 9 }).jobs.map(({ state }) => state)).toEqual(['failed'])
  })
})
