/** The README promises nothing that is not there. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { espalier } from '../support/command-line.ts'

const root = path.resolve(import.meta.dirname, '../..')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')

it('shows every command with options that it has', async () => {
  const shown = [...readme.matchAll(/^ {4}espalier (\w+)([^#\n]*)/gm)].map(([, verb = '', rest = '']) => ({
    verb,
    options: rest.match(/--[a-z-]+/g) ?? [],
  }))
  expect(shown.length).toBeGreaterThan(7)
  const helps = await Promise.all(shown.map(({ verb }) => espalier([verb, '--help'])))
  const unknown = shown.flatMap(({ verb, options }, at) =>
    options.filter((option) => !helps[at]?.stdout.includes(` ${option} `)).map((option) => `${verb} ${option}`),
  )
  expect(helps.map(({ code }) => code)).toEqual(shown.map(() => 0))
  expect(unknown).toEqual([])
})

it('names scripts that exist', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const named = [...readme.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, script]) => script)
  expect(named.length).toBeGreaterThan(1)
  for (const script of [...named, 'start', 'test']) expect(scripts).toHaveProperty([script ?? ''])
})
