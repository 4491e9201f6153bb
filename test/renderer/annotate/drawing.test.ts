/** Relations drawn by key: one after the other from one subject, and what a refused R and a stray key must not change. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedSpan, type Annotation } from '#main/document/annotation'
import type { LabelSet } from '#main/labels/label-set'
import { openEditor, type KeyedEditor } from '../../support/editor-by-keys.ts'

const text = 'Mara Velt founded Orbisk Labs in Tarnow .'
const provenance = { origin: 'import', author: 'file' } as const
const mara: AnnotatedSpan = { id: 'mara', start: 0, end: 2, label: 'PERSON', provenance }
const labs: AnnotatedSpan = { id: 'labs', start: 3, end: 5, label: 'ORG', provenance }
const tarnow: AnnotatedSpan = { id: 'tarnow', start: 6, end: 7, label: 'PLACE', provenance }
const spans: Annotation = { ...emptyAnnotation, spans: [mara, labs, tarnow] }
const free: LabelSet = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'lives_in' }, { name: 'knows' }],
  signatures: [],
}
const strict: LabelSet = {
  ...free,
  signatures: [
    { relation: 'founder_of', subject: 'PERSON', object: 'ORG' },
    { relation: 'lives_in', subject: 'PERSON', object: 'PLACE' },
    { relation: 'knows', subject: 'PERSON', object: 'PERSON' },
  ],
}
const related: Annotation = {
  ...spans,
  relations: [{ id: 'founded', subject: 'mara', type: 'founder_of', object: 'labs', provenance }],
}
const triples = ({ annotation }: KeyedEditor) =>
  annotation().relations.map(({ subject, type, object }) => [subject, type, object])
const chosen = ({ editor }: KeyedEditor) => editor.selection.value.target
const letterOf = ({ editor }: KeyedEditor, spanId: string) =>
  editor.picking.hints.value.find((hint) => hint.spanId === spanId)?.letter ?? 'none'

describe('R', () => {
  it('draws one relation after the other from the same subject, which stays chosen', () => {
    const keyed = openEditor(text, free, spans)
    keyed.press('Home', 'r', 'f', '1', 'r', 'j', '2', 'r', 'f', '3')
    expect(triples(keyed)).toEqual([
      ['mara', 'founder_of', 'labs'],
      ['mara', 'lives_in', 'tarnow'],
      ['mara', 'knows', 'labs'],
    ])
    expect(chosen(keyed)).toEqual({ kind: 'span', spanId: 'mara' })
    expect(keyed.annotation().spans).toEqual(spans.spans)
  })

  it('swallows the digit of a type that was clear, so that the subject keeps its own', () => {
    const keyed = openEditor(text, strict, spans)
    keyed.press('Home', 'r', 'f', '2', 'r', 'j', '2')
    expect(triples(keyed)).toEqual([
      ['mara', 'founder_of', 'labs'],
      ['mara', 'lives_in', 'tarnow'],
    ])
    expect(keyed.annotation().spans).toEqual(spans.spans)
  })

  it('draws from the subject of the chosen relation', () => {
    const keyed = openEditor(text, free, related)
    keyed.editor.selection.value = {
      ...keyed.editor.selection.value,
      target: { kind: 'relation', relationId: 'founded' },
    }
    keyed.press('r')
    expect(keyed.status()).toMatch(/^From Mara Velt:/)
    keyed.press(letterOf(keyed, 'tarnow'), '2')
    expect(triples(keyed)).toEqual([
      ['mara', 'founder_of', 'labs'],
      ['mara', 'lives_in', 'tarnow'],
    ])
  })

  it('draws from the span the caret is in, also after Escape has let go of it', () => {
    const keyed = openEditor(text, free, spans)
    keyed.press('Home', 'ArrowRight', 'Escape')
    expect(chosen(keyed)).toBeNull()
    keyed.press('r')
    keyed.press(letterOf(keyed, 'labs'), '1')
    expect(triples(keyed)).toEqual([['mara', 'founder_of', 'labs']])
  })

  it('that is refused lets the letter and the digit that follow change nothing, and says why', () => {
    const keyed = openEditor(text, free, related)
    keyed.press('Home', 'ArrowRight', 'ArrowRight', 'r') // on "founded"
    const refused = 'A relation starts from a span: move into one, or choose one, then press R again'
    expect(keyed.status()).toBe(refused)
    keyed.press('f')
    expect(keyed.status()).toBe(`No relation is being drawn. ${refused}`)
    keyed.press('1')
    expect(keyed.annotation()).toEqual(related)
    keyed.press('1') // now the digit is a label again
    expect(keyed.annotation().spans).toHaveLength(4)
  })

  it('that is refused is forgotten as soon as the caret moves on', () => {
    const keyed = openEditor(text, free, spans)
    keyed.press('Home', 'ArrowRight', 'ArrowRight', 'r', 'ArrowLeft', '2')
    expect(keyed.annotation().spans[0]?.label).toBe('ORG')
  })

  it('takes no key for anything else while the letter is to come', () => {
    const keyed = openEditor(text, free, spans)
    keyed.press('Home', 'r', 'z', '2', 'Delete')
    expect(keyed.annotation()).toEqual(spans)
    keyed.press('r')
    keyed.press(letterOf(keyed, 'labs'), '1')
    expect(triples(keyed)).toEqual([['mara', 'founder_of', 'labs']])
  })

  it('draws a relation of a span to itself by its letter alone, where the label set allows one', () => {
    const keyed = openEditor(text, strict, { ...spans, spans: [mara] })
    keyed.press('Home', 'r', 'Enter')
    expect(triples(keyed)).toEqual([])
    keyed.press(letterOf(keyed, 'mara'))
    expect(triples(keyed)).toEqual([['mara', 'knows', 'mara']])
    const labelled = openEditor(text, strict, { ...spans, spans: [labs] })
    labelled.press('End', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'r')
    expect(labelled.editor.picking.hints.value).toEqual([])
  })
})

describe('the type of a relation', () => {
  it('changes in its list, which the key of the list opens, and by no other key', () => {
    const keyed = openEditor(text, free, related)
    keyed.editor.selection.value = {
      ...keyed.editor.selection.value,
      target: { kind: 'relation', relationId: 'founded' },
    }
    keyed.press('2')
    expect(triples(keyed)).toEqual([['mara', 'founder_of', 'labs']])
    expect(keyed.status()).toBe(
      'A key of a type does not change the chosen relation: press / and choose lives_in there',
    )
    keyed.press('/', '2')
    expect(triples(keyed)).toEqual([['mara', 'lives_in', 'labs']])
  })

  it('stays when X turns it', () => {
    const keyed = openEditor(text, free, related)
    keyed.editor.selection.value = {
      ...keyed.editor.selection.value,
      target: { kind: 'relation', relationId: 'founded' },
    }
    keyed.press('x')
    expect(triples(keyed)).toEqual([['labs', 'founder_of', 'mara']])
    expect(keyed.status()).toBe('Relation founder_of reversed, Orbisk Labs to Mara Velt')
    expect(chosen(keyed)).toEqual({ kind: 'relation', relationId: 'founded' })
  })
})
