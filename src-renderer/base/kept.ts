/** What is kept for the session of a tab, by id: it outlasts a reload, not the tab. */
export type KeptStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (id: string): string => `espalier-draft ${id}`

/** The value that was kept under this id; null where there is none. Its type is the caller's to check. */
export function readKept(storage: KeptStorage, id: string): unknown {
  const stored = storage.getItem(keyOf(id))
  return stored === null ? null : JSON.parse(stored)
}

/** Keeps a value as JSON. A value for which the browser's storage has no room lasts only as long as the page. */
export function keep(storage: KeptStorage, id: string, value: unknown): void {
  try {
    storage.setItem(keyOf(id), JSON.stringify(value))
  } catch {
    // a value of megabytes: the storage of a page holds about five
  }
}

export function forget(storage: KeptStorage, id: string): void {
  storage.removeItem(keyOf(id))
}
