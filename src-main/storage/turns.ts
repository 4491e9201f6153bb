/** Turns: work on one thing, such as the checkpoints of a run, is done one after the other, in the order it was asked for. */
export type TakeTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>

export function createTurns(): TakeTurn {
  const latest = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const result = (latest.get(key) ?? Promise.resolve()).then(work)
    const settled = result.catch(() => undefined) // the next one's turn comes whatever became of this
    latest.set(key, settled)
    void settled.then(() => {
      if (latest.get(key) === settled) latest.delete(key)
    })
    return result
  }
}
