/** What the words of a start mean: workspaces, files, addresses, the command line. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readAddress, writeAddress } from '#main/api/address'
import { commandLineWords, ownWords, readOpening } from '#main/shell-electron/launch'

const folder = mkdtempSync(path.join(tmpdir(), 'espalier-'))
const workspace = path.join(folder, 'work')
const corpus = path.join(folder, 'corpus.json')
mkdirSync(workspace)
for (const name of ['espalier.sqlite', 'Open.espalier']) writeFileSync(path.join(workspace, name), '')
writeFileSync(corpus, '[]')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the words of a start', () => {
  it.each([
    ['its folder', ['work']],
    ['its database', ['work/espalier.sqlite']],
    ['the file in it that file managers open', ['work/Open.espalier']],
    ['an option, also before it is there', [`--workspace=${workspace}`]],
  ])('name a workspace by %s', (_, words) => {
    expect(readOpening(words, folder)).toEqual({ workspace, files: [], address: null })
  })

  it('name corpus files and addresses, relative to where they were typed', () => {
    const opening = readOpening(['--ozone-platform=x11', 'corpus.json', 'espalier://sentence/3', 'gone.json'], folder)
    expect(opening).toEqual({ workspace: null, files: [corpus], address: 'espalier://sentence/3' })
  })

  it('are for the command line behind --cli, before which only switches of Chromium stand', () => {
    expect(commandLineWords(['--no-sandbox', '--cli', 'stats', '--cli'])).toEqual(['stats', '--cli'])
    expect(commandLineWords(['corpus.json', '--cli'])).toBeNull()
    expect(commandLineWords([])).toBeNull()
    expect(ownWords(['electron', '.', 'x'], false)).toEqual(['x'])
    expect(ownWords(['espalier', 'x'], true)).toEqual(['x'])
  })
})

describe('an address of a sentence', () => {
  it('comes back as it was written, with the folder of its workspace', () => {
    for (const address of [
      { sentenceId: 12, workspace: null },
      { sentenceId: 7, workspace: 'C:\\Users\\Ada & Co\\größe' },
    ])
      expect(readAddress(writeAddress(address))).toEqual(address)
    expect(readAddress('espalier://sentence/12/')).toEqual({ sentenceId: 12, workspace: null })
  })

  it.each(['espalier://sentence/x/12', 'espalier://sentence/1e3', 'espalier://other/1', 'https://sentence/1', 'x', ''])(
    'is not "%s"',
    (text) => expect(readAddress(text)).toBeNull(),
  )
})
