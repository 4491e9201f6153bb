/** The one channel between preload and main, and the message by which a page asks for it. */
export const connectChannel = 'espalier-connect'
