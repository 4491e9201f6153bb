// @vitest-environment happy-dom
/** Layers in the editor by keys: shown one after the other, gone through difference by difference, and taken over. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedSpan } from '#main/document/annotation'
import type { SentenceLayer } from '#main/document/layer'
import { openEditor } from '../../support/editor-by-keys.ts'

const text = 'Mara Velt founded Orbisk Labs in Tarnow .'
const labels = {
  entityTypes: [{ name: 'PER' }, { name: 'ORG' }],
  relationTypes: [{ name: 'founder_of' }],
  signatures: [],
}
const span = (id: string, start: number, end: number, label: string): AnnotatedSpan => ({
  ...{ id, start, end, label, provenance: { origin: 'import', author: 'a.jsonl' } },
})
const annotation = { ...emptyAnnotation, spans: [span('mara', 0, 2, 'PER'), span('orbisk', 3, 4, 'ORG')] }
const anna: SentenceLayer = {
  ...{ kind: 'annotator', name: 'anna' },
  annotation: { spans: [span('1', 0, 2, 'ORG'), span('2', 3, 4, 'ORG'), span('3', 6, 7, 'LOC')], relations: [] },
}
const same: SentenceLayer = { kind: 'system', name: 'model', annotation }
const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('layers by keys', () => {
  const open = () => openEditor(text, labels, annotation, [anna, same])
  const spansOf = ({ annotation }: ReturnType<typeof open>) =>
    annotation().spans.map(({ start, end, label }) => `${start}-${end} ${label}`)

  it('are shown one after the other, then none', () => {
    const desk = open()
    const shown = () => desk.editor.layers.shown.value?.name ?? null
    expect(shown()).toBeNull()
    desk.press('\\')
    expect([shown(), desk.status()]).toEqual(['anna', 'anna: 2 different'])
    desk.press('\\')
    expect([shown(), desk.status()]).toEqual(['model', 'model: the same as the annotation'])
    desk.press('\\')
    expect(shown()).toBeNull()
  })

  it('lead from difference to difference, with the words of each selected', () => {
    const desk = open()
    desk.press('.')
    expect(desk.status()).toBe('Mara Velt is ORG, not PER')
    expect(desk.editor.selection.value).toMatchObject({ target: { kind: 'span', spanId: 'mara' } })
    desk.press('.')
    expect(desk.status()).toBe('Tarnow is LOC')
    expect(desk.editor.selection.value).toMatchObject({ anchor: 6, caret: 6 })
    desk.press('.')
    expect(desk.status()).toBe('No further difference')
    desk.press(',')
    expect(desk.status()).toBe('Mara Velt is ORG, not PER')
  })

  it('are taken over one difference after the other, and a type that is missing comes along', async () => {
    const desk = open()
    desk.press('.', '=')
    await settled()
    expect(spansOf(desk)).toEqual(['0-2 ORG', '3-4 ORG'])
    expect(desk.editor.layers.chosen.value).toMatchObject({ there: { id: '3' } })
    desk.press('=')
    await settled()
    expect(spansOf(desk)).toEqual(['0-2 ORG', '3-4 ORG', '6-7 LOC'])
    expect(desk.editor.desk.value.labels.entityTypes.map(({ name }) => name)).toEqual(['PER', 'ORG', 'LOC'])
    expect(desk.editor.layers.differences.value).toEqual([])
  })

  it('are taken over whole as one act', async () => {
    const desk = open()
    desk.press('\\', '+')
    await settled()
    expect(spansOf(desk)).toEqual(['0-2 ORG', '3-4 ORG', '6-7 LOC'])
    expect(desk.status()).toBe('As in anna: 1 added, 1 changed')
  })

  it('say what is missing where nothing can be taken over', () => {
    const desk = open()
    desk.press('=')
    expect(desk.status()).toBe('No layer is shown')
    desk.press('\\', '=')
    expect(desk.status()).toBe('No difference is chosen')
    const alone = openEditor(text, labels, annotation)
    alone.press('\\')
    expect(alone.status()).toBe('This sentence has no layers of others')
  })
})
