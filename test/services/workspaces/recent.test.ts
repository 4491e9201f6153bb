/** The workspaces that were opened: listed, opened in place of one another, and created. */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { noteOpened, readRecent } from '#main/services/workspaces/recent-workspaces'
import { openWorkspace } from '#main/storage/workspace'
import { openTestServices, temporaryFolder } from '../../support/services.ts'

it('are listed latest first, each once, with those that are missing and the one that is open marked', async () => {
  const home = temporaryFolder()
  const folder = path.join(home, 'workspace')
  const { handlers } = await openTestServices(folder) // its config lies in the workspace
  const config = path.join(folder, 'config')
  openWorkspace(path.join(home, 'other')).close()
  openWorkspace(path.join(home, 'gone')).close()
  for (const [at, name] of ['other', 'gone', 'workspace', 'other'].entries())
    await noteOpened(path.join(home, name), at, config)
  rmSync(path.join(home, 'gone'), { recursive: true })
  const listed = await handlers.workspaces.recent()
  expect(listed.map(({ name, openedMs, isThere, isOpen }) => [name, openedMs, isThere, isOpen])).toEqual([
    ['other', 3, true, false],
    ['workspace', 2, true, true],
    ['gone', 1, false, false],
  ])
  if (process.platform !== 'win32') expect(statSync(path.join(config, 'workspaces.json')).mode & 0o777).toBe(0o600)
})

it('are none where the list is damaged, and the next one begins it anew', async () => {
  const config = temporaryFolder()
  writeFileSync(path.join(config, 'workspaces.json'), '[{"folder": 3}, {"folder"')
  expect(readRecent(config)).toEqual([])
  await noteOpened('/somewhere', 5, config)
  expect(readRecent(config)).toEqual([{ folder: '/somewhere', openedMs: 5 }])
})

it('a shell that cannot change its workspace says what to type, and one is created at once', async () => {
  const home = temporaryFolder()
  const { handlers } = await openTestServices(path.join(home, 'workspace'))
  const folder = path.join(home, 'new one')
  await expect(handlers.workspaces.open({ folder, create: false })).rejects.toThrow('holds no workspace')
  const { url, command } = await handlers.workspaces.open({ folder, create: true })
  expect([url, command]).toEqual([null, `npm start -- --workspace "${folder}"`])
  openWorkspace(folder).close()
  await expect(handlers.workspaces.open({ folder, create: true })).rejects.toThrow('holds a workspace already')
  mkdirSync(path.join(home, 'full', 'pictures'), { recursive: true })
  const full = { folder: path.join(home, 'full'), create: true }
  await expect(handlers.workspaces.open(full)).rejects.toThrow('holds other things')
  const itself = { folder: path.join(home, 'workspace'), create: false }
  await expect(handlers.workspaces.open(itself)).rejects.toThrow('is the workspace that is open')
})
