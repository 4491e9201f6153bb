/** README, CONTRIBUTING and the guides promise nothing that is not there. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createProgram } from '#main/cli/create-program'

const root = path.resolve(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(path.join(root, name), 'utf8')
const [readme, contributing] = [read('README.md'), read('CONTRIBUTING.md')]
const guides = globSync('docs/{guides/*,command-line,troubleshooting,data-places}.md', { cwd: root })
const taught = [readme, ...guides.map(read)].join('\n')

it('every command is shown with options that it has', () => {
  const shown = [...taught.matchAll(/^ {4}espalier ([\w-]+)([^#\n]*)/gm)].map(([, verb = '', rest = '']) => ({
    verb,
    options: rest.match(/--[a-z-]+/g) ?? [],
  }))
  expect(shown.length).toBeGreaterThan(7)
  const { commands } = createProgram()
  const unknown = shown.flatMap(({ verb, options }) => {
    const command = commands.find((known) => known.name() === verb)
    if (!command) return [verb]
    return options.filter((name) => !command.options.some(({ long }) => long === name)).map((name) => `${verb} ${name}`)
  })
  expect(unknown).toEqual([])
})

it('every script that is named is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [
    ...`${taught}${contributing}${read('.github/workflows/package.yml')}`.matchAll(/npm run (?:-s )?([\w:]+)/g),
  ].map(([, script]) => script)
  expect(named.length).toBeGreaterThan(10)
  for (const script of [...named, 'start', 'test']) expect(scripts).toHaveProperty([script ?? ''])
})

it('every file that CONTRIBUTING names is there', () => {
  const named = [...contributing.matchAll(/`((?:src-main|src-renderer|test)\/[^`{ ]+)`/g)].map(([, file = '']) => file)
  expect(named.length).toBeGreaterThan(10)
  const missing = named.filter((file) => globSync(file.replace(/[A-Z]{4,}(?=[/.])/g, '*'), { cwd: root }).length === 0)
  expect(missing).toEqual([])
})

it('every link leads to a file', () => {
  const pages = [...globSync('docs/**/*.md', { cwd: root }), 'README.md', 'CONTRIBUTING.md', 'SECURITY.md']
  const links = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => ({ page, link })),
  )
  const broken = links.filter(
    ({ page, link }) => !/^https?:/.test(link) && !existsSync(path.resolve(root, path.dirname(page), link)),
  )
  expect(links.length).toBeGreaterThan(10)
  expect(broken).toEqual([])
})
