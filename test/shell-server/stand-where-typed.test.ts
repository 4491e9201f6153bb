/** Paths of the command line are relative to where it is typed, under npm too. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { folderOfNpm } from '#main/shell-server/stand-where-typed'
import { temporaryFolder } from '../support/services.ts'

const root = path.resolve(import.meta.dirname, '../..')

it('a file beside whoever types is found, though npm stands in the program’s folder', async () => {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'note.txt'), 'Ada Hall leads Norvik Labs.')
  const words = ['import', 'note.txt', '--corpus', 'Note', '--split', 'train', '--workspace', 'workspace']
  const child = spawn('npm', ['run', '-s', '--prefix', root, 'espalier', '--', ...words], { cwd: folder })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect({ stdout, stderr }).toEqual({
    stdout: expect.stringContaining('Imported 1 sentence into train') as string,
    stderr: '',
  })
})

it('no other script of npm, and no other program’s, changes where it stands', () => {
  const own = { npm_package_name: 'espalier', npm_lifecycle_event: 'espalier', INIT_CWD: '/there' }
  expect(folderOfNpm(own)).toBe('/there')
  expect(folderOfNpm({ ...own, npm_lifecycle_event: 'start' })).toBe('/there')
  expect(folderOfNpm({ ...own, npm_lifecycle_event: 'test' })).toBeNull()
  expect(folderOfNpm({ ...own, npm_package_name: 'other' })).toBeNull()
  expect(folderOfNpm({})).toBeNull()
})
