// @vitest-environment happy-dom
/** The dialogs of the bin in Settings, mounted on real services: nothing is erased before it was asked. */
import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import BinList from '#window/features/settings/BinList.vue'
import { importSmall } from '../../support/annotated-corpora.ts'
import { connectTo } from '../../support/connected.ts'
import { button, click, expectDialogManners, press } from '../../support/dialogs.ts'
import { find, mount } from '../../support/mounted.ts'
import { openTestServices, temporaryFolder } from '../../support/services.ts'

const labels = { entityTypes: [], relationTypes: [], signatures: [] }

async function openBin() {
  const services = await openTestServices(temporaryFolder())
  await importSmall(services, ['Mara left .'], labels)
  const [{ corpusId = 0 } = {}] = await services.handlers.corpora.list()
  await services.handlers.corpora.remove({ corpusId, keepRuns: false, cancelRuns: false })
  await connectTo(services)
  setActivePinia(createPinia())
  mount(BinList)
  await expect.poll(() => document.querySelectorAll('ul[aria-label=Bin] li').length).toBe(1)
  return services
}

async function ask(): Promise<HTMLElement> {
  const opener = find('ul[aria-label=Bin] button', 'Erase now')
  opener.focus()
  opener.click()
  await expect.poll(() => document.querySelector('[role=dialog]')).not.toBeNull()
  await press('Shift')
  return opener
}

it('asks before it erases, and keeps the corpus where one thinks better of it', async () => {
  const services = await openBin()
  const opener = await ask()
  const dialog = find('[role=dialog]')
  expect(dialog.textContent).toContain('1 sentence')
  const closing = { element: dialog, emitted: new Map(), models: {}, dialog, opener }
  const none = (): Promise<void> => Promise.resolve()
  await expectDialogManners({ ...closing, set: none, setModel: none }, 'Erase Small for good?')
  expect(await services.handlers.bin.list()).toHaveLength(1)
})

it('erases once that was answered', async () => {
  const services = await openBin()
  await ask()
  expect(button('Keep it').disabled).toBe(false)
  await click('Erase for good')
  await expect.poll(async () => (await services.handlers.bin.list()).length).toBe(0)
  await expect.poll(() => document.body.textContent).toContain('The bin is empty')
})
