// @vitest-environment happy-dom
/** The dialogs of Corpora, mounted: focus, keys, errors, busy states and what they send. */
import { afterEach, describe, expect, it } from 'vitest'
import RenameDialog from '#window/features/corpora/RenameDialog.vue'
import ImportWizard from '#window/features/corpora/ImportWizard.vue'
import RelabelDialog from '#window/features/corpora/labels/RelabelDialog.vue'
import { keep } from '#window/base/kept.ts'
import ExportDialog from '#window/features/corpora/ExportDialog.vue'
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

afterEach(() => sessionStorage.clear())

describe('the dialog that renames a corpus', () => {
  const open = (props: Record<string, unknown> = {}) =>
    openDialog(RenameDialog, {
      props: { name: 'Letters', failure: null, isBusy: false, ...props },
      listens: ['rename'],
    })

  it('has the manners of a dialog', async () => expectDialogManners(await open(), 'Rename the corpus'))

  it('starts with the present name and sends the new one, trimmed, by Enter', async () => {
    const { emitted } = await open()
    expect(fieldOf('Name').value).toBe('Letters')
    await typeInto('Name', ' Old letters ')
    await submitByEnter('Name')
    expect(emitted.get('rename')).toEqual([['Old letters']])
  })

  it('sends nothing where there is no name', async () => {
    const { emitted } = await open()
    await typeInto('Name', '  ')
    await submitByEnter('Name')
    expect([button('Rename').disabled, emitted.get('rename')]).toEqual([true, undefined])
  })

  it('says inside the dialog why it was refused, and that it is busy meanwhile', async () => {
    const { set, emitted } = await open()
    await set({ isBusy: true })
    expect([button('Rename').getAttribute('aria-busy'), button('Rename').disabled]).toEqual(['true', true])
    await submitByEnter('Name')
    expect(emitted.get('rename')).toBeUndefined()
    await set({ isBusy: false, failure: 'Another corpus has this name.' })
    expect(find('[role=dialog] [role=alert]').textContent?.trim()).toBe('Another corpus has this name.')
    expect(fieldOf('Name').value).toBe('Letters')
  })
})

describe('the dialog that renames or merges a type', () => {
  const preview = { sentences: 2, spans: 3, relations: 0, unanchored: 0, rejections: 0, collapsed: 1, examples: [] }
  const open = (props: Record<string, unknown> = {}) =>
    openDialog(RelabelDialog, {
      props: { corpusId: 1, name: 'PER', others: ['ORG'], preview, failure: null, isBusy: false, ...props },
      listens: ['look', 'rename'],
    })

  it('has the manners of a dialog', async () => expectDialogManners(await open(), 'Rename or merge PER'))

  it('sends the new name by Enter once its effects are known', async () => {
    const { emitted, set } = await open({ preview: null })
    await typeInto('New name', 'PERSON')
    await expect.poll(() => emitted.get('look')).toEqual([['PERSON']])
    await submitByEnter('New name')
    expect(emitted.get('rename')).toBeUndefined()
    await set({ preview })
    await submitByEnter('New name')
    expect(emitted.get('rename')).toEqual([['PERSON']])
  })

  it('sends no name whose effects were not shown yet', async () => {
    const { emitted } = await open()
    await typeInto('New name', 'PERSON')
    await submitByEnter('New name')
    expect(emitted.get('rename')).toBeUndefined()
  })

  it('says that a name of another type merges', async () => {
    const { emitted } = await open()
    await typeInto('New name', 'ORG')
    await expect.poll(() => emitted.get('look')).toEqual([['ORG']])
    expect(find('[role=dialog] [aria-live]').textContent).toContain('PER becomes part of ORG in 2 sentences')
    expect(button('Merge').disabled).toBe(false)
  })

  it('announces a refusal and its busy state', async () => {
    const { set, emitted } = await open()
    await typeInto('New name', 'PERSON')
    await expect.poll(() => emitted.get('look')).toBeDefined()
    await set({ isBusy: true })
    expect([button('Rename').getAttribute('aria-busy'), button('Rename').disabled]).toEqual(['true', true])
    await set({ isBusy: false, failure: 'The type is in use elsewhere.' })
    expect(find('[role=dialog] [role=alert]').textContent?.trim()).toBe('The type is in use elsewhere.')
  })
})

describe('the dialog that exports', () => {
  const formats = [
    { name: 'casrel-json', title: 'Triple JSON', extensions: ['json'], keeps: ['the words'], canExport: true },
    { name: 'jsonl', title: 'JSON lines', extensions: ['jsonl'], keeps: ['everything'], canExport: true },
    { name: 'plain-text', title: 'Plain text', extensions: ['txt'], keeps: ['the text'], canExport: false },
  ]
  const exported = { fileName: 'letters.jsonl', text: '', losses: ['2 notes'] }
  const open = (props: Record<string, unknown> = {}) =>
    openDialog(ExportDialog, {
      props: { corpus: { name: 'Letters' }, formats, exported, failure: null, isBusy: false, ...props },
      listens: ['prepare', 'save'],
    })

  it('has the manners of a dialog', async () => expectDialogManners(await open(), 'Export Letters'))

  it('asks at once what the first format can hold, and tells what is lost before anything is saved', async () => {
    const { emitted } = await open()
    expect(emitted.get('prepare')).toEqual([['jsonl', null]])
    expect(find('[role=dialog] [role=status]').textContent).toContain('2 notes')
    await click('Save letters.jsonl')
    expect(emitted.get('save')).toHaveLength(1)
  })

  it('offers only formats that can be written, and announces why one cannot', async () => {
    await open({ exported: null, failure: 'The corpus is empty.' })
    expect([...fieldOf('Format').querySelectorAll('option')].map(({ textContent }) => textContent?.trim())).toEqual([
      'JSON lines',
      'Triple JSON',
    ])
    expect(find('[role=dialog] [role=alert]').textContent?.trim()).toBe('The corpus is empty.')
    expect(button('Save').disabled).toBe(true)
  })
})

describe('the dialog that imports', () => {
  const nothing = {
    formats: [],
    corpora: [],
    selected: null,
    report: null,
    failure: null,
    isBusy: false,
    fraction: null,
  }
  const open = () => openDialog(ImportWizard, { props: { ...nothing, dropped: [] }, listens: ['preview', 'import'] })

  it('has the manners of a dialog', async () => expectDialogManners(await open(), 'Import'))

  it('names the files that were chosen earlier, which a browser does not keep', async () => {
    keep(sessionStorage, 'names of the files of an import', 'letters.json')
    const { dialog } = await open()
    expect(dialog.textContent).toContain('letters.json was chosen earlier and not imported. Files cannot be kept')
    expect(button('Import').disabled).toBe(true)
  })
})
