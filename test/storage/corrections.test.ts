/** Which sentences were corrected since a moment, as the log tells. */
import { expect, it } from 'vitest'
import type { AnnotatedSpan } from '#main/document/annotation'
import type { Change } from '#main/document/operation'
import { describeCorrections, type Corrections } from '#main/runs/corrections'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

const span = (author: string): AnnotatedSpan => ({
  ...{ id: author, start: 0, end: 1, label: 'PER', provenance: { origin: 'person', author } },
})
const label = (author: string): Change => ({ kind: 'span', before: null, after: span(author) })

function open() {
  const workspace = temporaryWorkspace()
  const texts = ['Ada slept .', 'Jon slept .', 'Mara slept .', 'Ilse slept .']
  const corpusId = makeCorpus(workspace, tripleDocs(...texts.map((text) => [text] as const)))
  workspace.corpora.addDocs(corpusId, 'dev', 'dev.json', tripleDocs(['Piet slept .']))
  const { annotations } = workspace
  return {
    annotations,
    ids: sentenceIdsOf(workspace, corpusId),
    act: (sentenceId: number, author: string, atMs: number, change: Change = label(author)) =>
      annotations.apply(sentenceId, author, 'act', [change], atMs),
    since: (sinceMs: number): Corrections => {
      const steps = annotations.correctionSteps(corpusId, sinceMs)
      for (;;) {
        const { done, value } = steps.next()
        if (done) return value
      }
    },
  }
}

it('are those of all people, each once, by split in the order of the corpus', () => {
  const { ids, act, since } = open()
  const [first = 0, second = 0, third = 0, , inDev = 0] = ids
  act(second, 'Ada', 10)
  act(inDev, 'Ada', 20)
  act(third, 'Ada', 21)
  act(first, 'Ben', 22)
  act(third, 'Ben', 23)
  const found = since(10)
  expect(found).toEqual({ sentences: { train: 2, dev: 1, test: 0 }, sentenceIds: [first, third, inDev], isCut: false })
  expect(describeCorrections(found)).toBe('3 sentences corrected (2 of train, 1 of dev)')
  expect(since(23).sentenceIds).toEqual([])
})

it('are neither what was undone nor marks that leave the annotation as it was', () => {
  const { annotations, ids, act, since } = open()
  const [first = 0, second = 0] = ids
  const { operationId } = act(first, 'Ada', 20).operation
  annotations.apply(...([first, 'Ada', 'Undo', [{ kind: 'span', before: span('Ada'), after: null }], 21] as const), {
    undoes: operationId,
  })
  const { review } = annotations.annotation(second)
  act(second, 'Ada', 22, { kind: 'review', before: review, after: { ...review, isReviewed: true } })
  expect(since(10).sentenceIds).toEqual([])
})
