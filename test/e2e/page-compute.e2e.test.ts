/** A window that computes: a real Chromium's WebGPU, on a driver without a card, for services that reach none. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BackendFailure } from '#main/backends/backend-failure'
import { openServices, type Services } from '#main/services/services'
import { startServer, type RunningServer } from '#main/shell-server/http'
import { buildWindow, windowFolder } from '#main/shell-server/window-build'
import { createProcessHost } from '#main/compute/host'
import type { CheckpointBytes, JobHandle, PredictJob, TrainJob, WorkerEvent } from '#main/compute/messages'
import { createPageHost, type PageHost } from '#main/compute/page-host'
import { predictOnce } from '../support/predicted.ts'
import { tinyJob, tinyModel, tinySentences, tinyTraining } from '../support/tiny-training.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'espalier-page-'))
let host: PageHost
let services: Services
let server: RunningServer
let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  await buildWindow(() => undefined)
  host = createPageHost(createProcessHost())
  services = await openServices({ workspace: path.join(folder, 'workspace'), compute: host })
  server = await startServer({ handlers: services.handlers, pages: host, port: 0, windowFolder })
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    ignoreDefaultArgs: ['--disable-gpu'],
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  })
  const context = await browser.newContext()
  await context.addInitScript(() => localStorage.setItem('espalier-webgpu-software', '1'))
  page = await context.newPage()
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (line) => void (line.type() === 'error' && complaints.push(line.text())))
  await page.goto(server.createUrl())
}, 120_000)

afterAll(async () => {
  await browser.close()
  await server.close()
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

async function collect({ events }: JobHandle): Promise<WorkerEvent[]> {
  const all: WorkerEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

async function webgpuReason(): Promise<string> {
  const [probed] = await collect(host.run({ kind: 'probe' }))
  if (probed?.type !== 'probed') throw new Error('The probe gave no answer')
  return probed.backends.find(({ name }) => name === 'webgpu')?.reason ?? ''
}

const trainJob = (epochs: number): TrainJob => ({
  kind: 'train',
  statesFolder: null,
  // half the programs of the full model, which test/model/golden.test.ts runs on a card
  ...tinyJob({ model: tinyModel('mtl'), training: tinyTraining({ epochs }) }),
  backend: 'auto',
  threads: 1,
})

const predictJob = (checkpoint: CheckpointBytes): PredictJob => ({
  kind: 'predict',
  checkpoint,
  encoder: null,
  threshold: null,
  backend: 'webgpu',
  threads: 1,
})

const batch = { sentences: tinySentences(6).map(({ words }) => ({ words })) }

describe('a window that computes', () => {
  let checkpoint: CheckpointBytes = {}

  it('is found, and counts as the backend webgpu', async () => {
    await expect
      .poll(webgpuReason, { timeout: 30_000, interval: 500 })
      .toMatch(/^WebGPU on .*swiftshader.*, in a window$/)
  })

  it('trains there when Node reaches no card', async () => {
    const events = await collect(host.run(trainJob(2)))
    expect(events[0]).toEqual({ type: 'device', device: expect.stringMatching(/^WebGPU on .*, in a window$/) })
    const epochs = events.flatMap((event) => (event.type === 'epoch' ? [event] : []))
    expect(epochs.map(({ point }) => point.epoch)).toEqual([1, 2])
    expect(epochs[1]?.point.losses.total).toBeLessThan(epochs[0]?.point.losses.total ?? 0)
    expect(events.at(-1)?.type).toBe('trained')
    checkpoint = epochs[1]?.checkpoint ?? {}
    expect(complaints).toEqual([])
  })

  it('reads there what WebAssembly reads here', async () => {
    const here = await collect(predictOnce(host, { ...predictJob(checkpoint), backend: 'wasm' }, batch))
    const there = await collect(predictOnce(host, predictJob(checkpoint), batch))
    const tagsOf = (events: WorkerEvent[]) =>
      events.flatMap((event) =>
        event.type === 'predictions' ? event.predictions.predictions.map(({ tags }) => tags) : [],
      )
    expect(tagsOf(there)).toHaveLength(6)
    expect(tagsOf(there)).toEqual(tagsOf(here))
  })

  it('stops when it is told to', async () => {
    const handle = host.run(trainJob(50))
    const types: string[] = []
    for await (const event of handle.events) {
      types.push(event.type)
      if (event.type === 'step') handle.cancel()
    }
    expect(types).not.toContain('trained')
  })

  it('fails a job as a backend does when it goes away in the middle, and the next one runs elsewhere', async () => {
    const handle = host.run(trainJob(50))
    let failure: unknown = null
    try {
      for await (const event of handle.events) if (event.type === 'step') await page.close()
    } catch (error) {
      failure = error
    }
    expect(failure).toBeInstanceOf(BackendFailure)
    expect(String(failure)).toContain('The window whose graphics card computed was closed or reloaded')
    await expect.poll(webgpuReason).not.toContain('in a window')
    const [device] = await collect(predictOnce(host, { ...predictJob(checkpoint), backend: 'auto' }, batch))
    expect(device).toEqual({ type: 'device', device: expect.not.stringContaining('in a window') })
  })
})
