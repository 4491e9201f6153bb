/** The desktop program's hidden window: offers its graphics card to the program, which closes it when there is none. */
import { openPortChannel } from './channels.ts'
import { findCard, offerCard } from './offer.ts'

offerCard(openPortChannel(), await findCard())
