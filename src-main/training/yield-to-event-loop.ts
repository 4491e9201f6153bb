/** Lets the event loop handle messages. Without it a cancellation would wait until training ends. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
