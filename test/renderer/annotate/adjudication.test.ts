/** Adjudication by keys: one key a difference, Enter on, and the keys of types as soon as one edits. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedRelation, type AnnotatedSpan } from '#main/document/annotation'
import type { LayerKind, SentenceLayer } from '#main/document/layer'
import { emptyLabelSet } from '#main/labels/label-set'
import { openEditor } from '../../support/editor-by-keys.ts'

const text = 'Mara Velt founded Orbisk Labs in Tarnow .'
const labels = {
  ...emptyLabelSet,
  entityTypes: [{ name: 'PER' }, { name: 'ORG' }, { name: 'LOC' }],
  relationTypes: [{ name: 'founded' }, { name: 'leads' }],
}
function layer(
  name: string,
  spans: readonly (readonly [number, number, string])[],
  relations: readonly (readonly [number, string, number])[] = [],
  kind: LayerKind = 'annotator',
): SentenceLayer {
  const provenance = { origin: 'person', author: name } as const
  return {
    ...{ kind, name },
    annotation: {
      spans: spans.map(([start, end, label], at): AnnotatedSpan => ({
        id: `${name}${at}`,
        start,
        end,
        label,
        provenance,
      })),
      relations: relations.map(([subject, type, object], at): AnnotatedRelation => ({
        ...{ id: `${name}r${at}`, subject: `${name}${subject}`, type, object: `${name}${object}`, provenance },
      })),
    },
  }
}
const ben = layer(
  'Ben',
  [
    [0, 2, 'PER'],
    [3, 5, 'ORG'],
  ],
  [[0, 'founded', 1]],
)
const cy = layer(
  'Cy',
  [
    [0, 2, 'PER'],
    [3, 5, 'LOC'],
    [6, 7, 'LOC'],
  ],
  [[0, 'leads', 1]],
)
const open = (layers: readonly SentenceLayer[] = [ben, cy]) => openEditor(text, labels, emptyAnnotation, layers, true)
/** Lets what a key began come to its end. */
const settled = () => new Promise((resolve) => setTimeout(resolve))
const spansOf = ({ annotation }: ReturnType<typeof open>) =>
  annotation().spans.map(({ start, end, label }) => `${start}-${end} ${label}`)

describe('adjudicating by keys', () => {
  it('begins at the first difference, and tells it with what each says', () => {
    const { status, editor } = open()
    expect(editor.adjudicating.isHolding.value).toBe(true)
    expect(status()).toBe('Difference 1 of 3, Orbisk Labs. 1 Ben: Orbisk Labs is ORG. 2 Cy: Orbisk Labs is LOC')
  })

  it('decides with one key each, goes on by itself, and is done with Enter', async () => {
    const opened = open()
    for (const key of ['1', '2', '2']) {
      opened.press(key)
      await settled()
    }
    expect(spansOf(opened)).toEqual(['0-2 PER', '3-5 ORG', '6-7 LOC'])
    expect(opened.annotation().relations.map(({ type }) => type)).toEqual(['leads'])
    expect(opened.status()).toBe('As Cy: leads, Mara Velt to Orbisk Labs. All 3 decided. Enter: done, next sentence')
    opened.press('Enter')
    await settled()
    expect(opened.annotation().review.isReviewed).toBe(true)
    expect(opened.timesLeft()).toBe(1)
  })

  it('records whose item was taken', async () => {
    const opened = open()
    opened.press('2')
    await settled()
    expect(opened.annotation().spans.find(({ start }) => start === 3)?.provenance.author).toBe('Cy')
    expect(opened.status()).toMatch(/^As Cy: Orbisk Labs is LOC\. Difference 2 of 3/)
  })

  it('warns once of what is not decided, and believes the second Enter', async () => {
    const opened = open()
    for (const key of ['Enter', 'Enter', 'Enter']) {
      opened.press(key)
      await settled()
    }
    expect(opened.status()).toContain('3 differences not decided')
    expect(opened.timesLeft()).toBe(0)
    opened.press('Enter')
    await settled()
    expect(opened.timesLeft()).toBe(1)
    // what both say is gold all the same
    expect(spansOf(opened)).toEqual(['0-2 PER'])
  })

  it('labels with digits as soon as other words are selected, which decides the difference too', async () => {
    const opened = open()
    opened.press('ArrowLeft', 'ArrowRight', '3')
    await settled()
    expect(spansOf(opened)).toEqual(['4-5 LOC'])
    expect(opened.editor.adjudicating.decisions.value).toEqual(['own', null, null])
    opened.press('.', '2')
    await settled()
    expect(spansOf(opened)).toContain('6-7 LOC')
  })

  it('lets go with Escape, and comes back with the key for the next difference', async () => {
    const opened = open()
    opened.press('Escape')
    expect(opened.editor.adjudicating.isHolding.value).toBe(false)
    opened.press(',')
    opened.press('.')
    expect(opened.editor.adjudicating.isHolding.value).toBe(true)
    await settled()
  })

  it('keeps models apart until all is decided', async () => {
    const model = layer(
      'gliner',
      [
        [0, 2, 'PER'],
        [3, 5, 'LOC'],
      ],
      [],
      'system',
    )
    const opened = open([ben, cy, model])
    const { adjudicating, shownView } = opened.editor
    expect(adjudicating.adjudicated.value.versions.map(({ name }) => name)).toEqual(['Ben', 'Cy'])
    expect(shownView.value?.layers.map(({ name }) => name)).toEqual(['Ben', 'Cy'])
    for (const key of ['1', '1', '1']) {
      opened.press(key)
      await settled()
    }
    expect(adjudicating.hidesModels.value).toBe(false)
    expect(shownView.value?.layers.map(({ name }) => name)).toEqual(['Ben', 'Cy', 'gliner'])
  })

  it('takes what is decided back, and the difference is open again', async () => {
    const opened = open()
    opened.press('1')
    await settled()
    const { adjudicating, act } = opened.editor
    expect(adjudicating.decisions.value).toEqual([0, null, null])
    const before = opened.annotation().spans.find(({ start }) => start === 3) ?? null
    act({ changes: [{ kind: 'span', before, after: null }], description: 'Undo' })
    expect(adjudicating.decisions.value).toEqual([null, null, null])
  })

  it('knows the versions and decisions of a sentence to which one comes back', async () => {
    const opened = open()
    opened.press('1')
    await settled()
    const { adjudicating } = opened.editor
    adjudicating.start()
    expect(adjudicating.decisions.value).toEqual([0, null, null])
    expect(adjudicating.adjudicated.value.versions.map(({ name }) => name)).toEqual(['Ben', 'Cy'])
    expect(opened.status()).toMatch(/^Difference 2 of 3/)
  })

  it('refuses a digit that stands for no version, rather than label with it', async () => {
    const opened = open()
    opened.press('3')
    await settled()
    expect(opened.status()).toBe('There is no version 3 here. Escape first, to label with digits')
    expect(spansOf(opened)).toEqual([])
  })

  it('is not there in other queues: digits label', () => {
    const opened = openEditor(text, labels, emptyAnnotation, [ben, cy])
    opened.press('1')
    expect(spansOf(opened)).toEqual(['0-1 PER'])
  })
})
