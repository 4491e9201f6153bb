// @vitest-environment happy-dom
/** The question before something goes to the bin, mounted: what goes along, what is sent, refusal and busy state. */
import { describe, expect, it } from 'vitest'
import type { Removal } from '#main/document/removal'
import RemovalDialog from '#window/common/RemovalDialog.vue'
import { button, click, expectDialogManners, openDialog } from '../../support/dialogs.ts'
import { find } from '../../support/mounted.ts'

const removal: Removal = {
  name: 'Letters',
  content: { sentences: 84, reviewed: 3, operations: 2 },
  runs: ['mtl seed 1'],
  ...{ activeRuns: [], startedFromThem: [], extractions: 0, sizeMb: 1 },
}
const open = (props: Record<string, unknown> = {}) =>
  openDialog(RemovalDialog, { props: { removal, failure: null, isBusy: false, ...props }, listens: ['remove'] })

describe('the question before a removal', () => {
  it('has the manners of a dialog', async () => expectDialogManners(await open(), 'Move Letters to the bin?'))

  it('begins with the answer that changes nothing', async () => {
    const { emitted, models } = await open()
    await click('Keep it')
    expect([models['open'], emitted.get('remove')]).toEqual([false, undefined])
  })

  it('sends whether the runs are kept', async () => {
    const { emitted } = await open()
    find('[role=dialog] input[type=checkbox]').click()
    await click('Move to the bin')
    expect(emitted.get('remove')).toEqual([[{ keepRuns: true, cancelRuns: false }]])
  })

  it('stops runs only by a button that says so', async () => {
    const { emitted } = await open({ removal: { ...removal, activeRuns: ['mtl seed 1'] } })
    await click('Cancel 1 run, then remove')
    expect(emitted.get('remove')).toEqual([[{ keepRuns: false, cancelRuns: true }]])
  })

  it('waits for what goes along, announces a refusal, and says that it is busy', async () => {
    const { set } = await open({ removal: null })
    expect(button('Move to the bin').disabled).toBe(true)
    await set({ removal, isBusy: true })
    expect(button('Move to the bin').getAttribute('aria-busy')).toBe('true')
    expect(button('Move to the bin').disabled).toBe(true)
    await set({ isBusy: false, failure: 'The disk is full.' })
    expect(find('[role=dialog] [role=alert]').textContent?.trim()).toBe('The disk is full.')
  })
})
