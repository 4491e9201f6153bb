/** Reads a JSON text as far as it goes: one that is cut off gives what stands before the cut. */
import type { Json } from '#main/core/json'

export interface JsonPrefix {
  /** undefined when there is not even the beginning of a value. */
  readonly value: Json | undefined
  /** `cut`: the text ended in the middle; `broken`: something stands where JSON cannot have it. */
  readonly state: 'whole' | 'cut' | 'broken'
}

/** Deeper values are not looked into. */
const deepest = 32

export function readJsonPrefix(text: string): JsonPrefix {
  let at = 0
  let state: JsonPrefix['state'] = 'whole'
  const stop = (): void => {
    if (state === 'whole') state = at >= text.length ? 'cut' : 'broken'
  }
  const skipSpace = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++
  }
  /** Takes the sign when it is the next. */
  const take = (sign: string): boolean => {
    skipSpace()
    if (text[at] !== sign) return false
    at++
    return true
  }

  function readString(): string {
    const start = at++
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    if (at >= text.length) {
      at = text.length
      stop()
      return text.slice(start + 1)
    }
    at++
    try {
      return JSON.parse(text.slice(start, at)) as string // a string literal
    } catch {
      state = 'broken'
      return ''
    }
  }

  function readScalar(): Json | undefined {
    const [literal = ''] = /^[\w.+-]{1,40}/.exec(text.slice(at, at + 40)) ?? []
    at += literal.length
    try {
      return JSON.parse(literal) as Json // JSON.parse gives nothing else
    } catch {
      stop()
      return undefined
    }
  }

  /** Reads up to `end`, item by item, for as long as nothing stops it. */
  function readItems(end: string, readItem: () => void): void {
    at++
    if (take(end)) return
    while (state === 'whole') {
      skipSpace()
      readItem()
      if (state !== 'whole' || take(end)) return
      if (!take(',')) stop()
    }
  }

  function readValue(depth: number): Json | undefined {
    skipSpace()
    if (text[at] === '"') return readString()
    if (text[at] !== '[' && text[at] !== '{') return readScalar()
    if (depth === deepest) {
      state = 'cut'
      return undefined
    }
    if (text[at] === '[') {
      const items: Json[] = []
      readItems(']', () => {
        const item = readValue(depth + 1)
        if (item !== undefined) items.push(item)
      })
      return items
    }
    const entries: [string, Json][] = []
    readItems('}', () => {
      if (text[at] !== '"') return void stop()
      const key = readString()
      if (state !== 'whole') return
      if (!take(':')) return void stop()
      const value = readValue(depth + 1)
      if (value !== undefined) entries.push([key, value])
    })
    return Object.fromEntries(entries)
  }

  const value = readValue(0)
  skipSpace()
  if (state === 'whole' && at < text.length) state = 'broken'
  return { value, state }
}
