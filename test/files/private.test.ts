/** Folders and files of the program are their owner's alone, those from before as well; what is not the program's stays as it is. */
import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isPrivate, makePrivate, makePrivateFolder, mendFolder } from '#main/files/private'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const modeOf = (place: string): string => (statSync(place).mode & 0o777).toString(8)

/** A folder of mode 755 with these files of mode 644; a name that ends in a slash is a folder. */
function openFolder(names: readonly string[]): string {
  const folder = temporaryFolder()
  for (const name of names) {
    const place = join(folder, name)
    if (name.endsWith('/')) mkdirSync(place, { recursive: true })
    else writeFileSync(place, '')
    chmodSync(place, name.endsWith('/') ? 0o755 : 0o644)
  }
  chmodSync(folder, 0o755)
  return folder
}

describe.skipIf(process.platform === 'win32')('a private folder', () => {
  it('is made with every parent that is missing, and one that is there is left as it is', () => {
    const folder = openFolder([])
    makePrivateFolder(join(folder, 'one', 'two'))
    expect(modeOf(join(folder, 'one'))).toBe('700')
    expect(modeOf(join(folder, 'one', 'two'))).toBe('700')
    expect(modeOf(folder)).toBe('755')
  })

  it.runIf(process.platform === 'linux')('fails at once where no folder can ever be', () => {
    expect(() => makePrivateFolder('/proc/espalier/workspace')).toThrow('/proc/espalier')
    const folder = openFolder(['file'])
    expect(() => makePrivateFolder(join(folder, 'file', 'inside'))).toThrow(/ENOTDIR|EEXIST/)
    makePrivateFolder(folder) // what is there already is no failure
  })

  it('takes the permissions of others from all that is in it, and none from its owner', () => {
    const folder = openFolder(['runs/', 'runs/a/', 'runs/a/weights', 'runs/a/locked'])
    chmodSync(join(folder, 'runs', 'a', 'locked'), 0o444)
    makePrivate(join(folder, 'runs'))
    expect(modeOf(join(folder, 'runs'))).toBe('700')
    expect(modeOf(join(folder, 'runs', 'a'))).toBe('700')
    expect(modeOf(join(folder, 'runs', 'a', 'weights'))).toBe('600')
    expect(modeOf(join(folder, 'runs', 'a', 'locked'))).toBe('400')
    expect(isPrivate(join(folder, 'runs'))).toBe(true)
    expect(isPrivate(folder)).toBe(false)
  })

  it('follows no link, and what is not there is no failure', () => {
    const folder = openFolder(['runs/'])
    const elsewhere = openFolder(['somebody else’s'])
    symlinkSync(elsewhere, join(folder, 'runs', 'link'))
    makePrivate(join(folder, 'runs'))
    makePrivate(join(folder, 'nothing'))
    expect(modeOf(elsewhere)).toBe('755')
  })

  it('is closed last, so that one that was half done when the program was killed is done again', () => {
    const folder = openFolder(['runs/', 'runs/a/', 'runs/a/weights'])
    chmodSync(join(folder, 'runs', 'a'), 0o700) // a whole subfolder is done
    makePrivate(join(folder, 'runs'))
    expect(modeOf(join(folder, 'runs', 'a', 'weights'))).toBe('644') // nobody else gets there
    expect(modeOf(join(folder, 'runs'))).toBe('700')
  })
})

describe.skipIf(process.platform === 'win32')('a folder of the program', () => {
  const ours = [/^espalier\./, /^checkpoints$/]

  it('is closed where it holds nothing else', () => {
    const folder = openFolder(['espalier.sqlite', 'checkpoints/', 'checkpoints/weights', '.DS_Store'])
    mendFolder(folder, ours)
    expect(modeOf(folder)).toBe('700')
    expect(modeOf(join(folder, 'espalier.sqlite'))).toBe('600')
    expect(modeOf(join(folder, 'checkpoints', 'weights'))).toBe('600')
  })

  it('that holds something else stays open, and so does that; what is the program’s is closed', () => {
    const folder = openFolder(['espalier.sqlite', 'checkpoints/', 'checkpoints/weights', 'thesis.tex', 'photos/'])
    mendFolder(folder, ours)
    expect(modeOf(folder)).toBe('755')
    expect(readdirSync(folder).map((name) => `${name} ${modeOf(join(folder, name))}`)).toEqual([
      'checkpoints 700',
      'espalier.sqlite 600',
      'photos 755',
      'thesis.tex 644',
    ])
  })
})
