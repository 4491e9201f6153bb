/** The channels between preload and main, and the messages by which a page asks for them. */

/** To the services. */
export const connectChannel = 'espalier-connect'
/** From the services, for a page that computes. */
export const computeChannel = 'espalier-compute'
