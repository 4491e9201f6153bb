/** Agreement over a corpus: read from its layers in a thread, refused where there is nothing to compare. */
import { describe, expect, it } from 'vitest'
import type { AnnotatedDoc, DocLayer, SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation, type AnnotatedSpan } from '#main/document/annotation'
import { createTeam } from '#main/services/team/team'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeCorpus, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

const span = (start: number, label: string): AnnotatedSpan => ({
  ...{ id: `${start} ${label}`, start, end: start + 1, label, provenance: { origin: 'person', author: 'Ann' } },
})
const said = (...spans: AnnotatedSpan[]): SentenceAnnotation => ({
  ...{ ...emptyAnnotation, spans, unanchored: [], ambiguousAnchors: 0, repeatedTriples: 0, history: [] },
})
const layer = (name: string, annotation: SentenceAnnotation | null): DocLayer => ({
  ...{ kind: 'annotator', name, annotations: [annotation] },
})

function open(...layers: readonly DocLayer[][]) {
  const workspace = temporaryWorkspace()
  const docs: AnnotatedDoc[] = tripleDocs(...layers.map((_, at) => [`Ada met Ben ${at}`] as const)).map((doc, at) => ({
    ...doc,
    ...{ annotations: [said(span(0, 'PER'))], layers: layers[at] ?? [] },
  }))
  return { corpusId: makeCorpus(workspace, docs), team: createTeam(recordedContext(workspace)) }
}

describe('agreement over a corpus', () => {
  it('compares its annotators, with what each has done', async () => {
    const { corpusId, team } = open(
      [layer('ann', said(span(0, 'PER'))), layer('ben', said(span(0, 'PER'), span(2, 'PER')))],
      [layer('ann', said(span(0, 'PER'))), layer('ben', null)],
      [],
    )
    const report = await team.agreement({ corpusId, layers: null, seed: 1 })
    expect(report.layers.map(({ name, annotated, of }) => [name, annotated, of])).toEqual([
      ['ann', 2, 3],
      ['ben', 1, 3],
    ])
    expect(report.pairs.map(({ sentences, spans }) => [sentences, spans.exact.value])).toEqual([[1, 2 / 3]])
  })

  it('takes the annotation of the corpus where there is one annotator besides, or where it is asked for', async () => {
    const { corpusId, team } = open([layer('ann', said(span(0, 'ORG')))], [])
    const { layers, confused } = await team.agreement({ corpusId, layers: null, seed: 1 })
    expect(layers.map(({ name }) => name)).toEqual(['ann', 'gold'])
    expect(confused).toEqual([{ kind: 'entity', labels: ['ORG', 'PER'], count: 1 }])
    const known = await team.layers({ corpusId })
    expect((await team.agreement({ corpusId, layers: known, seed: 1 })).layers.map(({ name }) => name)).toEqual([
      'ann',
      'gold',
    ])
  })

  it('says what is missing where there is nobody to compare with', async () => {
    const { corpusId, team } = open([])
    await expect(team.agreement({ corpusId, layers: null, seed: 1 })).rejects.toThrow(
      'Assign sentences to a second person',
    )
    const layers = [{ kind: 'annotator', name: 'Eve' } as const]
    await expect(team.agreement({ corpusId, layers, seed: 1 })).rejects.toThrow('no layer of "Eve"')
  })
})
