/** Limits of the interface for extraction, which its description states. */

/** Bytes of the body of one request. */
export const largestBody = 8 * 2 ** 20
/** Documents in one request. */
export const mostDocuments = 1000
/** Bytes of all bodies that are read, worked at, or whose answers are not taken yet. */
export const mostHeld = 64 * 2 ** 20
/** Requests that may wait. */
export const mostWaiting = 256
/** Sentences that are predicted together. */
export const largestGroup = 2048
/** Time after which a client that sends nothing, or takes nothing of its answer, is left. */
export const idleMs = 30_000
/** Seconds that a client is asked to wait when too much waits. */
export const retrySeconds = 1
