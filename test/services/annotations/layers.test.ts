/** Layers of an open sentence: shown with it, but what a model says is held back where its suggestions are. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation } from '#main/document/annotation'
import { createAnnotations } from '#main/services/annotations/annotations'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

const said = { ...emptyAnnotation, unanchored: [], ambiguousAnchors: 0, repeatedTriples: 0, history: [] }

describe('layers of an open sentence', () => {
  it('are those of people alone until a sentence of the test split is reviewed', async () => {
    const workspace = temporaryWorkspace()
    const layers = [
      { kind: 'annotator', name: 'anna', annotations: [said] },
      { kind: 'system', name: 'model 3', annotations: [said] },
    ] as const
    const corpusId = makeCorpus(
      workspace,
      tripleDocs(['Ada slept .']).map((doc) => ({ ...doc, layers })),
      'test',
    )
    const { open, apply } = createAnnotations(recordedContext(workspace), async () => undefined)
    const [sentenceId = 0] = sentenceIdsOf(workspace, corpusId)
    const names = async () => (await open({ sentenceId, runId: null })).layers.map(({ name }) => name)
    expect(await names()).toEqual(['anna'])
    const before = emptyAnnotation.review
    const changes = [{ kind: 'review', before, after: { ...before, isReviewed: true } } as const]
    await apply({ sentenceId, description: 'Done', changes })
    expect(await names()).toEqual(['anna', 'model 3'])
  })
})
