/** The keys that split and join words and sentences. */
import { expect, it } from 'vitest'
import { emptyAnnotation } from '#main/document/annotation'
import { openEditor } from '../../support/editor-by-keys.ts'

const labels = { entityTypes: [{ name: 'PER' }], relationTypes: [], signatures: [] }

it('asks where a word is split, and joins it with the next', () => {
  const { editor, press, segmented } = openEditor('We cannot go', labels, emptyAnnotation)
  press('ArrowRight', 'C')
  expect(editor.segmenting.wordToSplit.value).toEqual({ word: 1, text: 'cannot', places: [1, 2, 3, 4, 5] })
  editor.segmenting.split(3)
  expect(editor.segmenting.wordToSplit.value).toBeNull()
  press('G')
  expect(segmented).toEqual([
    { kind: 'split-word', word: 1, at: 3 },
    { kind: 'join-words', word: 1 },
  ])
})

it('splits a word without asking where a bound of the chosen characters lies in it', () => {
  const annotation = {
    ...emptyAnnotation,
    spans: [
      {
        id: 's',
        start: 1,
        end: 2,
        label: 'PER',
        chars: { start: 3, end: 6 },
        provenance: { origin: 'person', author: 'A' },
      },
    ],
  } as const
  const { press, segmented } = openEditor('We cannot go', labels, annotation)
  press('ArrowRight', 'C')
  expect(segmented).toEqual([{ kind: 'split-word', word: 1, at: 3 }])
})

it('splits a sentence before the word of the cursor, and joins it with the next', () => {
  const { press, status, segmented } = openEditor('A b c', labels, emptyAnnotation)
  press('ArrowRight', 'ArrowRight', 'S', 'J', 'C')
  expect(segmented).toEqual([{ kind: 'split-sentence', word: 2 }, { kind: 'join-sentences' }])
  expect(status()).toBe('c has one character: it cannot be split')
})
