// @vitest-environment happy-dom
/** The list of workspaces in Settings, mounted on real services: none is deleted before its name was typed. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { noteOpened } from '#main/services/workspaces/recent-workspaces'
import { openWorkspace } from '#main/storage/workspace'
import WorkspaceList from '#window/features/settings/WorkspaceList.vue'
import { connectTo } from '../../support/connected.ts'
import { button, click } from '../../support/dialogs.ts'
import { find, mount } from '../../support/mounted.ts'
import { openTestServices, temporaryFolder } from '../../support/services.ts'

it('deletes a workspace when its name stands in the field, and marks the open and the missing ones', async () => {
  const home = temporaryFolder()
  const [own, old] = [path.join(home, 'workspace'), path.join(home, 'old work')]
  const services = await openTestServices(own)
  openWorkspace(old).close()
  for (const folder of [path.join(home, 'gone'), old]) await noteOpened(folder, 1, path.join(own, 'config'))
  await connectTo(services)
  setActivePinia(createPinia())
  mount(WorkspaceList)
  const rows = (): string[] =>
    [...document.querySelectorAll('ul[aria-label=Workspaces] li')].map(({ textContent }) => textContent)
  await expect.poll(rows).toHaveLength(3)
  expect(rows()[0]).toMatch(/workspace.*open$/)
  expect(rows()[2]).toMatch(/gone.*missing$/)
  find('ul[aria-label=Workspaces] button', 'Delete ...').click()
  await expect.poll(() => document.querySelector('[role=dialog] input')).not.toBeNull()
  expect(button('Delete for good').disabled).toBe(true)
  const field = find('[role=dialog] input') as HTMLInputElement
  field.value = 'old work'
  field.dispatchEvent(new Event('input'))
  await expect.poll(() => button('Delete for good').disabled).toBe(false)
  await click('Delete for good')
  await expect.poll(() => existsSync(old)).toBe(false)
  await expect.poll(rows).toHaveLength(2)
})
