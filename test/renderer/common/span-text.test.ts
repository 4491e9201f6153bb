// @vitest-environment happy-dom
/** Sentences in lists begin at the side of their script, with their spans marked. */
import { expect, it } from 'vitest'
import SpanText from '#window/common/SpanText.vue'
import { mount } from '../../support/mounted.ts'

it.each(['מרה ולט ייסדה את אורביסק.', '林晓舟 left.'])('%s has the direction of its letters', (text) => {
  const tokens = [{ start: 0, end: 3 }]
  const sentence = { text, tokens, spans: [{ start: 0, end: 1, label: 'PERSON' }], triples: [] }
  const { element } = mount(SpanText, { props: { sentence } })
  const line = element.querySelector('.span-text')
  expect(line?.getAttribute('dir')).toBe('auto')
  expect(line?.textContent?.trim()).toBe(text)
  expect(element.querySelector('.span')?.textContent).toBe(text.slice(0, 3))
})
