/** Splitting and joining words and sentences through the services. */
import { expect, it } from 'vitest'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAnnotations } from '#main/services/annotations/annotations'
import { createCorpora } from '#main/services/corpora/corpora'
import { countChanges, digestSteps } from '#main/services/runs/gold-digests'
import { onDisk } from '../../support/files-on-disk.ts'
import { recordedContext } from '../../support/recorded-context.ts'
import { temporaryFolder, temporaryWorkspace } from '../../support/temporary-workspace.ts'

const labels = { entityTypes: [{ name: 'PER' }], relationTypes: [], signatures: [] }
const doc = {
  id: 'd',
  text: 'Mara cannot stop. Ada sleeps.',
  tokens: [
    [0, 4],
    [5, 11],
    [12, 16],
    [16, 17],
    [18, 21],
    [22, 28],
    [28, 29],
  ],
  sentences: [{ tokens: [0, 4], spans: [{ id: 's', start: 0, end: 1, label: 'PER' }] }, { tokens: [4, 7] }],
}
const file = (...docs: object[]) =>
  [{ espalier: 'corpus', version: 1, labels }, ...docs].map((line) => JSON.stringify(line)).join('\n')

it('splits, joins, refuses with a sentence, tells the windows, and is exported with a history that can be read again', async () => {
  const context = recordedContext(temporaryWorkspace())
  const corpora = createCorpora(context, () => undefined)
  const annotations = createAnnotations(context, () => Promise.resolve())
  const load = (corpus: string, text: string) =>
    corpora.import({ corpus, split: 'train', taskId: corpus, files: onDisk({ name: `${corpus}.jsonl`, text }) })
  await load('Small', file(doc))
  const told = (): string[] => context.events.splice(0).map(({ type }) => type)
  told()

  const split = await annotations.segment({ sentenceId: 1, act: { kind: 'split-word', word: 1, at: 3 } })
  expect(split.operation?.description).toBe('cannot split into can and not')
  expect(told()).toEqual(['annotation-changed'])
  const joined = await annotations.segment({ sentenceId: 1, act: { kind: 'join-sentences' } })
  expect(joined.operation?.description).toBe('Sentence joined with the next, Ada sleeps .')
  expect(told()).toEqual(['annotation-changed', 'corpora-changed'])
  expect(await annotations.segment({ sentenceId: 1, act: { kind: 'join-sentences' } })).toEqual({
    operation: null,
    refusal: 'This is the last sentence of its document: none can be joined',
  })
  await expect(annotations.backTo({ sentenceId: 1, operationId: null })).rejects.toThrow(
    'Since then this sentence was split, or joined with the next one.',
  )
  expect((await annotations.open({ sentenceId: 1, runId: null })).tokens).toHaveLength(8)

  const path = join(temporaryFolder(), 'export.jsonl')
  await corpora.export({ corpusId: 1, format: 'jsonl', split: null, path, taskId: 'task', replace: false })
  await load('Copy', await readFile(path, 'utf8'))
  const corpusId = context.workspace.corpora.findByName('Copy')?.corpusId ?? 0
  const [copied] = context.workspace.annotations.queueRows(corpusId, {})
  const history = context.workspace.annotations.history(corpusId, copied?.sentenceId ?? 0, 9)
  expect(history.map(({ description, changes }) => [description, changes.length])).toEqual([
    ['Sentence joined with the next, Ada sleeps .', 0],
    ['cannot split into can and not', 0],
  ])

  await annotations.undo({ corpusId: 1 })
  expect(told().slice(-2)).toEqual(['annotation-changed', 'corpora-changed'])
  expect(context.workspace.annotations.queueRows(1, {})).toHaveLength(2)
  expect((await context.workspace.check()).findings).toEqual([]) // words and spans are what text and log say
  await annotations.redo({ corpusId: 1 })
  expect((await context.workspace.check()).findings).toEqual([])
})

it('counts a sentence that was split as changed, and none of those behind it', () => {
  const gold = (...sentences: string[]): Uint8Array => {
    const steps = digestSteps(
      sentences.map((text, sentenceId) => ({
        sentenceId,
        words: text.split(' '),
        spans: [],
        triples: [],
        unanchored: [],
      })),
    )
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
    }
  }
  expect(countChanges(gold('a b', 'c', 'd', 'e'), gold('a', 'b', 'c', 'd', 'e'))).toBe(2)
  expect(countChanges(gold('a', 'b', 'c'), gold('a', 'x', 'c'))).toBe(1)
  expect(countChanges(gold('a', 'a'), gold('a', 'a', 'a'))).toBe(1)
})
