/** Limits of one server: plenty for a person's windows and commands, too little for anybody to fill the memory. */

/** Number of connections at once, windows included. */
export const mostConnections = 256
/** Number of WebSockets of each kind at once: windows and commands, and pages that compute. */
export const mostSockets = 64

/** Time within which a connection must have said what it wants. */
export const headersMs = 10_000
export const requestMs = 30_000

/** Bytes of one message from a page that computes: weights and the state of their optimizer. */
export const largestFrame = 2 ** 30

/** Time between two questions whether the other end of a WebSocket is still there. */
export const heartbeatMs = 30_000
/** Number of such questions without an answer after which a connection is given up. */
export const mostUnanswered = 2
/** Bytes that may wait for an other end that does not read. */
export const mostUnsent = 2 ** 30

/** Bytes of one piece of a file that the window sends; it sends a quarter of that. */
export const largestPiece = 2 ** 24
