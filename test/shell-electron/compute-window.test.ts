/** The hidden window of the desktop program: a Chromium page with WebGPU on a driver without a card. */
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openComputeWindow } from '#main/shell-electron/compute-window'
import { servePages } from '#main/shell-electron/protocol'
import { buildDesktop, buildWindow, root, windowFolder } from '#main/shell-server/window-build'
import { createProcessHost } from '#main/compute/host'
import type { JobHandle, WorkerEvent } from '#main/compute/messages'
import { createPageHost, type PageHost } from '#main/compute/page-host'
import { BrowserWindow, shim } from '../support/electron-shim.ts'
import { closeShimBrowser } from '../support/electron-shim-page.ts'
import { tinyJob, tinyModel, tinyTraining } from '../support/tiny-training.ts'

const preload = path.join(root, 'out', 'main', 'preload.cjs')
let host: PageHost
let owner: BrowserWindow

beforeAll(async () => {
  await Promise.all([buildWindow(() => undefined), buildDesktop()])
  await shim.start(() => Promise.resolve())
  servePages(windowFolder)
  host = createPageHost(createProcessHost())
  owner = new BrowserWindow({})
}, 120_000)

afterAll(async () => {
  await closeShimBrowser()
  await host.close()
})

/** The shim's windows are Electron's as far as main uses them. */
function open(): BrowserWindow {
  openComputeWindow(preload, host, owner as never)
  return shim.windows.at(-1) as BrowserWindow
}

async function collect({ events }: JobHandle): Promise<WorkerEvent[]> {
  const all: WorkerEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

async function reachesCard(): Promise<boolean> {
  const [probed] = await collect(host.run({ kind: 'probe' }))
  return probed?.type === 'probed' && probed.backends.some(({ reason }) => reason.endsWith('in a window'))
}

describe('the window that computes', () => {
  it('is never shown, and goes when it finds no card', async () => {
    const window = open()
    expect(window.options.show).toBe(false)
    expect(window.options.webPreferences).toMatchObject({ sandbox: true, backgroundThrottling: false })
    await vi.waitUntil(() => window.isDestroyed(), { timeout: 30_000 })
    expect(window.isShown).toBe(false)
    expect(await reachesCard()).toBe(false)
  })

  it('trains on the card that it finds', async () => {
    shim.pageScript = () => localStorage.setItem('espalier-webgpu-software', '1')
    const window = open()
    await expect.poll(reachesCard, { timeout: 30_000, interval: 500 }).toBe(true)
    // what is tested is the way there and back, not what the card computes
    const job = tinyJob({ model: tinyModel('entity-a'), training: tinyTraining({ epochs: 1 }) })
    const events = await collect(host.run({ kind: 'train', statesFolder: null, ...job, backend: 'auto', threads: 1 }))
    expect(events[0]).toEqual({ type: 'device', device: expect.stringMatching(/^WebGPU on .*, in a window$/) })
    const epoch = events.find((event) => event.type === 'epoch')
    expect(Object.keys(epoch?.checkpoint ?? {})).toContain('weights.safetensors')
    expect((await window.page)?.complaints).toEqual([])
    expect(shim.refused).toEqual([])
  })

  it('goes with the window that it belongs to', async () => {
    const window = shim.windows.at(-1) as BrowserWindow
    expect(window).not.toBe(owner)
    await owner.shimClose()
    await vi.waitUntil(() => window.isDestroyed(), { timeout: 30_000 })
    await expect.poll(reachesCard, { timeout: 30_000 }).toBe(false)
  })
})
