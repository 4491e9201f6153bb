/** Renaming and merging labels in a whole corpus, and what the label set does not hold. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { runSteps } from '#main/core/steps'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation, type AnnotatedRelation, type AnnotatedSpan } from '#main/document/annotation'
import { relabelAnnotation } from '#main/document/edit-relabel'
import type { Change } from '#main/document/operation'
import { createAnnotations } from '#main/services/annotations/annotations'
import { previewSteps } from '#main/services/labels/relabel-preview'
import { createLabels } from '#main/services/labels/labels'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

const provenance = { origin: 'person', author: 'Ada' } as const

async function open() {
  const workspace = temporaryWorkspace()
  const texts = ['Mara Velt left Tarnow .', 'Ada met Mara .', 'Jon slept .']
  const corpusId = makeCorpus(workspace, tripleDocs(...texts.map((text) => [text] as const)))
  workspace.labels.update(corpusId, {
    entityTypes: [{ name: 'PER' }, { name: 'LOC' }, { name: 'CITY' }],
    relationTypes: [{ name: 'left' }, { name: 'met' }],
    signatures: [{ relation: 'left', subject: 'PER', object: 'CITY' }],
  })
  workspace.settings.update({ annotator: 'Ada' })
  const context = recordedContext(workspace)
  const annotations = createAnnotations(context, () => Promise.resolve())
  const labels = createLabels(context)
  const [first = 0, second = 0] = sentenceIdsOf(workspace, corpusId)
  const add = (sentenceId: number, after: AnnotatedSpan) =>
    annotations.apply({ sentenceId, description: 'label', changes: [{ kind: 'span', before: null, after }] })
  await add(first, { id: 'm', start: 0, end: 2, label: 'PER', provenance })
  await add(first, { id: 't', start: 3, end: 4, label: 'CITY', provenance })
  await add(second, { id: 'a', start: 0, end: 1, label: 'PER', provenance })
  const relation = { id: 'r', subject: 'm', type: 'left', object: 't', provenance }
  await annotations.apply({
    ...{ sentenceId: first, description: 'relate', changes: [{ kind: 'relation', before: null, after: relation }] },
  })
  const labelsOf = (sentenceId: number) => workspace.annotations.annotation(sentenceId).spans.map(({ label }) => label)
  return { workspace, annotations, labels, corpusId, first, second, add, labelsOf, events: context.events, context }
}

interface HeldItems {
  readonly spans: readonly (readonly [string, number, number])[]
  readonly relations: readonly (readonly [string, number, number])[]
  readonly refused: string | null
}

/** Gives the sentence of a document spans `[label, word, words more]`, relations `[type, subject, object]` between them, and refusals of a label. */
function annotate(doc: AnnotatedDoc, held?: HeldItems): AnnotatedDoc {
  const spans = (held?.spans ?? []).map(([label, start, more], at) => ({
    ...{ id: `s${at}`, start, end: Math.min(3, start + 1 + more), label, provenance },
  }))
  const relations = (held?.relations ?? []).flatMap(([type, subject, object], at) =>
    subject < spans.length && object < spans.length
      ? [{ id: `r${at}`, subject: `s${subject}`, type, object: `s${object}`, provenance }]
      : [],
  )
  const rejections = held?.refused
    ? [
        { id: 'x', kind: 'span' as const, key: `0:1:${held.refused}`, provenance },
        { id: 'y', kind: 'relation' as const, key: `0:1|${held.refused}|1:2`, provenance },
      ]
    : []
  return { ...doc, annotations: doc.annotations.map((one) => ({ ...one, spans, relations, rejections })) }
}

