/** Another workspace is opened in place of the one that a server shows, at an address of its own. */
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { runServer } from '#main/shell-server/main'
import { connectToOpen } from '#main/shell-server/open-program'
import { openWorkspace } from '#main/storage/workspace'
import { temporaryFolder } from '../support/services.ts'

it('is served under the link that the window is given, and the former one is let go', async () => {
  const home = temporaryFolder()
  const [first, second] = [path.join(home, 'first'), path.join(home, 'second')]
  const served = await runServer({ workspace: first, port: 0, log: () => undefined })
  onTestFinished(() => served.stop())
  const command = await connectToOpen(first)
  const { url } = (await command?.client.workspaces.open({ folder: second, create: true })) ?? {}
  expect(await (await fetch(url ?? '')).text()).toContain('<title>Espalier</title>')
  const other = await connectToOpen(second)
  expect((await other?.client.workspaces.recent())?.find(({ isOpen }) => isOpen)?.folder).toBe(second)
  other?.close()
  await vi.waitUntil(() => isFree(first), { timeout: 30_000, interval: 200 })
  expect(new URL(served.server.createUrl()).origin).toBe(new URL(url ?? '').origin)
  await served.stop()
  await served.stopped
  expect(isFree(second)).toBe(true)
}, 120_000)

function isFree(folder: string): boolean {
  try {
    openWorkspace(folder).close()
    return true
  } catch {
    return false
  }
}
