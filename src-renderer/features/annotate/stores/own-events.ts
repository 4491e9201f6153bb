/** Events of a person's own acts, by sentence: what they tell of is on screen already when they come. */
export function createOwnEvents() {
  const coming = new Map<number, number>()
  const of = (sentenceId: number): number => coming.get(sentenceId) ?? 0

  return {
    /** Notes that an act was sent, of which an event will tell. */
    expect: (sentenceId: number): void => void coming.set(sentenceId, of(sentenceId) + 1),
    /** Whether the event that came is of an own act, which is not awaited any more then; also for an act that changed nothing. */
    take(sentenceId: number): boolean {
      if (of(sentenceId) === 0) return false
      coming.set(sentenceId, of(sentenceId) - 1)
      return true
    },
    /** Awaits no more events of the sentence, since it is loaded again. */
    forget: (sentenceId: number): void => void coming.delete(sentenceId),
    forgetAll: (): void => coming.clear(),
  }
}
