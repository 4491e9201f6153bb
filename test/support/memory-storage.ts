/** The storage of a browser's session, in memory. */
import type { KeptStorage } from '#window/base/kept.ts'

export function memory(): KeptStorage & { readonly size: () => number } {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    key: (at) => [...items.keys()][at] ?? null,
    get length() {
      return items.size
    },
    size: () => items.size,
  }
}