describe('renaming a label', () => {
  it('is looked at first, done everywhere, and taken back and done again as one act', async () => {
    const { annotations, labels, corpusId, first, second, labelsOf, workspace } = await open()
    const request = { corpusId, kind: 'entity', from: 'PER', to: 'PERSON' } as const
    const before = await labels.get({ corpusId })
    expect(await labels.previewRelabel(request)).toMatchObject({
      ...{ isMerge: false, spans: 2, sentences: 2, collapsed: 0 },
      examples: [{ text: 'Mara Velt left Tarnow .' }, { text: 'Ada met Mara .' }],
    })
    expect(labelsOf(second)).toEqual(['PER'])
    const { labels: after } = await labels.relabel(request)
    expect(after.entityTypes[0]).toEqual({ name: 'PERSON' })
    expect(after.signatures[0]?.subject).toBe('PERSON')
    expect([labelsOf(first), labelsOf(second)]).toEqual([['PERSON', 'CITY'], ['PERSON']])
    expect(await annotations.undo({ corpusId })).toMatchObject({
      undoneDescription: 'PER renamed to PERSON',
      sentences: 2,
    })
    expect(await labels.get({ corpusId })).toEqual(before)
    expect([labelsOf(first), labelsOf(second)]).toEqual([['PER', 'CITY'], ['PER']])
    expect(workspace.annotations.annotation(first).relations).toHaveLength(1)
    await annotations.redo({ corpusId })
    expect([(await labels.get({ corpusId })).entityTypes[0]?.name, labelsOf(second)]).toEqual(['PERSON', ['PERSON']])
  })

  it('merges into a type that is there, and a relation type likewise', async () => {
    const { labels, corpusId, first, labelsOf, workspace } = await open()
    await labels.relabel({ corpusId, kind: 'entity', from: 'CITY', to: 'LOC' })
    expect(labelsOf(first)).toEqual(['PER', 'LOC'])
    await labels.relabel({ corpusId, kind: 'relation', from: 'left', to: 'met' })
    expect(workspace.annotations.annotation(first).relations[0]?.type).toBe('met')
    const { entityTypes, relationTypes } = await labels.get({ corpusId })
    expect([entityTypes.length, relationTypes.length]).toEqual([2, 1])
  })

  it('cannot be taken back once the label set has changed, and says so; nothing is half taken back', async () => {
    const { annotations, labels, corpusId, second, labelsOf } = await open()
    const { labels: after } = await labels.relabel({ corpusId, kind: 'entity', from: 'PER', to: 'PERSON' })
    await labels.update({ corpusId, labels: { ...after, entityTypes: [...after.entityTypes, { name: 'NEW' }] } })
    await expect(annotations.undo({ corpusId })).rejects.toThrow('The label set has changed since PER became PERSON')
    expect(labelsOf(second)).toEqual(['PERSON'])
  })

  it('is looked at with the counts of what it changes, where items become equal too', async () => {
    const { labels, corpusId, first, second, add, workspace } = await open()
    await add(first, { id: 'm2', start: 0, end: 2, label: 'LOC', provenance })
    await add(second, { id: 'a2', start: 2, end: 3, label: 'PER', provenance })
    for (const [from, to, collapsed] of [
      ['PER', 'LOC', 1],
      ['CITY', 'LOC', 0],
    ] as const) {
      const request = { corpusId, kind: 'entity', from, to } as const
      const held = workspace.annotations.annotations([first, second])
      const changes = [...held.values()].flatMap((one) => relabelAnnotation(one, 'entity', from, to))
      const count = (kind: string) => changes.filter((change) => change.kind === kind).length
      expect(await labels.previewRelabel(request)).toMatchObject({
        ...{ spans: count('span'), relations: count('relation'), collapsed },
      })
    }
  })

  it('is looked at as doing it on every sentence would be, whatever the sentences hold', () => {
    const label = fc.constantFrom('A', 'B', 'a')
    const item = fc.tuple(label, fc.nat(2), fc.nat(2))
    const sentences = fc.array(
      fc.record({
        spans: fc.array(item, { maxLength: 4 }),
        relations: fc.array(item, { maxLength: 5 }),
        refused: fc.option(label),
      }),
      { minLength: 1, maxLength: 5 },
    )
    const workspace = temporaryWorkspace()
    const kinds = fc.constantFrom<'entity' | 'relation'>('entity', 'relation')
    fc.assert(
      fc.property(sentences, kinds, fc.constantFrom('B', 'C'), (held, kind, to) => {
        const docs = tripleDocs(...held.map(() => ['a b c .'] as const)).map((doc, at) => annotate(doc, held[at]))
        const corpusId = makeCorpus(workspace, docs) // beside those of the runs before
        workspace.corpora.rename(corpusId, `made ${corpusId}`)
        const all = workspace.annotations.annotations(sentenceIdsOf(workspace, corpusId))
        const changes = [...all].map(([sentenceId, one]) => ({
          sentenceId,
          all: relabelAnnotation(one, kind, 'A', to),
        }))
        const changed = changes.filter((one) => one.all.length > 0).map(({ sentenceId }) => sentenceId)
        const count = (own: string) => changes.flatMap((one) => one.all).filter((one) => one.kind === own).length
        const preview = runSteps(previewSteps(workspace, { corpusId, kind, from: 'A', to }))
        expect(preview).toMatchObject({
          ...{ spans: count('span'), relations: count('relation'), rejections: count('rejection') },
          collapsed: changes.flatMap((one) => one.all).filter((one) => one.kind !== 'review' && one.after === null)
            .length,
          sentences: changed.length,
        })
        expect(preview.examples.map(({ sentenceId }) => sentenceId)).toEqual(changed.slice(0, 5))
      }),
      { numRuns: 60 },
    )
  })

  it('is looked at without reading sentences in which nothing becomes equal', () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(
      workspace,
      tripleDocs(
        ...Array.from(
          { length: 50 },
          () => ['Mara left Velt', ['Mara', 'left', 'Velt'], ['Velt', 'met', 'Mara']] as const,
        ),
        ['Ada left Orb', ['Ada', 'left', 'Orb'], ['Ada', 'met', 'Orb']],
      ),
    )
    const read: number[] = []
    const annotations = {
      ...workspace.annotations,
      annotations(ids: readonly number[]) {
        read.push(...ids)
        return workspace.annotations.annotations(ids)
      },
    }
    const request = { corpusId, kind: 'relation', from: 'left', to: 'met' } as const
    const preview = runSteps(previewSteps({ ...workspace, annotations }, request))
    expect(preview).toMatchObject({ relations: 51, collapsed: 1, sentences: 51 })
    expect(read).toEqual(sentenceIdsOf(workspace, corpusId).slice(-1))
  })

  it('is refused for a type that is not there and for the same name', async () => {
    const { labels, corpusId } = await open()
    await expect(labels.relabel({ corpusId, kind: 'entity', from: 'X', to: 'Y' })).rejects.toThrow('has no X')
    await expect(labels.previewRelabel({ corpusId, kind: 'entity', from: 'PER', to: 'PER' })).rejects.toThrow('already')
  })
})

