/** What `npm run check` rests on: a check that fails is told, and no other is left out. */
import { expect, it } from 'vitest'
import { temporaryFolder } from './temporary-workspace.ts'
import { runSideBySide } from './side-by-side.ts'

const say = (sentence: string, code = 0) => ['--eval', `console.error('${sentence}'); process.exitCode = ${code}`]

it('prints what every program says, and answers whether all went well', async () => {
  const printed: string[] = []
  const programs = ['one', 'two', 'three', 'four'].map((sentence) => say(sentence))
  expect(await runSideBySide(programs, temporaryFolder(), (output) => printed.push(output))).toBe(true)
  expect(printed.toSorted()).toEqual(['four\n', 'one\n', 'three\n', 'two\n'])
})

it('tells that one failed after all have run, wherever it stands', async () => {
  for (const at of [0, 3]) {
    const printed: string[] = []
    const programs = Array.from({ length: 4 }, (_, index) => say(String(index), index === at ? 3 : 0))
    expect(await runSideBySide(programs, temporaryFolder(), (output) => printed.push(output))).toBe(false)
    expect(printed.toSorted()).toEqual(['0\n', '1\n', '2\n', '3\n'])
  }
})
