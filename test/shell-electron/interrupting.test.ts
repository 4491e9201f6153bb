/** Closing the window while work is under way. */
import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Task } from '#main/api/events'
import { guardQuit } from '#main/shell-electron/interrupting'
import { shim } from '../support/electron-shim.ts'

const task = (kind: Task['kind'], title: string): Task => ({
  ...{ taskId: title, kind, title, detail: 'epoch 3 of 40', fraction: 0, secondsLeft: null, state: 'running' },
})

/** A window of Electron as far as closing it goes. */
class ClosingWindow extends EventEmitter {
  isClosed = false
  close(): void {
    let isPrevented = false
    this.emit('close', { preventDefault: () => (isPrevented = true) })
    this.isClosed ||= !isPrevented
  }
}

beforeEach(() => (shim.dialogs.length = 0))

describe('closing the window', () => {
  it('asks while a run trains: to stop and keep it, or to stay', async () => {
    const window = new ClosingWindow()
    guardQuit(window as never, async () => [task('training', 'pmei seed 1'), task('import', 'import nyt.json')])
    window.close()
    window.close() // one question at a time
    await expect.poll(() => shim.dialogs.length).toBe(1)
    expect(shim.dialogs[0]).toMatchObject({
      message: 'Runs are still training',
      detail: expect.stringContaining('• pmei seed 1, epoch 3 of 40\n• import nyt.json') as string,
      buttons: ['Stop and keep', 'Stay'],
      ...{ defaultId: 1, cancelId: 1 },
    })
    expect(window.isClosed).toBe(false)
    await new Promise((resolve) => setImmediate(resolve))
    shim.answers.push(0)
    window.close()
    await expect.poll(() => window.isClosed).toBe(true)
  })

  it('asks nothing where nothing goes on, or where the program has asked already', async () => {
    const idle = new ClosingWindow()
    guardQuit(idle as never, async () => [])
    idle.close()
    await expect.poll(() => idle.isClosed).toBe(true)
    const busy = new ClosingWindow()
    guardQuit(busy as never, async () => [task('training', 'pmei')]).letGo()
    busy.close()
    expect(busy.isClosed).toBe(true)
    expect(shim.dialogs).toEqual([])
  })

  it('does not hold a person whose services no longer answer', async () => {
    const window = new ClosingWindow()
    guardQuit(window as never, () => Promise.reject(new Error('closed')))
    window.close()
    await expect.poll(() => window.isClosed).toBe(true)
  })
})
