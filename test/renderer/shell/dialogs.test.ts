// @vitest-environment happy-dom
/** The command palette, mounted: focus, keys and what they send. */
import { describe, expect, it, vi } from 'vitest'
import type { CorpusSummary } from '#main/document/corpus-summary'
import { sentencesNumbered } from '#window/shell/sentence-number.ts'
import CommandPalette from '#window/shell/CommandPalette.vue'
import { expectDialogManners, openDialog, press } from '../../support/dialogs.ts'
import { find } from '../../support/mounted.ts'

const none = { reviewed: 0, flagged: 0 }
const corpus = {
  splits: { train: { ...none, sentences: 40 }, dev: { ...none, sentences: 3 }, test: { ...none, sentences: 12 } },
} as unknown as Pick<CorpusSummary, 'splits'> // with the one figure that is asked for

describe('the command palette', () => {
  const run = vi.fn()
  const commands = ['Train', 'Compare', 'Extract'].map((label) => ({ label, group: 'Place', run: () => run(label) }))
  const found = (query: string) =>
    sentencesNumbered(query, corpus).map(({ split, number }) => ({
      ...{ label: `Sentence ${number} of ${split}`, group: 'News', run: () => run(`${split} ${number}`) },
    }))
  const open = () => openDialog(CommandPalette, { props: { commands, find: found } })

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
    expect(find('[role=dialog] [role=status]').textContent).toBe('Nothing has this name.')
  })

  it('finds sentences by their number, before all else', async () => {
    await open()
    const field = find('[role=combobox]') as HTMLInputElement // the only field
    field.value = '12'
    field.dispatchEvent(new Event('input'))
    await press('Shift')
    expect(
      [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
    ).toEqual(['Sentence 12 of train News', 'Sentence 12 of test News'])
    await press('Enter')
    expect(run).toHaveBeenLastCalledWith('train 12')
    expect(found('sentence 99')).toEqual([])
    expect(found('dev 2').map(({ label }) => label)).toEqual(['Sentence 2 of dev'])
  })
})
