/** KnownKeys: what was found for keys, so that what comes again soon is not looked up again. */
export interface KnownKeys<Value> {
  /** The value that belongs to a key; `find` is asked where it is not remembered. */
  of(key: string, find: () => Value): Value
}

/** Number of keys that are remembered at least; twice as many at most. */
const remembered = 20_000

export function createKnownKeys<Value>(): KnownKeys<Value> {
  let [recent, older] = [new Map<string, Value>(), new Map<string, Value>()]
  return {
    of(key, find) {
      const known = recent.get(key)
      if (known !== undefined) return known
      if (recent.size >= remembered) [recent, older] = [new Map(), recent]
      const value = older.get(key) ?? find()
      recent.set(key, value)
      return value
    },
  }
}
