/** Long work on the program's icon, and the page that is brought back. */
import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { Task } from '#main/api/events'
import { createEventBus } from '#main/services/system/events'
import { showProgress } from '#main/shell-electron/progress'
import { keepAlive } from '#main/shell-electron/recovery'
import { log } from '#main/shell-electron/report'
import { shim } from '../support/electron-shim.ts'

const task = (taskId: string, part: Partial<Task>): Task => ({
  ...{ taskId, kind: 'training', title: 'pmei seed 1', detail: '', fraction: 0, secondsLeft: null, state: 'running' },
  ...part,
})

/** A window of which the tests say whether a person looks at it. */
const windowWith = (part: { setProgressBar?: (bar: number) => void; hasFocus?: boolean } = {}) => ({
  setProgressBar: part.setProgressBar ?? (() => undefined),
  isDestroyed: () => false,
  isFocused: () => part.hasFocus ?? false,
  show: () => undefined,
  focus: () => undefined,
})

describe('progress', () => {
  it('shows the mean of what runs, and keeps the machine awake meanwhile', async () => {
    const bus = createEventBus()
    const bars: number[] = []
    const awake: boolean[] = []
    const setProgressBar = (bar: number): void => {
      bars.push(bar)
      queueMicrotask(() => awake.push(shim.blockers.size > 0))
    }
    const following = showProgress(bus.subscribe(), windowWith({ setProgressBar }))
    for (const told of [
      task('import', { kind: 'import', fraction: 0.5 }),
      task('run', { fraction: 0.1 }),
      task('import', { kind: 'import', state: 'finished', fraction: 1 }),
      task('run', { fraction: null }),
      task('run', { state: 'failed' }),
    ])
      bus.emit({ type: 'task', task: told })
    bus.close()
    await following
    expect(bars).toEqual([0.5, 0.3, 0.1, 2, -1])
    expect(awake).toEqual([true, true, true, true, false])
  })

  it('tells of the end of work that took long, when nobody looks at the window', async () => {
    const told = async (hasFocus: boolean, ms: number, state: Task['state']): Promise<readonly string[]> => {
      shim.notices.length = 0
      const bus = createEventBus()
      const clock = [0, ms, ms]
      const following = showProgress(bus.subscribe(), windowWith({ hasFocus }), () => clock.shift() ?? ms)
      bus.emit({ type: 'task', task: task('run', {}) })
      bus.emit({ type: 'task', task: task('run', { state, detail: 'dev F1 0.781' }) })
      bus.close()
      await following
      return shim.notices.map(({ options }) => `${options.title}: ${options.body}`)
    }
    expect(await told(false, 60_000, 'finished')).toEqual(['Pmei seed 1 is finished: dev F1 0.781'])
    expect(await told(false, 60_000, 'failed')).toEqual(['Pmei seed 1 has failed: dev F1 0.781'])
    expect(await told(false, 60_000, 'cancelled')).toEqual([])
    expect(await told(false, 5000, 'finished')).toEqual([])
    expect(await told(true, 60_000, 'finished')).toEqual([])
  })
})

describe('recovery', () => {
  it('reloads a page that died, and gives up with a report when it dies again and again', async () => {
    let reloads = 0
    const contents = Object.assign(new EventEmitter(), { reload: () => reloads++ })
    const window = Object.assign(new EventEmitter(), { webContents: contents })
    keepAlive(window as never, log, () => undefined)
    const die = (reason: string) => contents.emit('render-process-gone', {}, { reason, exitCode: 1 })
    die('clean-exit')
    expect(reloads).toBe(0)
    shim.answers.push(0) // "Copy the report"
    for (let death = 0; death < 4; death++) die('crashed')
    expect(reloads).toBe(3)
    await expect.poll(() => shim.exitCode).toBe(0)
    expect(shim.dialogs.at(-1)).toMatchObject({
      message: 'The window keeps failing',
      buttons: ['Copy the report', 'Close'],
    })
    expect(shim.clipboard).toContain('ended 4 times within a minute (crashed, code 1).')
    expect(shim.clipboard).toContain("The window's process ended: crashed, code 1")
    expect(shim.clipboard).toMatch(/^Espalier 0\.1\.0/)
  })

  it('asks before it loads a window again that does not answer', async () => {
    let reloads = 0
    const contents = Object.assign(new EventEmitter(), { reload: () => reloads++ })
    const window = Object.assign(new EventEmitter(), { webContents: contents })
    keepAlive(window as never, log, () => undefined)
    window.emit('unresponsive') // left: the person waits
    await new Promise((resolve) => setImmediate(resolve))
    expect(reloads).toBe(0)
    shim.answers.push(0)
    window.emit('unresponsive')
    await expect.poll(() => reloads).toBe(1)
  })
})
