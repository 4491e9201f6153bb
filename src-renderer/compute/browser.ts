/** Browser mode: the window offers its graphics card to the server over a socket of its own. */
import { openSocketChannel } from './channels.ts'
import { findCard, offerCard } from './offer.ts'

/** Does nothing without a card. Never throws: the window works without computing. */
export async function offerToServer(token: string): Promise<void> {
  const card = await findCard()
  if (card === null) return
  const channel = await openSocketChannel(`ws://${location.host}/compute`, token).catch(() => null)
  if (channel) offerCard(channel, card)
}
