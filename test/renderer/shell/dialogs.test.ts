// @vitest-environment happy-dom
/** The command palette and the tour, mounted: focus, keys and what they send. */
import { describe, expect, it, vi } from 'vitest'
import CommandPalette from '#window/shell/CommandPalette.vue'
import WelcomeTour from '#window/shell/WelcomeTour.vue'
import { click, expectDialogManners, openDialog, press } from '../../support/dialogs.ts'
import { find } from '../../support/mounted.ts'

describe('the command palette', () => {
  const run = vi.fn()
  const commands = ['Train', 'Compare', 'Extract'].map((label) => ({ label, group: 'Place', run: () => run(label) }))
  const open = () => openDialog(CommandPalette, { props: { commands, addressed: () => null } })

  it('has the manners of a dialog', async () => expectDialogManners(await open(), 'Go to'))

  it('goes by arrows and Enter to what is found', async () => {
    const { models } = await open()
    const field = find('[role=combobox]') as HTMLInputElement // the only field
    expect(document.activeElement).toBe(field)
    field.value = 'r'
    field.dispatchEvent(new Event('input'))
    await press('Shift')
    await press('ArrowDown')
    expect(field.getAttribute('aria-activedescendant')).toBe('palette-1')
    expect(find('#palette-1').getAttribute('aria-selected')).toBe('true')
    await press('Enter')
    expect(run).toHaveBeenLastCalledWith('Compare')
    expect(models['open']).toBe(false)
  })

  it('announces that nothing is found', async () => {
    await open()
    const field = find('[role=combobox]') as HTMLInputElement // the only field
    field.value = 'nowhere'
    field.dispatchEvent(new Event('input'))
    await press('Shift')
    expect(find('[role=dialog] [role=status]').textContent).toBe('No place or corpus has this name.')
  })
})

describe('the tour', () => {
  const open = () => openDialog(WelcomeTour, { listens: ['visit'] })

  it('has the manners of a dialog', async () => expectDialogManners(await open(), 'Welcome to Espalier: Corpora'))

  it('visits the places in turn and keeps the focus on the button that goes on', async () => {
    const { emitted, models } = await open()
    const next = find('[role=dialog] button[autofocus]')
    for (let step = 0; step < 4; step++) {
      expect(document.activeElement).toBe(next)
      next.click()
      await press('Shift')
    }
    await click('Start')
    expect(emitted.get('visit')).toEqual([['annotate'], ['train'], ['compare'], ['extract'], ['corpora']])
    expect(models['open']).toBe(false)
  })

  it('can be skipped at every step', async () => {
    const { emitted, models } = await open()
    await click('Next')
    await click('Skip the tour')
    expect([models['open'], emitted.get('visit')]).toEqual([false, [['annotate']]])
  })
})
