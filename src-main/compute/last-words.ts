/** Reason why a process ended, from what V8 and Node wrote to its standard error. */

interface LastWords {
  hear(chunk: Uint8Array): void
  /**
   * Adds the reason: "exit code 1" becomes "exit code 1: TypeError: x is not a function" where the process wrote that.
   */
  addTo(reason: string): string
}

/** Number of characters that are kept; V8's reason stands above a stack trace. */
const kept = 16_384

/**
 * Lines with a reason: "# Check failed: ...", "FATAL ERROR: ... out of memory", "TypeError: ...". V8 frames its own
 * with lines that say nothing.
 */
const telling = /^(?:# (?!Fatal error in|FailureMessage)|(?=FATAL ERROR: |(?:[A-Z]\w*)?Error: ))(?<words>\S.*)$/m

export function createLastWords(): LastWords {
  const decoder = new TextDecoder()
  let heard = ''
  return {
    hear(chunk) {
      heard = (heard + decoder.decode(chunk, { stream: true })).slice(-kept)
    },
    addTo(reason) {
      const words = telling.exec(heard)?.groups?.['words']?.trim()
      return words ? `${reason}: ${words}` : reason
    },
  }
}
