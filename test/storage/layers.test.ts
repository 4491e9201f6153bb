/** Layers in the workspace: kept beside the annotation that is edited, counted, and found by filters. */
import { describe, expect, it } from 'vitest'
import { runSteps } from '#main/core/steps'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation, type AnnotatedSpan } from '#main/document/annotation'
import { compareLayer } from '#main/document/layer-differences'
import type { LayerState } from '#main/document/sentence-row'
import { createAnnotationRepository } from '#main/storage/annotation-repository'
import { createCorpusRepository } from '#main/storage/corpus-repository'
import { createLayerRepository } from '#main/storage/layer-repository'
import { openDatabase } from '#main/storage/database'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { tripleDocs } from '../support/temporary-workspace.ts'

const labels = { entityTypes: [{ name: 'PER' }, { name: 'ORG' }], relationTypes: [], signatures: [] }
const span = (label: string, author: string): AnnotatedSpan => ({
  ...{ id: `${author} ${label}`, start: 0, end: 1, label, provenance: { origin: 'import', author } },
})
const said = (...spans: AnnotatedSpan[]): SentenceAnnotation => ({
  ...{ ...emptyAnnotation, spans, unanchored: [], ambiguousAnchors: 0, repeatedTriples: 0, history: [] },
})

/** Three sentences: without layers, with one that says the same, with two of which one says PER and one nothing. */
function docs(): AnnotatedDoc[] {
  const [alone, agreed, differing] = tripleDocs(['Ada slept .'], ['Mara slept .'], ['Jon slept .'])
  if (!alone || !agreed || !differing) throw new Error('there are three')
  return [
    alone,
    {
      ...agreed,
      annotations: [said(span('PER', 'file'))],
      layers: [{ kind: 'annotator', name: 'anna', annotations: [said(span('PER', 'anna'))] }],
    },
    {
      ...differing,
      annotations: [said(span('ORG', 'file'))],
      layers: [
        { kind: 'annotator', name: 'anna', annotations: [said(span('PER', 'anna'))] },
        { kind: 'system', name: 'model', annotations: [said()] },
      ],
    },
  ]
}

function open(steps = migrations) {
  const database = openDatabase(':memory:')
  migrate(database, 1, steps)
  return {
    database,
    corpora: createCorpusRepository(database, () => 1),
    annotations: createAnnotationRepository(database),
  }
}

function filled() {
  const { database, corpora, annotations } = open()
  const corpusId = corpora.create('Small', labels)
  corpora.addDocs(corpusId, 'train', 'a.jsonl', docs())
  const found = (layers: LayerState) =>
    runSteps(corpora.sentencePageSteps(corpusId, { layers }, 0, 10)).rows.map(({ text }) => text)
  const ids = database.column<number>('SELECT sentence_id FROM sentence ORDER BY sentence_id')
  return { database, corpora, annotations, found, ids }
}

