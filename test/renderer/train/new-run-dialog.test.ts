// @vitest-environment happy-dom
/** The dialog for a new run, mounted: focus, keys, problems, busy state, drafts and what it sends. */
import { describe, expect, it } from 'vitest'
import NewRunDialog from '#window/features/train/NewRunDialog.vue'
import { emptyDraft, type RunDraft } from '#window/features/train/run-draft.ts'
import {
  button,
  click,
  expectDialogManners,
  fieldOf,
  openDialog,
  submitByEnter,
  typeInto,
} from '../../support/dialogs.ts'
import { find } from '../../support/mounted.ts'

const size = { sentences: 10, tokens: 40, spans: 8, triples: 5, reviewed: 0 }
const corpora = [{ corpusId: 1, name: 'Letters', splits: { train: size, dev: size, test: size } }]
const estimate = {
  ...{ sentences: { train: 10, dev: 10, test: 10 }, weights: 1000, memoryMb: 80, secondsPerEpoch: 2, vectors: null },
  ...{ seconds: 40, scoringSeconds: 4 },
  ...{ posShare: 0, refusals: [], notes: [] },
}

const open = (draft: Partial<RunDraft> = {}, props: Record<string, unknown> = {}) =>
  openDialog(NewRunDialog, {
    props: { corpora, estimate, estimateFailure: null, isStarting: false, isRestored: false, ...props },
    models: { draft: { ...emptyDraft(1), ...draft } },
    listens: ['start', 'afresh'],
  })

describe('the dialog for a new run', () => {
  it('has the manners of a dialog', async () => expectDialogManners(await open(), 'New run'))

  it('starts by Enter in a field, with the fields as they are', async () => {
    const { emitted, models } = await open()
    await typeInto('Seeds', '1, 2')
    await submitByEnter('Seeds')
    expect(emitted.get('start')).toHaveLength(1)
    expect((models['draft'] as RunDraft).seeds).toBe('1, 2')
    expect(button('Start 4 runs').disabled).toBe(false)
  })

  it('starts nothing while a field has a problem, which it tells at the field and announces', async () => {
    const { emitted } = await open()
    await typeInto('Seeds', 'one')
    await submitByEnter('Seeds')
    expect(emitted.get('start')).toBeUndefined()
    const field = fieldOf('Seeds')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(find('[aria-label=Estimate]').getAttribute('aria-live')).toBe('polite')
    expect(find('[aria-label=Estimate]').textContent).toContain('Seed must be a whole number')
  })

  it('takes a list in a field, steps a number by arrow keys, and goes back to one value', async () => {
    const { models } = await open({ name: 'rates' })
    const held = () => {
      const { fields, spreads } = models['draft'] as RunDraft
      return [fields.learningRate, spreads]
    }
    await typeInto('Learning rate', '0.1, 0.01')
    expect(held()[1]).toEqual({ learningRate: '0.1, 0.01' })
    expect(find('[role=dialog]').textContent).toContain('Combinations to try')
    await typeInto('Learning rate', '0.5')
    expect(held()).toEqual([0.5, {}])
    fieldOf('Learning rate').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }))
    expect(held()).toEqual([0.50001, {}])
  })

  it('announces why it was refused', async () => {
    await open({}, { estimate: null, estimateFailure: 'The corpus has no dev split.' })
    expect(find('[role=dialog] [role=alert]').textContent?.trim()).toBe('The corpus has no dev split.')
    expect(button('Start 2 runs').disabled).toBe(true)
  })

  it('is busy while the runs are queued, and starts them once', async () => {
    const { emitted, set } = await open()
    await submitByEnter('Seeds')
    await set({ isStarting: true })
    find('#new-run').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    expect(emitted.get('start')).toHaveLength(1)
    expect([button('Start 2 runs').getAttribute('aria-busy'), button('Start 2 runs').disabled]).toEqual(['true', true])
  })

  it('says that it was filled in earlier, and can start afresh', async () => {
    const { emitted } = await open({ seeds: '7' }, { isRestored: true })
    expect(find('[role=dialog] [role=status]').textContent).toContain('filled in earlier')
    await click('Start afresh')
    expect(emitted.get('afresh')).toHaveLength(1)
  })

  it('asks for a corpus where the one that was chosen earlier is removed by now', async () => {
    const { models } = await open({ corpusId: '9' })
    expect((models['draft'] as RunDraft).corpusId).toBe('')
    expect(find('[aria-label=Estimate]').textContent).toContain('Choose a corpus to train on.')
  })
})
