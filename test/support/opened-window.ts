/** The real window in a real Chromium, on the real services with a workspace in a temporary folder. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { openServices, type Services } from '#main/services/services'
import { startServer } from '#main/shell-server/http'
import { windowFolder } from '#main/shell-server/window-build'
import { createProcessHost } from '#main/compute/host'
import { layWorkspace } from './fresh-workspace.ts'
import { sharedBrowser } from './shared-browser.ts'

export interface OpenedWindow {
  readonly page: Page
  readonly services: Services
  /** A link to open another window with. */
  createUrl(): string
  /** What the page logged as an error or threw. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** Chromium's remark when the window looks for a graphics card where there is none. */
const noCard = 'No available adapters.'

/** Its remark on drawings that are computed without a graphics card: slow, not wrong. */
const slowDrawing = 'GPU stall due to ReadPixels'

/** @param prepare makes what the window shows first; it is also told the folder of the workspace. */
export async function openWindow(
  prepare: (services: Services, workspace: string) => Promise<unknown>,
): Promise<OpenedWindow> {
  const folder = mkdtempSync(path.join(tmpdir(), 'espalier-window-'))
  const workspace = path.join(folder, 'workspace')
  layWorkspace(workspace)
  const services = await openServices({ workspace, compute: createProcessHost() })
  await services.handlers.system.updateSettings({ hasSeenTour: true })
  await prepare(services, workspace)
  const server = await startServer({ handlers: services.handlers, uploads: services.uploads, port: 0, windowFolder })
  const context = await (
    await sharedBrowser()
  ).newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000) // a busy machine is slow, not wrong
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (line) => {
    const isComplaint = line.type() === 'error' || line.type() === 'warning'
    if (isComplaint && !line.text().startsWith(noCard) && !line.text().includes(slowDrawing))
      complaints.push(line.text())
  })
  await page.goto(server.createUrl())
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 30_000 })
  return {
    ...{ page, services, complaints, createUrl: server.createUrl },
    async close() {
      await context.close()
      await server.close()
      await services.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
