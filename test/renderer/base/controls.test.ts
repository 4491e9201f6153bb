// @vitest-environment happy-dom
/** The base controls, mounted: names, states and keys as a person and a screen reader meet them. */
import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import AppButton from '#window/base/AppButton.vue'
import AppDialog from '#window/base/AppDialog.vue'
import AppTable from '#window/base/AppTable.vue'
import CheckField from '#window/base/CheckField.vue'
import ExpandButton from '#window/base/ExpandButton.vue'
import FilterChip from '#window/base/FilterChip.vue'
import NumberField from '#window/base/NumberField.vue'
import ProgressBar from '#window/base/ProgressBar.vue'
import SegmentedControl from '#window/base/SegmentedControl.vue'
import SelectField from '#window/base/SelectField.vue'
import TextField from '#window/base/TextField.vue'
import { find, mount } from '../../support/mounted.ts'

/** Types into a field, as the browser tells of it. */
async function type(field: HTMLElement, text: string): Promise<void> {
  ;(field as HTMLInputElement).value = text // a field of the page
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await nextTick()
}

function labelled(text: string): HTMLElement {
  const label = find('label', text) as HTMLLabelElement // found as a label
  const field = document.getElementById(label.htmlFor)
  if (!field) throw new Error(`The label "${text}" belongs to no field`)
  return field
}

describe('a button', () => {
  it('says that it is busy, and cannot be pressed while disabled', () => {
    mount(AppButton, { props: { isBusy: true, isDisabled: true }, slots: { default: () => 'Save' } })
    const button = find('button') as HTMLButtonElement // a button
    expect([button.textContent?.trim(), button.getAttribute('aria-busy'), button.disabled]).toEqual([
      'Save',
      'true',
      true,
    ])
  })
})

describe('fields', () => {
  it('are named by their labels and described by hint and error', () => {
    mount(TextField, {
      props: { label: 'Name', hint: 'As in the file', error: 'It is taken' },
      models: { modelValue: '' },
    })
    const field = labelled('Name')
    const described = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id))
    expect(described.map((element) => element?.textContent?.trim()).join(' ')).toContain('It is taken')
    expect(field.getAttribute('aria-invalid')).toBe('true')
  })

  it('tell what is typed', async () => {
    const { models } = mount(TextField, { props: { label: 'Name' }, models: { modelValue: '' } })
    await type(labelled('Name'), 'Mara')
    expect(models['modelValue']).toBe('Mara')
  })

  it('of numbers keep a text that is on its way to a number', async () => {
    const { models } = mount(NumberField, { props: { label: 'Dropout' }, models: { modelValue: 0.5 } })
    await type(labelled('Dropout'), '0.0')
    expect(models['modelValue']).toBe(0)
    expect((labelled('Dropout') as HTMLInputElement).value).toBe('0.0')
  })

  it('of choices offer them by name', async () => {
    const options = [
      { value: 'a', label: 'First' },
      { value: 'b', label: 'Second' },
    ]
    const { models } = mount(SelectField, { props: { label: 'Order', options }, models: { modelValue: 'a' } })
    const select = labelled('Order') as HTMLSelectElement
    select.value = 'b'
    select.dispatchEvent(new Event('change'))
    await nextTick()
    expect(models['modelValue']).toBe('b')
  })

  it('to check are named and described', async () => {
    const { models } = mount(CheckField, {
      props: { label: 'Strict', hint: 'All or nothing' },
      models: { modelValue: false },
    })
    labelled('Strict').click()
    await nextTick()
    expect(models['modelValue']).toBe(true)
  })

  it('in segments are one group of radio buttons', async () => {
    const options = [
      { value: 'light', label: 'Light' },
      { value: 'dark', label: 'Dark' },
    ]
    const { models } = mount(SegmentedControl, { props: { label: 'Look', options }, models: { modelValue: 'light' } })
    expect(find('[role=radiogroup]').getAttribute('aria-label')).toBe('Look')
    find('input[value=dark]').click()
    await nextTick()
    expect(models['modelValue']).toBe('dark')
  })
})

