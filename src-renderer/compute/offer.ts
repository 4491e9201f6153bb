/** Offers the browser's graphics card to the services, when there is one: they decide what they send. */
import { findAdapter } from '#main/backends/webgpu-adapter'
import { encodeFrame } from '#main/compute/frames'
import { noJob, toMessage, type Hello, type PageChannel } from '#main/compute/page-channel'
import { serveChannel } from './pool.ts'

/** Set by tests: a driver without a card is good enough for them. */
const softwareKey = 'espalier-webgpu-software'

/** The card's name; null without one, and in browsers that have no WebGPU. */
export async function findCard(): Promise<string | null> {
  const gpu = navigator.gpu as GPU | undefined // whatever the types say
  const found = gpu && (await findAdapter(gpu, localStorage.getItem(softwareKey) === '1'))
  return found && 'adapter' in found ? found.name : null
}

/** Says which card there is, and computes whatever comes until the channel closes. */
export function offerCard(channel: PageChannel, card: string | null): void {
  serveChannel(channel)
  const hello: Hello = { card }
  channel.send(toMessage(noJob, encodeFrame(hello)))
}
