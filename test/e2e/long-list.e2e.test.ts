/** The list of a corpus whose rows reach beyond 2^24 pixels, drawn right to its last row in the real window. */
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '#main/storage/database'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { onDisk } from '../support/files-on-disk.ts'

const count = 330_000 // of 52 pixels each
let opened: OpenedWindow
let page: Page

beforeAll(async () => {
  opened = await openWindow(async ({ handlers }, workspace) => {
    await handlers.corpora.import({
      ...{ corpus: 'Long', split: 'train', taskId: 'long', settings: { sentencePerLine: true } },
      files: onDisk({ name: 'long.txt', text: lineOf(1) }),
    })
    repeatFirst(workspace)
  })
  page = opened.page
}, 120_000)
afterAll(() => opened.close())

const lineOf = (line: number): string => `Line ${String(line).padStart(6, '0')} .`

/** Writes the other sentences as rows like the first, in a tenth of the time that their import takes; none is searched for. */
function repeatFirst(workspace: string): void {
  const database = openDatabase(path.join(workspace, 'espalier.sqlite'))
  try {
    database.run('UPDATE corpus SET indexed_to = (SELECT max(sentence_id) FROM sentence)')
    const names = database
      .column<string>(`SELECT name FROM pragma_table_info('sentence') WHERE name <> 'sentence_id'`)
      .join()
    const values = names.replace(/\bposition\b/, 'line').replace(/\btext\b/, `printf('Line %06d .', line)`)
    database.run(
      `WITH RECURSIVE lines (line) AS (SELECT 2 UNION ALL SELECT line + 1 FROM lines WHERE line < ${count})
       INSERT INTO sentence (${names}) SELECT ${values} FROM lines, (SELECT * FROM sentence WHERE position = 1)`,
    )
  } finally {
    database.close()
  }
}

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
  await last.getByText(lineOf(count)).waitFor()
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
