/** Events, tasks, and what the doctor says. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppEvent, Task } from '#main/api/events'
import { createEventBus } from '#main/services/system/events'
import { createTasks } from '#main/services/system/tasks'
import { openTestServices, temporaryFolder } from '../../support/services.ts'

const changed = (sentenceId: number): AppEvent => ({ type: 'annotation-changed', sentenceId })

async function all(events: AsyncIterable<AppEvent>): Promise<AppEvent[]> {
  const seen: AppEvent[] = []
  for await (const event of events) seen.push(event)
  return seen
}

describe('the event bus', () => {
  it('tells every listener everything from its beginning on, in order', async () => {
    const bus = createEventBus()
    const early = bus.subscribe()
    bus.emit(changed(1))
    const late = bus.subscribe()
    bus.emit(changed(2))
    bus.close()
    expect(await all(early)).toEqual([changed(1), changed(2)])
    expect(await all(late)).toEqual([changed(2)])
  })

  it('wakes a listener that waits, and lets it go when its call is cancelled', async () => {
    const bus = createEventBus()
    const cancel = new AbortController()
    const events = bus.subscribe(cancel.signal)
    const first = events.next()
    bus.emit(changed(1))
    expect(await first).toEqual({ done: false, value: changed(1) })
    const second = events.next()
    cancel.abort()
    expect((await second).done).toBe(true)
  })

  it('is over for whoever comes after the end', async () => {
    const bus = createEventBus()
    bus.close()
    expect(await all(bus.subscribe())).toEqual([])
    expect(await all(createEventBus().subscribe(AbortSignal.abort()))).toEqual([])
  })
})

describe('tasks', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const started = {
    taskId: 'a',
    kind: 'import',
    title: 'import a.json',
    detail: '',
    fraction: 0,
    secondsLeft: 9,
  } as const

  function recorded() {
    const told: Task[] = []
    const tasks = createTasks({ emit: (event) => event.type === 'task' && told.push(event.task) })
    return { told, tasks }
  }

  it('are told at most ten times a second, and always at the end', () => {
    const { told, tasks } = recorded()
    const task = tasks.begin(started)
    for (let step = 1; step <= 1000; step++) {
      vi.advanceTimersByTime(1)
      task.update({ fraction: step / 1000 })
    }
    expect(told.length).toBeGreaterThan(9)
    expect(told.length).toBeLessThanOrEqual(11)
    task.finish('finished', '3 sentences')
    expect(told.at(-1)).toMatchObject({ state: 'finished', fraction: 1, secondsLeft: null, detail: '3 sentences' })
  })

  it('are listed while they run, as they are now, and not afterwards', () => {
    const { told, tasks } = recorded()
    const task = tasks.begin(started)
    task.update({ fraction: 0.5 }) // too soon to be told
    expect(tasks.list()).toEqual([{ ...started, state: 'running', fraction: 0.5 }])
    task.finish('cancelled')
    task.update({ fraction: 0.9 })
    task.finish('failed')
    expect(tasks.list()).toEqual([])
    expect(told.map(({ state, fraction }) => [state, fraction])).toEqual([
      ['running', 0],
      ['cancelled', 0.5],
    ])
  })
})

describe('the system service', () => {
  it('reports versions, backends with reasons, and the state of the workspace', async () => {
    const folder = temporaryFolder()
    const { handlers } = await openTestServices(folder, new URL('../../support/two-cards-entry.ts', import.meta.url))
    const report = await handlers.system.doctor()
    expect(report.versions).toMatchObject({
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
    })
    expect(report.versions['espalier']).toMatch(/^\d+\.\d+\.\d+$/)
    expect(report.backends.find(({ name }) => name === 'wasm')).toMatchObject({ isAvailable: true })
    expect(report.backends.every(({ reason }) => reason.length > 0)).toBe(true)
    expect(report.workspace).toMatchObject({ integrity: 'ok' })
    expect(report.workspace.path).toContain(folder)
  })

  it('keeps what a person has chosen', async () => {
    const folder = temporaryFolder()
    const first = await openTestServices(folder)
    expect((await first.handlers.system.settings()).annotator).not.toBe('')
    await first.handlers.system.updateSettings({ annotator: 'Ada' })
    await first.close()
    const second = await openTestServices(folder)
    expect(await second.handlers.system.settings()).toMatchObject({ annotator: 'Ada', hasSeenTour: false })
  })
})
