// @vitest-environment happy-dom
/** A triple of a check sample, mounted: what is shown of it, and how it is judged. */
import { expect, it } from 'vitest'
import type { CheckItem } from '#main/evaluation/check-sample'
import SampleItem from '#window/features/extract/sample/SampleItem.vue'
import { verdictOfKey } from '#window/features/extract/sample/verdicts.ts'
import { find, mount } from '../../support/mounted.ts'

const item: CheckItem = {
  ...{
    position: 3,
    document: 'a.txt',
    sentence: 'Mara led Orbisk.',
    sentenceStart: 10,
    relation: 'led',
    verdict: 'wrong',
  },
  subject: { text: 'Mara', start: 10, end: 14, type: 'PERSON' },
  object: { text: 'Orbisk', start: 19, end: 25, type: 'ORG' },
}

it('shows the sentence with both spans marked and no figure that would sway whoever judges', () => {
  const { element } = mount(SampleItem, { props: { item } })
  expect([...element.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['Mara', 'Orbisk'])
  expect(element.textContent).not.toMatch(/%|0\.\d/)
  expect(element.querySelector('[aria-pressed=true]')?.textContent).toContain('Wrong')
})

it('is judged by a button, and each answer has a digit and a letter', () => {
  const { emitted } = mount(SampleItem, { props: { item }, listens: ['judge', 'move'] })
  find('button', 'Unsure 3').click()
  find('button', 'Back').click()
  expect([emitted.get('judge'), emitted.get('move')]).toEqual([[['unsure']], [[-1]]])
  expect(['1', 'r', 'R', '2', 'w', '3', 'u'].map((key) => verdictOfKey(key, true))).toEqual([
    ...['right', 'right', 'right', 'wrong', 'wrong', 'unsure', 'unsure'],
  ])
  // where single letters are switched off, the digits stay
  expect(['1', 'r', 'w', 'u', 'x'].map((key) => verdictOfKey(key, false))).toEqual(['right', null, null, null, null])
})
