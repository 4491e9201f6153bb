// @vitest-environment happy-dom
/** The dialogs of Annotate, mounted: focus, keys, errors, busy states and what they send. */
import { describe, expect, it } from 'vitest'
import type { Suggestion } from '#main/document/suggestions'
import AcceptAllDialog from '#window/features/annotate/editor/AcceptAllDialog.vue'
import PropagateDialog from '#window/features/annotate/editor/PropagateDialog.vue'
import SelectionBar from '#window/features/annotate/editor/SelectionBar.vue'
import { importSmall } from '../../support/annotated-corpora.ts'
import { connectTo } from '../../support/connected.ts'
import { button, click, expectDialogManners, openDialog, submitByEnter, typeInto } from '../../support/dialogs.ts'
import { find, mount } from '../../support/mounted.ts'
import { openTestServices, temporaryFolder } from '../../support/services.ts'

describe('the dialog that accepts many suggestions', () => {
  const words = ['Mara', 'met', 'Ada']
  const span = (start: number, probability: number): Suggestion => ({
    ...{ kind: 'span', key: `s${start}`, start, end: start + 1, label: 'PERSON', probability },
  })
  const open = () =>
    openDialog(AcceptAllDialog, {
      props: { suggestions: [span(0, 0.95), span(2, 0.6)], words },
      listens: ['accept', 'closed'],
    })

  it('has the manners of a dialog', async () => expectDialogManners(await open(), 'Accept suggestions'))

  it('accepts by Enter exactly what it lists', async () => {
    const { emitted, models } = await open()
    expect(button('Accept 1').disabled).toBe(false)
    await typeInto('Accept from probability', '0.5')
    expect(find('[role=dialog] ul').querySelectorAll('li')).toHaveLength(2)
    await submitByEnter('Accept from probability')
    expect(emitted.get('accept')).toEqual([[[span(0, 0.95), span(2, 0.6)]]])
    expect(models['open']).toBe(false)
  })

  it('accepts nothing where nothing is that probable', async () => {
    const { emitted } = await open()
    await typeInto('Accept from probability', '0.99')
    await submitByEnter('Accept from probability')
    expect([button('Accept 0').disabled, emitted.get('accept')]).toEqual([true, undefined])
  })
})

describe('the dialog that labels the same words elsewhere', () => {
  const labels = { entityTypes: [{ name: 'PERSON' }], relationTypes: [], signatures: [] }
  async function open(sentenceId = 1) {
    const services = await openTestServices(temporaryFolder())
    await importSmall(services, ['Mara met Ada .', 'Ada left .', 'Jon met Ada .'], labels)
    await connectTo(services)
    const source = { sentenceId, start: 2, end: 3, label: 'PERSON', text: 'Ada' }
    const opened = await openDialog(PropagateDialog, { listens: ['done', 'closed'] }, ['source', source])
    return { ...opened, services }
  }

  it('has the manners of a dialog', async () => {
    const opened = await open()
    await expect.poll(() => opened.dialog.querySelectorAll('li').length).toBe(2)
    await expectDialogManners(opened, 'Ada as PERSON, elsewhere')
  })

  it('labels the chosen places, none of them chosen beforehand, and says how many', async () => {
    const { dialog, emitted, services, models } = await open()
    await expect.poll(() => dialog.querySelectorAll('li').length).toBe(2)
    expect(button('Label 0').disabled).toBe(true)
    await click('Choose all that are not annotated')
    await click('Label 2')
    await expect
      .poll(() => emitted.get('done'))
      .toEqual([['Ada labelled PERSON in 2 places. One undo takes all back.']])
    expect(models['source']).toBeNull()
    const { annotation } = await services.handlers.annotations.open({ sentenceId: 2, runId: null })
    expect(annotation.spans.map(({ start, label }) => [start, label])).toEqual([[0, 'PERSON']])
  })

  it('announces why the places could not be found', async () => {
    await open(99)
    await expect.poll(() => document.querySelector('[role=dialog] [role=alert]')?.textContent).toContain('99')
  })
})

it('a part of Annotate outside the place says what it lacks', () => {
  expect(() => mount(SelectionBar, { props: { isDrawing: false } })).toThrow('provides its context')
})
