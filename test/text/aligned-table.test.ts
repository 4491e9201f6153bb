/** What the command line writes: aligned tables and progress for terminals and for files. */
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import type { Task } from '#main/api/events'
import { createProgress, formatSeconds } from '#main/cli/progress'
import { formatTable } from '#main/text/aligned-table'

const task: Task = {
  taskId: 'one',
  kind: 'import',
  title: 'import a.json',
  detail: '5 of 10',
  fraction: 0.5,
  secondsLeft: 75,
  state: 'running',
}

function recorded(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 60 })
  return {
    progress: createProgress(stream as unknown as NodeJS.WriteStream),
    written: () => String(stream.read() ?? ''),
  }
}

it('looks once at each column to see how it is aligned, however many rows there are', () => {
  let looks = 0
  const rows = Array.from({ length: 300 }, (_, at) => [`word ${at}`, 'other'])
  const table = formatTable(['a', 'b'], rows, (column) => ++looks > 0 && column > 0)
  expect(looks).toBe(2)
  expect(table.split('\n')).toHaveLength(302)
})

it('aligns numbers to the right and words to the left', () => {
  const table = formatTable(
    ['run', 'F1'],
    [
      ['mtl', 71.25],
      ['pmei', 9],
      ['floor', null],
    ],
  )
  expect(table.split('\n')).toEqual(['run      F1', '-----  ----', 'mtl    71.3', 'pmei      9', 'floor'])
})

it('draws a bar over itself in a terminal, within its width', () => {
  const { progress, written } = recorded(true)
  progress.show(task)
  const drawn = written()
  expect(drawn.startsWith('\r\u001b[2Kimport a.json  ████████████░░░░░░░░░░░░  50 %')).toBe(true)
  expect(drawn.replace('\r\u001b[2K', '').length).toBeLessThan(60)
})

it('writes a line per tenth into a file, never twice', () => {
  const { progress, written } = recorded(false)
  for (const fraction of [0.01, 0.5, 0.55, 0.59, 0.61]) progress.show({ ...task, fraction })
  progress.show({ ...task, taskId: 'other', fraction: null })
  expect(written()).toBe('import a.json   50 %  5 of 10\nimport a.json   61 %  5 of 10\n')
})

it('writes nothing of a task that is over at once', () => {
  const { progress, written } = recorded(false)
  progress.show({ ...task, fraction: 1 })
  expect(written()).toBe('')
})

it('says times as people do', () => {
  expect([0.4, 59.4, 61, 3_725].map(formatSeconds)).toEqual(['0 s', '59 s', '1 min 01 s', '1 h 02 min'])
})
