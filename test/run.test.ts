/** `src-main/run.js`: what npm's scripts say where they cannot run yet, and that they run where they can. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './support/temporary-workspace.ts'

const runner = readFileSync(path.resolve(import.meta.dirname, '..', 'src-main', 'run.js'), 'utf8')

/** A copy of the project with nothing but the runner and a program that prints its words. */
function copyProject(isInstalled: boolean, source = runner): string {
  const root = temporaryFolder()
  mkdirSync(path.join(root, 'src-main'))
  if (isInstalled) mkdirSync(path.join(root, 'node_modules', 'better-sqlite3'), { recursive: true })
  writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }')
  writeFileSync(path.join(root, 'src-main', 'run.js'), source)
  writeFileSync(path.join(root, 'print.ts'), 'const words: string[] = process.argv.slice(1)\nconsole.log(words.join())')
  return root
}

const run = (root: string, ...words: string[]) =>
  spawnSync(process.execPath, ['src-main/run.js', 'print.ts', ...words], { cwd: root, encoding: 'utf8' })

describe('a script of package.json', () => {
  it('says in one line to run npm ci where that has not been done', () => {
    const { status, stdout, stderr } = run(copyProject(false))
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toBe('The packages that Espalier needs are not installed yet: run "npm ci" first.\n')
  })

  it('says in one line which Node it needs where that is older', () => {
    const { status, stderr } = run(copyProject(true, runner.replace('leastNode = 24', 'leastNode = 999')))
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^Espalier runs on Node 999, which "npm ci" brings along, and this is Node \d+\.\d+\.\d+: .*\n$/,
    )
  })

  it('runs the program with its words, as if Node had been given them', () => {
    const root = copyProject(true)
    const { status, stdout } = run(root, 'one', '--two')
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${path.join(root, 'print.ts')},one,--two\n` })
  })
})

describe('the command line', () => {
  /** A project whose command line says which of the two it is. */
  function copyWithBundle(): string {
    const root = copyProject(true)
    for (const folder of ['src-main/cli', 'out/main']) mkdirSync(path.join(root, folder), { recursive: true })
    writeFileSync(path.join(root, 'src-main/cli/main.ts'), "console.log('source')")
    const yesterday = new Date(Date.now() - 86_400_000)
    for (const entry of ['package.json', 'src-main/cli/main.ts', 'src-main/cli', 'src-main'])
      utimesSync(path.join(root, entry), yesterday, yesterday)
    writeFileSync(path.join(root, 'out/main/espalier.js'), "console.log('bundle')")
    return root
  }

  const said = (root: string) =>
    spawnSync(process.execPath, ['src-main/run.js', 'src-main/cli/main.ts'], { cwd: root, encoding: 'utf8' }).stdout

  it('is the bundle that npm ci made', () => {
    expect(said(copyWithBundle())).toBe('bundle\n')
  })

  it.each(['src-main/cli/main.ts', 'src-main/new.ts', 'package.json'])('is its source once %s has changed', (name) => {
    const root = copyWithBundle()
    const file = path.join(root, name)
    writeFileSync(file, existsSync(file) ? readFileSync(file) : '')
    const later = new Date(Date.now() + 1000)
    utimesSync(file, later, later)
    expect(said(root)).toBe('source\n')
  })

  it('is its source once another source is gone', () => {
    const root = copyWithBundle()
    const later = new Date(Date.now() + 1000)
    utimesSync(path.join(root, 'src-main', 'cli'), later, later)
    expect(said(root)).toBe('source\n')
  })
})

it('every script that runs a program of ours runs it so', () => {
  const { scripts } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const programs = Object.values(scripts).flatMap((script) => script.match(/\bnode \S+/g) ?? [])
  expect(programs.length).toBeGreaterThan(8)
  expect(new Set(programs)).toEqual(new Set(['node src-main/run.js']))
})
