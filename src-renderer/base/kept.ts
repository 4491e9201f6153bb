/** Storage of values that outlast a reload of the page but not its tab, by id. */
import { ref } from 'vue'

export type KeptStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const prefix = 'espalier-draft '
const keyOf = (id: string): string => prefix + id

/** Number of changes so far, so that whoever lists the ids is told of the next one. */
const changes = ref(0)

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
  changes.value += 1
}

export function forget(storage: KeptStorage, id: string): void {
  storage.removeItem(keyOf(id))
  changes.value += 1
}

/** The ids under which values are kept. Reactive: who computes from them computes again when they change. */
export function keptIds(storage: KeptStorage): readonly string[] {
  void changes.value
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '')
  return keys.flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []))
}