describe('states', () => {
  it('of a filter and of an opener are told', async () => {
    mount(FilterChip, { props: { label: 'train', isActive: true } })
    expect(find('button', 'train').getAttribute('aria-pressed')).toBe('true')
    const { emitted } = mount(ExpandButton, {
      props: { isOpen: false },
      slots: { default: () => 'pmei' },
      listens: ['toggle'],
    })
    expect(find('button', 'pmei').getAttribute('aria-expanded')).toBe('false')
    find('button', 'pmei').click()
    expect(emitted.get('toggle')).toHaveLength(1)
  })

  it('of progress are told, and left open where nobody knows', async () => {
    const { set } = mount(ProgressBar, { props: { label: 'import', fraction: 0.417 } })
    expect(find('[role=progressbar]').getAttribute('aria-valuenow')).toBe('42')
    await set({ fraction: null })
    expect(find('[role=progressbar]').hasAttribute('aria-valuenow')).toBe(false)
  })
})

describe('a dialog', () => {
  it('is named, described, and closes by its button and by Escape', async () => {
    const { models } = mount(AppDialog, {
      props: { title: 'Rename', description: 'The corpus keeps its sentences.' },
      models: { open: true },
      slots: { default: () => 'body' },
    })
    await nextTick()
    const dialog = find('[role=dialog]')
    expect(document.getElementById(dialog.getAttribute('aria-labelledby') ?? '')?.textContent).toBe('Rename')
    expect(document.getElementById(dialog.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'The corpus keeps its sentences.',
    )
    find('button[aria-label=Close]').click()
    await nextTick()
    expect(models['open']).toBe(false)
  })
})

describe('a table', () => {
  const columns = [
    { key: 'name', label: 'Name', isHeader: true, isSortable: true },
    { key: 'f1', label: 'F1', isNumber: true, isSortable: true },
  ]
  const rows = [
    { name: 'pmei', f1: '40.0' },
    { name: 'mtl', f1: '42.0' },
  ]

  it('has a caption, titles of columns and of rows', () => {
    mount(AppTable, { props: { label: 'Scores', columns, rows, rowKey: 'name' } })
    expect(find('caption').textContent?.trim()).toBe('Scores')
    expect([...document.querySelectorAll('th[scope=row]')].map((cell) => cell.textContent?.trim())).toEqual([
      'pmei',
      'mtl',
    ])
    expect([...document.querySelectorAll('td')].map((cell) => cell.textContent?.trim())).toEqual(['40.0', '42.0'])
  })

  it('sorts figures from the greatest, then from the least, then as they came', async () => {
    const { models } = mount(AppTable, {
      props: { label: 'Scores', columns, rows, rowKey: 'name' },
      models: { sorting: null },
    })
    const seen: unknown[] = []
    for (let press = 0; press < 3; press++) {
      find('th button', 'F1').click()
      await nextTick()
      seen.push([models['sorting'], document.querySelectorAll('thead th')[1]?.getAttribute('aria-sort')])
    }
    expect(seen).toEqual([
      [{ key: 'f1', isDescending: true }, 'descending'],
      [{ key: 'f1', isDescending: false }, 'ascending'],
      [null, 'none'],
    ])
  })

  it('draws what an open row holds across all columns', () => {
    mount(AppTable, {
      props: { label: 'Scores', columns, rows, rowKey: 'name', openKeys: ['mtl'] },
      slots: { details: ({ row }: { row: { name: string } }) => `runs of ${row.name}` },
    })
    expect(find('td[colspan="2"]').textContent).toBe('runs of mtl')
  })

  it('lets rows be chosen by keyboard', async () => {
    const { emitted } = mount(AppTable, {
      props: { label: 'Scores', columns, rows, rowKey: 'name', isSelectable: true },
      listens: ['select'],
    })
    const row = document.querySelectorAll<HTMLElement>('tbody tr')[1]
    expect(row?.tabIndex).toBe(0)
    row?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    expect(emitted.get('select')).toEqual([[rows[1]]])
  })
})
