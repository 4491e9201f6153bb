/** Times every input of a page, in the page: from the moment the browser got it to the frame that shows what it did. */
import type { Page } from 'playwright-core'

interface Watched extends Window {
  inputTimes?: number[]
  stopWatchingInputs?: () => void
}

/** From now on every key and every press of a button is timed. */
export async function startWatching(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = window as Watched
    const times: number[] = (watched.inputTimes = [])
    const watch = ({ timeStamp }: Event): void => {
      // a message sent from the next frame's callback comes after that frame was drawn
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => void times.push(performance.now() - timeStamp)
        port2.postMessage(null)
      })
    }
    const kinds = ['keydown', 'pointerdown'] as const
    for (const kind of kinds) addEventListener(kind, watch, { capture: true })
    watched.stopWatchingInputs = () => {
      for (const kind of kinds) removeEventListener(kind, watch, { capture: true })
    }
  })
}

/** Milliseconds of every input since. */
export async function stopWatching(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const watched = window as Watched
    watched.stopWatchingInputs?.()
    return watched.inputTimes ?? []
  })
}
