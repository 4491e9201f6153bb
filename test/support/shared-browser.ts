/** One Chromium for all windows that a process of the tests opens: its start takes as long as a short test. */
import { chromium, type Browser } from 'playwright-core'
import { headless } from './chromium.ts'

let browser: Promise<Browser> | null = null

/** It ends with the process; what a file opens in it, the file closes. */
export function sharedBrowser(): Promise<Browser> {
  return (browser ??= chromium.launch(headless))
}