describe('violations', () => {
  it('are listed with their sentence, page by page', async () => {
    const { labels, corpusId, first, second, add } = await open()
    expect(await labels.violations({ corpusId, offset: 0, limit: 9 })).toEqual({
      total: 0,
      items: [],
      isComplete: true,
    })
    await add(second, { id: 'b', start: 0, end: 2, label: 'LOC', provenance })
    await labels.relabel({ corpusId, kind: 'entity', from: 'CITY', to: 'LOC' })
    const current = await labels.get({ corpusId })
    await labels.update({
      corpusId,
      labels: { ...current, signatures: [{ relation: 'left', subject: 'LOC', object: 'LOC' }] },
    })
    const { total, items } = await labels.violations({ corpusId, offset: 0, limit: 9 })
    expect(total).toBe(2)
    expect(items.map(({ sentenceId }) => sentenceId)).toEqual([first, second])
    expect(items[0]?.messages).toEqual(['left may not go from PER (Mara Velt) to LOC (Tarnow)'])
    expect((await labels.violations({ corpusId, offset: 1, limit: 9 })).items).toHaveLength(1)
  })

  it('of many sentences are told as far as they are known, checked in the background, and kept by every edit', async () => {
    const { labels, annotations, workspace, corpusId, second, add, context } = await open()
    const page = { corpusId, offset: 0, limit: 9 }
    const isChecked = () =>
      vi.waitFor(async () => expect((await labels.violations(page)).isComplete).toBe(true), 20_000)
    const many = Array.from({ length: 3000 }, () => ['Mara left Velt', ['Mara', 'left', 'Velt']] as const)
    workspace.corpora.addDocs(corpusId, 'dev', 'many', tripleDocs(...many))
    expect(await labels.violations(page)).toEqual({ total: 0, items: [], isComplete: false })
    await isChecked()
    const { total } = await labels.violations(page)
    expect(total).toBe(3000) // ENTITY is not in the label set
    expect(context.events.at(-1)).toEqual({ type: 'corpora-changed' })
    await add(second, { id: 'b', start: 0, end: 2, label: 'LOC', provenance }) // overlaps another one
    expect(await labels.violations(page)).toMatchObject({ total: 3001, isComplete: true })
    await annotations.undo({ corpusId })
    expect(await labels.violations(page)).toMatchObject({ total: 3000, isComplete: true })
    const known = workspace.labels.get(corpusId)
    const entityTypes = [...known.entityTypes, { name: 'ENTITY' }]
    workspace.labels.update(corpusId, { ...known, entityTypes, signatures: [] })
    expect(await labels.violations(page)).toMatchObject({ total: 3000, isComplete: false })
    const [first] = workspace.corpora.sentencePage(corpusId, { splits: ['dev'] }, 0, 1).rows
    await add(first?.sentenceId ?? 0, { id: 'x', start: 1, end: 2, label: 'LOC', provenance })
    await add(first?.sentenceId ?? 0, { id: 'y', start: 1, end: 3, label: 'PER', provenance })
    await isChecked()
    expect((await labels.violations(page)).items.map(({ sentenceId }) => sentenceId)).toEqual([first?.sentenceId])
  })
})

