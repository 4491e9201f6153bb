/** The log of a workspace and the bug report hold nothing of its corpora, whatever was done and whatever failed. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { createLocalClient } from '#main/api/router'
import { onDisk } from '../../support/files-on-disk.ts'
import { openTestServices, temporaryFolder } from '../../support/services.ts'
import { tripleFile } from '../../support/temporary-workspace.ts'

it('tells what was done and what failed without a word of the corpus', async () => {
  vi.stubEnv('ESPALIER_LOG', 'debug')
  const folder = temporaryFolder()
  const { handlers, close } = await openTestServices(folder)
  vi.unstubAllEnvs()
  const { corpora, annotations, runs, system } = createLocalClient(handlers)
  const text = tripleFile(['Zyzzogeton met Quixotry .', ['Zyzzogeton', 'vexillates', 'Quixotry']])
  const files = onDisk({ name: 'Kumquat.json', text }, { name: 'Kumquat2.json', text: `${text} Jabberwock {` })
  await corpora.import({ corpus: 'Persimmon', split: 'train', files: files.slice(0, 1), taskId: 'first' })
  await expect(
    corpora.import({ corpus: 'Persimmon', split: 'dev', files: files.slice(1), taskId: 'second' }),
  ).rejects.toThrow()
  const [corpus] = await corpora.list()
  const corpusId = corpus?.corpusId ?? 0
  const [sentenceId = 0] = await corpora.sentenceIds({ corpusId, filter: {}, offset: 0, limit: 1 })
  const change = {
    ...{ kind: 'span' as const, before: null },
    after: { id: 'x', start: 1, end: 2, label: 'Rutabaga', provenance: { origin: 'person' as const, author: 'Ada' } },
  }
  await expect(annotations.apply({ sentenceId, description: 'Zyzzogeton', changes: [change] })).rejects.toThrow(
    'Rutabaga',
  )
  await expect(runs.get({ runId: 'Jabberwock' })).rejects.toThrow('Jabberwock')
  const report = await system.report()
  await close()
  const log = readFileSync(path.join(folder, 'espalier.log'), 'utf8')
  for (const entry of [
    '"event":"opened"',
    '"procedure":"annotations.apply","code":"invalid-input"',
    '"kind":"import","state":"finished"',
    '"event":"closed"',
  ])
    expect(log).toContain(entry)
  expect(report).toMatch(/schema \d+, .*\ncorpora 1, sentences of each: 1\n/)
  const words = /Zyzzogeton|Quixotry|vexillates|Kumquat|Persimmon|Jabberwock|Rutabaga/i
  expect(log).not.toMatch(words)
  expect(report).not.toMatch(words)
})
