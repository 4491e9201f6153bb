/** KnownKeys: ids by their keys, so that what comes again soon is not looked up again. */
export interface KnownKeys {
  /** The id of a key; `find` is asked where it is not remembered. */
  idOf(key: string, find: () => number): number
}

/** Number of ids that are remembered at least; twice as many at most. */
const remembered = 20_000

export function createKnownKeys(): KnownKeys {
  let [recent, older] = [new Map<string, number>(), new Map<string, number>()]
  return {
    idOf(key, find) {
      const known = recent.get(key)
      if (known !== undefined) return known
      if (recent.size >= remembered) [recent, older] = [new Map(), recent]
      const id = older.get(key) ?? find()
      recent.set(key, id)
      return id
    },
  }
}
