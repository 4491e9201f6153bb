// @vitest-environment happy-dom
/** The parts of the filters of Corpora, mounted: what they send and how they are worked. */
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import NameDialog from '#window/base/NameDialog.vue'
import PairedBars from '#window/features/corpora/PairedBars.vue'
import RunFilterFields from '#window/features/corpora/RunFilterFields.vue'
import { isFiltering, isSameFilter } from '#window/features/corpora/saved-filters.ts'
import { button, expectDialogManners, fieldOf, openDialog, submitByEnter, typeInto } from '../../support/dialogs.ts'
import { find, mount } from '../../support/mounted.ts'

const runs = [{ value: 'a', label: 'pmei seed 1' }]

describe('the filters by a run', () => {
  const open = (filter: object | undefined, unpredicted = 0) =>
    mount(RunFilterFields, {
      props: { runs, unpredicted, isPredicting: false },
      models: { modelValue: filter },
      listens: ['predict'],
    })

  it('offer nothing but the runs until one is chosen', () => {
    const { element } = open(undefined)
    expect([...element.querySelectorAll('option')].map(({ textContent }) => textContent?.trim())).toEqual([
      'Any predictions',
      'pmei seed 1',
    ])
    expect(element.querySelector('button, input')).toBeNull()
  })

  it('switch each comparison on and off, and keep bounds that are numbers from 0 to 1', async () => {
    const { models, element } = open({ runId: 'a' })
    const chip = find('button', 'Gold differs')
    chip.click()
    expect(models['modelValue']).toEqual({ runId: 'a', gold: 'differs' })
    const [least] = element.querySelectorAll('input')
    const enter = async (text: string): Promise<void> => {
      if (least) least.value = text
      least?.dispatchEvent(new Event('change'))
      await nextTick()
    }
    await nextTick()
    await enter('0.4')
    expect(models['modelValue']).toEqual({ runId: 'a', gold: 'differs', leastConfidence: 0.4 })
    await enter('7')
    expect(models['modelValue']).toMatchObject({ leastConfidence: 0.4 })
    await enter('')
    expect(models['modelValue']).toMatchObject({ leastConfidence: undefined })
  })

  it('say what is not predicted and ask for it', () => {
    const { element, emitted } = open({ runId: 'a' }, 1203)
    expect(element.textContent).toMatch(/has not predicted 1,203 sentences/)
    find('button', 'Predict them').click()
    expect(emitted.get('predict')).toEqual([['a']])
  })
})

describe('saved filters', () => {
  it('are the same whatever is left out and in whatever order', () => {
    expect(isSameFilter({ search: 'a', status: 'new' }, { status: 'new', search: 'a', run: undefined })).toBe(true)
    expect(isSameFilter({ search: 'a' }, { search: 'b' })).toBe(false)
    expect([isFiltering({}), isFiltering({ search: undefined }), isFiltering({ splits: ['dev'] })]).toEqual([
      false,
      false,
      true,
    ])
  })

  const dialog = (props: Record<string, unknown> = {}) =>
    openDialog(NameDialog, {
      props: { title: 'Save this filter', name: '', failure: null, ...props },
      listens: ['name'],
    })

  it('are named in a dialog with its manners', async () => expectDialogManners(await dialog(), 'Save this filter'))

  it('get a trimmed name by Enter, and none where there is none', async () => {
    const { emitted } = await dialog()
    expect(button('Save').disabled).toBe(true)
    await submitByEnter('Name')
    expect(emitted.get('name')).toBeUndefined()
    await typeInto('Name', ' hard ')
    await submitByEnter('Name')
    expect(emitted.get('name')).toEqual([['hard']])
  })

  it('start from the present name, and say why it was refused', async () => {
    const { set } = await dialog({ name: 'hard' })
    expect(fieldOf('Name').value).toBe('hard')
    await set({ failure: 'There is already a saved filter "hard".' })
    expect(find('[role=dialog] [role=alert]').textContent).toContain('already a saved filter')
  })
})

it('bars of two corpora name the labels that only one has', () => {
  const counts = [
    { label: 'met', counts: [1, 2], shares: [1, 0.5], only: null },
    { label: 'knows', counts: [0, 2], shares: [0, 0.5], only: 1 },
  ]
  const { element } = mount(PairedBars, { props: { title: 'Types', counts, names: ['One', 'Other'] } })
  const rows = [...element.querySelectorAll('li')].map(({ textContent }) => textContent?.replaceAll(/\s+/g, ' ').trim())
  expect(rows).toEqual([
    expect.stringMatching(/^met ?1 · 100\.0 % ?2 · 50\.0 %$/),
    expect.stringMatching(/^knows ?only in Other ?0 · 0\.0 % ?2 · 50\.0 %$/),
  ])
})
