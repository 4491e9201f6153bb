/** Offers the browser's graphics card, if there is one, to the services, which decide what runs on it. */
import { findAdapter } from '#main/backends/webgpu-adapter'
import { encodeFrame } from '#main/compute/frames'
import { noJob, toMessage, type Hello, type PageChannel } from '#main/compute/page-channel'
import { serveChannel } from './pool.ts'

/** Key of the page's storage with which tests accept a software driver in place of a card. */
const softwareKey = 'espalier-webgpu-software'

/** The name of the graphics card; null without a card and in browsers without WebGPU. */
export async function findCard(): Promise<string | null> {
  const gpu = navigator.gpu as GPU | undefined // the types promise it, but not every browser has it
  const found = gpu && (await findAdapter(gpu, localStorage.getItem(softwareKey) === '1'))
  return found && 'adapter' in found ? found.name : null
}

/** Tells the services the card's name, and runs the jobs that arrive until the channel closes. */
export function offerCard(channel: PageChannel, card: string | null): void {
  serveChannel(channel)
  const hello: Hello = { card }
  channel.send(toMessage(noJob, encodeFrame(hello)))
}
