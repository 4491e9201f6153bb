/** Without a connection no place says of what it could not ask that there is none; when it is back, all is shown by itself. */
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { createLocalClient } from '#main/api/router'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { importTiny } from '../support/services.ts'

let opened: OpenedWindow
let page: Page
let isCut = false
const sockets = new Set<() => void>()

beforeAll(async () => {
  opened = await openWindow(async (services) => {
    const corpusId = await importTiny(services)
    await createLocalClient(services.handlers).runs.start({
      ...{ corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
      model: { wordDimension: 6, hidden: 6, casingDimension: 2 },
      training: { epochs: 1, batchSize: 20, patience: 1 },
    })
    const statuses = async () => (await services.handlers.runs.list()).map(({ status }) => status)
    while ((await statuses()).some((status) => status !== 'finished')) await setTimeout(100)
  })
  page = opened.page
  await page.routeWebSocket(/rpc/, (socket) => {
    if (isCut) return void socket.close()
    socket.connectToServer()
    sockets.add(() => void socket.close())
  })
  await page.evaluate(() => (location.hash = '#/settings'))
  await page.reload()
  await page.getByText('Database', { exact: true }).waitFor()
  await cut()
}, 120_000)
afterAll(() => opened.close())

async function cut(): Promise<void> {
  isCut = true
  for (const close of sockets) close()
  await page.getByRole('alert').filter({ hasText: 'The connection is lost' }).waitFor()
}
async function restore(): Promise<void> {
  isCut = false
  await page.getByRole('alert').filter({ hasText: 'The connection is lost' }).waitFor({ state: 'hidden' })
}

const falsehoods = [
  /No runs yet/,
  /No runs to compare/,
  /No epoch/,
  /No corpus yet/,
  /No trained run yet/,
  /No such run/,
  /The queue is done/,
  /Nothing is left/,
  /\b0 runs/,
  /Choose runs/,
  /none measured yet/,
  /Not yet reviewed\s+0/,
]

/** What is said of the workspace although it could not be asked. */
async function told(): Promise<readonly string[]> {
  const text = await page.locator('body').innerText()
  return falsehoods.filter((falsehood) => falsehood.test(text)).map(String)
}

for (const place of ['train', 'compare', 'annotate', 'extract', 'corpora'])
  it(`says nothing false in ${place}`, async () => {
    await page.evaluate((hash) => (location.hash = hash), `#/${place}`)
    await page.getByRole('alert').first().waitFor()
    await page.waitForTimeout(300)
    expect(await told()).toEqual([])
  })

it('shows everything by itself when the connection is back', async () => {
  await page.evaluate(() => (location.hash = '#/annotate'))
  await page.getByRole('alert').filter({ hasText: 'before it answered' }).first().waitFor()
  await restore()
  await page.getByRole('grid', { name: 'Sentence' }).waitFor()
  await expect.poll(() => page.getByRole('alert').count()).toBe(0)
})

it('says of a run whose epochs could not be loaded that they could not, and loads them afterwards', async () => {
  await page.evaluate(() => (location.hash = '#/compare'))
  await page.getByRole('checkbox').first().waitFor()
  await cut()
  await page.evaluate(() => (location.hash = '#/train'))
  await page.getByRole('alert').filter({ hasText: 'The epochs of this run could not be loaded' }).waitFor()
  for (const tab of ['Curves', 'Epochs']) {
    await page.getByRole('tab', { name: tab }).click()
    expect(await told()).toEqual([])
  }
  await restore()
  await page.getByRole('table', { name: 'Epochs' }).waitFor()
  await expect.poll(() => page.getByRole('alert').count()).toBe(0)
})