describe('renaming a label that layers hold', () => {
  const said = (spans: AnnotatedSpan[], relations: AnnotatedRelation[] = []): SentenceAnnotation => ({
    ...{ ...emptyAnnotation, spans, relations, ambiguousAnchors: 0, repeatedTriples: 0, history: [] },
    unanchored: relations.length > 0 ? [{ subject: 'Ada', type: 'met', object: 'nobody' }] : [],
  })
  const marked = (id: string, start: number, label: string): AnnotatedSpan => ({
    ...{ id, start, end: start + 1, label, provenance },
  })

  /** "Ada met Jon ." as PER by the main layer and by Anna, who relates them too and calls Jon both PER and LOC; "Rain fell ." by Ben alone. */
  function layered() {
    const workspace = temporaryWorkspace()
    const [met, fell, other] = tripleDocs(['Ada met Jon .'], ['Rain fell .'], ['Ada slept .'])
    if (!met || !fell || !other) throw new RangeError('there are three')
    const relation = { id: 'r', subject: 'a', type: 'met', object: 'j', provenance }
    const anna = said([marked('a', 0, 'PER'), marked('j', 2, 'PER'), marked('k', 2, 'LOC')], [relation])
    const history = { author: 'Ben', atMs: 1, description: 'label', undoes: null }
    const first: Change = { kind: 'span', before: null, after: marked('b', 0, 'PER') }
    const ben = { ...said([marked('b', 0, 'PER')]), history: [{ ...history, changes: [first] }] }
    const corpusId = makeCorpus(workspace, [
      {
        ...{ ...met, annotations: [said([marked('a', 0, 'PER'), marked('j', 2, 'PER')])] },
        layers: [{ kind: 'annotator', name: 'anna', annotations: [anna] }],
      },
      { ...{ ...fell, annotations: [said([])] }, layers: [{ kind: 'annotator', name: 'ben', annotations: [ben] }] },
      { ...other, layers: [{ kind: 'annotator', name: 'ben', annotations: [said([marked('s', 0, 'PERSONS')])] }] },
    ])
    workspace.labels.update(corpusId, {
      entityTypes: [{ name: 'PER' }, { name: 'LOC' }],
      relationTypes: [{ name: 'met' }],
      signatures: [],
    })
    const context = recordedContext(workspace)
    return {
      ...{
        workspace,
        corpusId,
        annotations: createAnnotations(context, () => Promise.resolve()),
        labels: createLabels(context),
      },
      layersOf: () =>
        [...workspace.corpora.docsOf(corpusId, null)]
          .flat()
          .map(({ layers = [] }) => layers.flatMap(({ annotations }) => annotations)),
      differing: () =>
        runSteps(workspace.corpora.sentencePageSteps(corpusId, { layers: 'differing' }, 0, 10)).rows.map(
          ({ text }) => text,
        ),
    }
  }

  it('renames it there in the same act, taken back and done again with it', async () => {
    const { annotations, labels, corpusId, layersOf, differing } = layered()
    const request = { corpusId, kind: 'entity', from: 'PER', to: 'PERSON' } as const
    const before = layersOf()
    expect(differing()).toEqual(['Ada met Jon .', 'Rain fell .', 'Ada slept .'])
    expect(await labels.previewRelabel(request)).toMatchObject({
      ...{ spans: 2, inLayers: 3, sentences: 2 },
      examples: [{ text: 'Ada met Jon .' }, { text: 'Rain fell .' }],
    })
    expect(await labels.relabel(request)).toMatchObject({ sentences: 2 })
    const after = layersOf()
    const named = after.map(([layer]) => layer?.spans.map(({ label }) => label))
    expect(named).toEqual([['PERSON', 'PERSON', 'LOC'], ['PERSON'], ['PERSONS']])
    expect(after[1]?.[0]?.history.map(({ description }) => description)).toEqual(['label', 'PER renamed to PERSON'])
    for (let round = 0; round < 2; round++) {
      await annotations.undo({ corpusId })
      expect(layersOf()).toEqual(before)
      await annotations.redo({ corpusId })
      expect(layersOf()).toEqual(after)
    }
  })

  it('merges there likewise, and the comparison with the layers follows', async () => {
    const { annotations, labels, corpusId, layersOf, differing } = layered()
    const before = layersOf()
    await labels.relabel({ corpusId, kind: 'entity', from: 'LOC', to: 'PER' })
    expect(layersOf()[0]?.[0]?.spans.map(({ id, label }) => `${id} ${label}`)).toEqual(['a PER', 'j PER'])
    expect(layersOf()[0]?.[0]?.relations).toHaveLength(1)
    await annotations.undo({ corpusId })
    expect(layersOf()).toEqual(before)
    expect(differing()).toContain('Ada met Jon .')
  })

  it('renames relation types and triples without a place there', async () => {
    const { annotations, labels, corpusId, layersOf } = layered()
    const before = layersOf()
    await labels.relabel({ corpusId, kind: 'relation', from: 'met', to: 'knows' })
    const [[anna] = []] = layersOf()
    expect([anna?.relations[0]?.type, anna?.unanchored[0]?.type]).toEqual(['knows', 'knows'])
    await annotations.undo({ corpusId })
    expect(layersOf()).toEqual(before)
  })
})
