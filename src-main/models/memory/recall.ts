/** Recalls what train states of the names and pairs of names in a sentence, and how surely. */
import type { Memory, Remembered } from './memory.ts'

export interface Place {
  readonly start: number
  readonly end: number
}

export interface RecalledName {
  readonly type: string
  /** Share of the training sentences with the same words that annotate them so, between 0 and 1. */
  readonly share: number
  readonly places: readonly Place[]
}

export interface RecalledTriple {
  readonly subject: RecalledName
  readonly type: string
  readonly object: RecalledName
  /** Share of the training sentences with the words of both that state it, between 0 and 1. */
  readonly share: number
}

export function recall(memory: Memory, words: readonly string[]): RecalledTriple[] {
  const { starts, pairs } = memory.find(words)
  const nameAt = (at: number): RecalledName | null => {
    const name = memory.names[at]
    if (!name) return null
    // of several types, the one that train has most
    const [best] = sharesOf(name).toSorted((a, b) => b.share - a.share)
    const places = (starts.get(at) ?? []).map((start) => ({ start, end: start + name.words.length }))
    return best ? { ...best, places } : null
  }
  return pairs.flatMap((at) => {
    const pair = memory.pairs[at]
    const [subject, object] = pair ? [nameAt(pair.subject), nameAt(pair.object)] : []
    if (!pair || !subject || !object) return []
    return sharesOf(pair).map(({ type, share }) => ({ subject, type, object, share }))
  })
}

/** What is added to the sentences that hold the words, so that one of one counts less than ten of ten. */
const doubt = 0.5

const sharesOf = ({ held, counts }: Remembered) =>
  [...counts].map(([type, count]) => ({ type, share: count / (held + doubt) }))