describe('layers of sentences', () => {
  it('are read in the order of their file', () => {
    const { annotations, ids } = filled()
    expect(ids.map((id) => annotations.layers(id).map(({ kind, name }) => `${name} ${kind}`))).toEqual([
      [],
      ['anna annotator'],
      ['anna annotator', 'model system'],
    ])
  })

  it('are found by filters, where there are some and where they differ', () => {
    const { found } = filled()
    expect(found('some')).toEqual(['Mara slept .', 'Jon slept .'])
    expect(found('differing')).toEqual(['Jon slept .'])
  })

  it('are compared anew after each edit, and stay what they are', () => {
    const { annotations, found, ids } = filled()
    const [, agreed = 0, differing = 0] = ids
    const before = annotations.layers(differing)
    const relabel = (sentenceId: number, label: string) => {
      const [first] = annotations.annotation(sentenceId).spans
      if (!first) throw new Error('it has a span')
      annotations.apply(sentenceId, 'Ada', 'relabel', [{ kind: 'span', before: first, after: { ...first, label } }], 1)
    }
    relabel(agreed, 'ORG')
    expect(found('differing')).toEqual(['Mara slept .', 'Jon slept .'])
    relabel(agreed, 'PER')
    expect(found('differing')).toEqual(['Jon slept .'])
    expect(annotations.layers(differing)).toEqual(before)
  })

  it('are counted by the migration of an older workspace as by an import', () => {
    const counts = 'SELECT layer_count, layer_differences FROM sentence ORDER BY sentence_id'
    const { database } = filled()
    const expected = database.all(counts)
    expect(expected).toEqual([
      { layer_count: 0, layer_differences: 0 },
      { layer_count: 1, layer_differences: 0 },
      { layer_count: 2, layer_differences: 2 },
    ])
    database.script('UPDATE sentence SET layer_count = 0, layer_differences = 0; DROP INDEX sentence_layers')
    database.script('ALTER TABLE sentence DROP COLUMN layer_count; ALTER TABLE sentence DROP COLUMN layer_differences')
    const before = migrations.findIndex(({ name }) => name.endsWith('layer-counts'))
    database.run('DELETE FROM migration WHERE name >= ?', migrations[before]?.name ?? '')
    database.script(`PRAGMA user_version = ${before}`)
    migrate(database, 1, migrations.slice(0, before + 1))
    expect(database.all(counts)).toEqual(expected)
  })

  it('make a queue of sentences to adjudicate, those with most differences first', () => {
    const { corpora, database } = open()
    const layers = createLayerRepository(database)
    const corpusId = corpora.create('Team', labels)
    const speaking = (name: string, ...marked: readonly (readonly [number, string])[]) => ({
      ...{ kind: 'annotator' as const, name },
      annotations: [
        said(
          ...marked.map(([start, label]) => ({ ...span(label, name), id: `${name}${start}`, start, end: start + 1 })),
        ),
      ],
    })
    const texts = tripleDocs(['Ada slept .'], ['Mara slept well .'], ['Jon slept .'])
    const versions = [
      [speaking('anna', [0, 'PER']), speaking('ben', [0, 'ORG'])],
      [speaking('anna', [0, 'PER']), speaking('ben', [0, 'ORG'], [2, 'ORG'])],
      [speaking('anna', [0, 'PER']), speaking('ben', [0, 'PER'])],
    ]
    const all = texts.map((doc, at) => ({ ...doc, annotations: [said()], layers: versions[at] ?? [] }))
    corpora.addDocs(corpusId, 'train', 'a.jsonl', all)
    const [one, two] = database.column<number>('SELECT sentence_id FROM sentence ORDER BY sentence_id')
    expect(layers.disputedIds(corpusId, {}, 0, 10)).toEqual([two, one])
    expect(layers.disputedIds(corpusId, {}, 1, 10)).toEqual([one])
    const counts = 'SELECT layer_disputes FROM sentence ORDER BY sentence_id'
    const counted = database.column<number>(counts)
    expect(counted).toEqual([1, 2, 0])
    // a workspace from before they were counted
    const before = migrations.findIndex(({ name }) => name.endsWith('layer-disputes'))
    database.script('DROP INDEX sentence_disputes; ALTER TABLE sentence DROP COLUMN layer_disputes')
    database.run('DELETE FROM migration WHERE name >= ?', migrations[before]?.name ?? '')
    database.script(`PRAGMA user_version = ${before}`)
    migrate(database, 1, migrations.slice(0, before + 1))
    expect(database.column<number>(counts)).toEqual(counted)
  })

  it('go to the index of sentences with layers, however large the corpus', () => {
    const { database } = filled()
    const plan = database.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT sentence_id FROM sentence WHERE corpus_id = 1 AND (layer_count > 0 AND layer_differences > 0)
       AND split = 0 AND position > 0 AND position <= 8000 ORDER BY position`,
    )
    expect(plan.map(({ detail }) => detail).join()).toContain('sentence_layers')
  })

  it('are compared with what is edited, so that the count is the number of differences', () => {
    const { annotations, ids } = filled()
    const [, , differing = 0] = ids
    const here = annotations.annotation(differing)
    expect(
      annotations.layers(differing).map((layer) => compareLayer(here, layer.annotation).differences.length),
    ).toEqual([1, 1])
  })

  it('keep which sentences of a document they are of', () => {
    const { corpora } = open()
    const [doc] = tripleDocs(['Ada slept .'])
    if (!doc) throw new Error('there is one')
    const sentences = [
      { start: 0, end: 1 },
      { start: 1, end: 3 },
    ]
    const layers = [{ kind: 'annotator', name: 'anna', annotations: [null, said(span('PER', 'anna'))] }] as const
    const corpusId = corpora.create('Part', labels)
    corpora.addDocs(corpusId, 'train', 'a.jsonl', [{ ...doc, sentences, annotations: [said(), said()], layers }])
    expect([...corpora.docsOf(corpusId, null)].flat().map((read) => read.layers)).toEqual([layers])
  })
})
