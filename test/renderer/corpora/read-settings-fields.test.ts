// @vitest-environment happy-dom
/** The fields of what files do not say themselves. */
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import ReadSettingsFields from '#window/features/corpora/ReadSettingsFields.vue'
import { fieldOf, typeInto } from '../../support/dialogs.ts'
import { mount } from '../../support/mounted.ts'

const columns = { name: 'conll-columns', title: 'Columns', settings: ['tokenColumn', 'tagColumn', 'tagScheme'] }

it('shows the settings of the format, and a switch where it is offered or on', async () => {
  const { element, set, setModel } = mount(ReadSettingsFields, {
    props: { formats: [], offers: [] },
    models: { modelValue: {} },
  })
  expect(element.textContent).toBe('')
  await set({ formats: [columns] })
  expect(element.textContent).toContain('Column of the words')
  expect(element.textContent).toContain('Scheme of the tags')
  await set({ formats: [], offers: [{ setting: 'foldAccents', count: 1, message: '1 triple stands only so' }] })
  expect(element.textContent).toContain('1 triple stands only so')
  await set({ offers: [] })
  await setModel('modelValue', { foldAccents: true })
  expect(element.textContent).toContain('Find names also where the text has no accents')
})

it('keeps what is typed as a setting, and takes the setting away with the last letter', async () => {
  const { models } = mount(ReadSettingsFields, {
    props: { formats: [columns], offers: [] },
    models: { modelValue: { tagColumn: 'last' } },
  })
  expect(fieldOf('Column of the tags').value).toBe('last')
  await typeInto('Column of the words', '2')
  expect(models['modelValue']).toEqual({ tagColumn: 'last', tokenColumn: '2' })
  await nextTick()
  await typeInto('Column of the words', '')
  expect(models['modelValue']).toEqual({ tagColumn: 'last' })
})
