/** The channels between preload and main, and the messages by which a page asks for them. */

/** Channel to the services. */
export const connectChannel = 'espalier-connect'
/** Channel from the services to a page that computes. */
export const computeChannel = 'espalier-compute'
