/** The channels between preload and main, and the messages by which a page asks for them. */

/** Channel to the services. */
export const connectChannel = 'espalier-connect'
/** Channel from the services to a page that computes. */
export const computeChannel = 'espalier-compute'
/** Channel to the desktop shell itself. */
export const desktopChannel = 'espalier-desktop'
/** Message of the preload with the path of a file that a person chose or dropped. */
export const chosenChannel = 'espalier-chosen'
