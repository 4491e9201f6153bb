/** The same program in the real Electron, where its binary and a display are there: `xvfb-run npx vitest run …`. */
import path from 'node:path'
import { _electron } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { hasDisplay, rootArguments } from '#main/shell-server/app-window'
import { findElectron } from '#main/shell-server/electron-binary'
import { buildDesktop, buildWindow, root } from '#main/shell-server/window-build'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

const executablePath = findElectron()

describe.skipIf(!executablePath || !hasDisplay())('Electron', () => {
  beforeAll(() => Promise.all([buildWindow(() => undefined), buildDesktop()]), 120_000)

  it('shows the workspace, computes in it, and closes it with the window', async () => {
    const workspace = path.join(temporaryFolder(), 'workspace')
    const before = await openTestServices(workspace)
    await importTiny(before, { train: 3 })
    await before.close()
    const program = await _electron.launch({
      ...(executablePath ? { executablePath } : {}),
      args: [...rootArguments, root, `--workspace=${workspace}`],
    })
    const page = await program.firstWindow()
    await page.getByText('Tiny').first().waitFor()
    expect(page.url()).toMatch(/^app:\/\/espalier\//)
    expect(await page.evaluate(() => 'require' in window || 'process' in window)).toBe(false)
    await page.evaluate(() => void (location.hash = '#/settings'))
    await page.getByText('WebAssembly').first().waitFor() // the compute worker has answered
    await program.close()
    await (await openTestServices(workspace)).close()
  })
})
