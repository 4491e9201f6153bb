/** No pattern that sorts the tests into parts is out of date: a file that was renamed would slip into another part. */
import { globSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { long, onCard, onCardToo, windows } from './vitest.config.ts'

const root = path.resolve(import.meta.dirname, '..')

it.each([...long, ...onCard, ...onCardToo, ...windows])('%s is there', (pattern) => {
  expect(globSync(pattern, { cwd: root })).not.toEqual([])
})
