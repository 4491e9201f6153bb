/** A pause that lets messages in: without it a cancellation would wait until training ends. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
