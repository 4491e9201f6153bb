/** What a person asked for is written where they said, whole, and nothing beside it is changed. */
import { spawnSync } from 'node:child_process'
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refusePresent, writeWhole } from '#main/cli/write-whole'
import { temporaryFolder } from '../support/temporary-workspace.ts'

describe('a written file', () => {
  it('is whole, with nothing left beside it, also where it replaces another', async () => {
    const folder = temporaryFolder()
    for (const text of ['one\n', 'another, which is longer\n']) {
      await writeWhole(join(folder, 'out.jsonl'), text)
      expect(readFileSync(join(folder, 'out.jsonl'), 'utf8')).toBe(text)
      expect(readdirSync(folder)).toEqual(['out.jsonl'])
    }
  })

  it.skipIf(process.platform === 'win32')('keeps the mode of what it replaces, and a link stays a link', async () => {
    const folder = temporaryFolder()
    const [file, link] = [join(folder, 'out.jsonl'), join(folder, 'link')]
    writeFileSync(file, 'old')
    chmodSync(file, 0o640)
    symlinkSync(file, link)
    await writeWhole(link, 'new')
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(statSync(file).mode & 0o777).toBe(0o640)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
  })

  it.skipIf(process.platform === 'win32')('goes through a pipe where one is named, which stays a pipe', async () => {
    const pipe = join(temporaryFolder(), 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    const [heard] = await Promise.all([readFile(pipe, 'utf8'), writeWhole(pipe, 'through')])
    expect(heard).toBe('through')
    expect(lstatSync(pipe).isFIFO()).toBe(true)
  })

  it('is refused where another is that nobody asked to replace', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'notes.txt')
    writeFileSync(file, 'mine')
    await expect(refusePresent(file)).rejects.toThrow('notes.txt')
    await expect(refusePresent(folder)).rejects.toThrow(folder)
    await refusePresent(join(folder, 'new.html'))
    await refusePresent('/dev/null')
  })

  it('that cannot be written is named with the reason, and the old one is kept', async () => {
    const folder = temporaryFolder()
    await expect(writeWhole(join(folder, 'no', 'such', 'folder'), 'x')).rejects.toThrow(
      /folder cannot be written: ENOENT.*Choose another place/,
    )
    await expect(writeWhole(folder, 'x')).rejects.toThrow(/cannot be written: EISDIR/)
    expect(readdirSync(folder)).toEqual([])
  })
})
