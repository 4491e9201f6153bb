// @vitest-environment happy-dom
/** The note on a run, mounted: saved when its field is left, kept where it cannot be saved. */
import { afterEach, expect, it } from 'vitest'
import RunNote from '#window/features/train/RunNote.vue'
import { fieldOf, press, typeInto } from '../../support/dialogs.ts'
import { find, mount } from '../../support/mounted.ts'

afterEach(() => sessionStorage.clear())

const saved: string[] = []
const write = (note: string): Promise<void> => Promise.resolve(void saved.push(note))
const refuse = (): Promise<void> => Promise.reject(new Error('The connection is lost.'))

async function typeNote(save: (note: string) => Promise<void>, text: string) {
  const mounted = mount(RunNote, { props: { runId: 'a', note: '', save } })
  find('button', 'Add a note').click()
  await press('Shift')
  await typeInto('Note on this run', text)
  fieldOf('Note on this run').dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
  await press('Shift')
  return mounted
}

it('is saved when its field is left, which closes with the saved note', async () => {
  const { set, element } = await typeNote(write, 'the best so far')
  expect(saved).toEqual(['the best so far'])
  await set({ note: 'the best so far' })
  await press('Shift')
  expect(element.querySelector('textarea')).toBeNull()
  expect(element.textContent).toContain('the best so far')
})

it('stays in its field with the reason where it cannot be saved, and is offered again after a reload, for its run alone', async () => {
  const { element } = await typeNote(refuse, 'typed while it broke')
  expect(element.querySelector('[role=alert]')?.textContent).toContain('Not saved: The connection is lost.')
  const other = mount(RunNote, { props: { runId: 'b', note: '', save: write } })
  expect(other.element.querySelector('textarea')).toBeNull()
  const reloaded = mount(RunNote, { props: { runId: 'a', note: '', save: write } })
  expect(reloaded.element.querySelector('textarea')?.value).toBe('typed while it broke')
  expect(reloaded.element.querySelector('[role=alert]')?.textContent).toContain(
    'was not saved when the window was closed',
  )
})
