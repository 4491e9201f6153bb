/** Browser mode: the window offers its graphics card to the server over a socket of its own. */
import { openSocketChannel } from './channels.ts'
import { findCard, offerCard } from './offer.ts'

/** Offers the card to the server, if there is one, over a socket that `protocols` open. Never throws, since the window also works without it. */
export async function offerToServer(protocols: readonly string[]): Promise<void> {
  const card = await findCard()
  if (card === null) return
  const channel = await openSocketChannel(`ws://${location.host}/compute`, protocols).catch(() => null)
  if (channel) offerCard(channel, card)
}
