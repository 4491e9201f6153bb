/** The list of a corpus whose rows reach beyond 2^24 pixels, drawn right to its last row in the real window. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { onDisk } from '../support/files-on-disk.ts'

const count = 330_000 // of 52 pixels each
let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  const text = Array.from({ length: count }, (_, index) => `Line ${index + 1} .`).join('\n')
  opened = await openWindow(({ handlers }) =>
    handlers.corpora.import({
      ...{ corpus: 'Long', split: 'train', taskId: 'long', settings: { sentencePerLine: true } },
      files: onDisk({ name: 'long.txt', text }),
    }),
  )
  page = opened.page
}, 600_000)
afterAll(() => opened.close())

const list = () => page.getByRole('list', { name: 'Sentences' })
const rows = () => list().getByRole('listitem')
const places = () =>
  rows().evaluateAll((all) =>
    all.map((row) => ({ index: Number((row as HTMLElement).dataset['index']), top: row.getBoundingClientRect().top })),
  )

it('ends with the last sentence, whole and flush with the end of the list', async () => {
  await rows().first().getByText('train 1', { exact: true }).waitFor()
  await list().evaluate((frame) => (frame.scrollTop = frame.scrollHeight))
  const last = rows().last()
  await last.getByText(`Line ${count} .`).waitFor()
  const [row, frame] = [await last.boundingBox(), await list().boundingBox()]
  const bottom = (box: typeof row): number => (box?.y ?? 0) + (box?.height ?? 0)
  expect(Math.abs(bottom(row) - bottom(frame))).toBeLessThan(1.5)
})

it('stands row under row, and the wheel moves it by as many pixels as it says', async () => {
  const before = await places()
  for (const [at, { index, top }] of before.entries())
    expect(top - (before[0]?.top ?? 0)).toBe(52 * (index - (before[0]?.index ?? 0)) * Math.sign(at))
  const kept = before[0]
  await list().hover()
  await page.mouse.wheel(0, -104)
  await expect
    .poll(async () => (await places()).find(({ index }) => index === kept?.index)?.top)
    .toBe((kept?.top ?? 0) + 104)
})

it('leaves no row out while the wheel is turned', async () => {
  const firstInSight = async (): Promise<number> => {
    const top = (await list().boundingBox())?.y ?? 0
    return (await places()).find((row) => row.top >= top - 1)?.index ?? -1
  }
  const start = await firstInSight()
  for (let turn = 1; turn <= 5; turn++) {
    await page.mouse.wheel(0, -520)
    await expect.poll(firstInSight).toBe(start - 10 * turn)
  }
})
