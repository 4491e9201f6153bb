/** The browser of the window's tests: Chromium's headless shell where it is installed, which draws the same for less work, else Chromium itself. */
import { existsSync } from 'node:fs'

const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync)

export const headless = { executablePath: installed ?? '/usr/bin/chromium', args: ['--no-sandbox'] }
