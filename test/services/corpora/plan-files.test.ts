/** What an import reads of the files that are chosen together, and what it says of the others. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createCorpora } from '#main/services/corpora/corpora'
import { recordedContext } from '../../support/recorded-context.ts'
import { temporaryFolder, temporaryWorkspace, tripleFile } from '../../support/temporary-workspace.ts'

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  return folder
}

const preview = (...paths: string[]) =>
  createCorpora(recordedContext(temporaryWorkspace()), () => undefined).previewImport({
    ...{ corpus: 'news', split: 'train', taskId: 'task' },
    files: paths.map((place) => ({ file: { path: place } })),
  })

const triples = tripleFile(['Mara left Ada .', ['Mara', 'left', 'Ada']])
const brat = (name: string) => ({
  [`${name}.txt`]: `Mara left ${name} .`,
  [`${name}.ann`]: 'T1\tPER 0 4\tMara\n',
})

it('reads companions along with the files that they stand beside, and says so once for all', async () => {
  const folder = folderOf({ ...brat('a'), ...brat('b'), ...brat('c') })
  const { files, problems, spans } = await preview(folder)
  expect([files.map(({ name, format }) => [name, format]), spans]).toEqual([
    ['a.txt', 'b.txt', 'c.txt'].map((name) => [name, 'brat']),
    3,
  ])
  expect(problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
    expect.stringMatching(/^a\.ann: it and 2 others are .*, read along with the others$/),
  ])
})

it('reads companions that are chosen alone by the files that they stand beside', async () => {
  const folder = folderOf({ ...brat('a'), ...brat('b') })
  expect(await preview(path.join(folder, 'a.ann'), path.join(folder, 'b.ann'))).toMatchObject({
    sentences: 2,
    spans: 2,
  })
})

it('leaves out of a folder what is of no known format, and prose beside annotated files, with the reasons', async () => {
  const folder = folderOf({ 'train.json': triples, 'README.md': '# Read me\n\nProse.', 'x.bin': '\u0001' })
  const { files, problems } = await preview(folder)
  expect(files.map(({ name, split }) => [name, split])).toEqual([['train.json', 'train']])
  expect(problems.map(({ file, message }) => `${file}: ${message}`).toSorted()).toEqual([
    expect.stringMatching(/^README\.md: left out: it is prose among files with annotations/),
    expect.stringMatching(/^x\.bin: left out: x\.bin is of no format/),
  ])
})

it('takes the prose of a folder that holds nothing else, and the splits that names mention', async () => {
  const folder = folderOf({ 'dev/a.txt': 'Mara left.', 'test.txt': 'Ada stayed.' })
  expect((await preview(folder)).files.map(({ name, split }) => [name, split])).toEqual([
    ['a.txt', 'dev'],
    ['test.txt', 'test'],
  ])
})

it('refuses a file that was chosen by itself and cannot be read', async () => {
  const folder = folderOf({ 'train.json': triples, 'x.bin': '\u0001' })
  await expect(preview(path.join(folder, 'train.json'), path.join(folder, 'x.bin'))).rejects.toThrow(
    /x\.bin is of no format/,
  )
})
