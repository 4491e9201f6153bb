/** Long work on the program's icon, and the page that is brought back. */
import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { Task } from '#main/api/events'
import { createEventBus } from '#main/services/system/events'
import { showProgress } from '#main/shell-electron/progress'
import { keepAlive } from '#main/shell-electron/recovery'
import { shim } from '../support/electron-shim.ts'

const task = (taskId: string, part: Partial<Task>): Task => ({
  ...{ taskId, kind: 'training', title: 'pmei seed 1', detail: '', fraction: 0, secondsLeft: null, state: 'running' },
  ...part,
})

describe('progress', () => {
  it('shows the mean of what runs, and keeps the machine awake only while a run trains', async () => {
    const bus = createEventBus()
    const bars: number[] = []
    const awake: boolean[] = []
    const setProgressBar = (bar: number): void => {
      bars.push(bar)
      queueMicrotask(() => awake.push(shim.blockers.size > 0))
    }
    const following = showProgress(bus.subscribe(), { setProgressBar, isDestroyed: () => false })
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
    expect(awake).toEqual([false, true, true, true, false])
  })
})

describe('recovery', () => {
  it('reloads a page that died, and gives up when it dies again and again', () => {
    let reloads = 0
    const contents = Object.assign(new EventEmitter(), { reload: () => reloads++ })
    keepAlive(contents as never, () => undefined)
    const die = (reason: string) => contents.emit('render-process-gone', {}, { reason, exitCode: 1 })
    die('clean-exit')
    expect(reloads).toBe(0)
    for (let death = 0; death < 4; death++) die('crashed')
    expect(reloads).toBe(3)
    expect(shim.errorBoxes.map(({ title }) => title)).toEqual(['The window keeps failing'])
    expect(shim.exitCode).toBe(0)
  })
})
