/** Remembers the names and triples of training sentences, and counts the sentences that hold their words. */
import type { SentenceGold } from '../family.ts'
import { createMemory, keyOf, type Memory } from './memory.ts'

export function remember(sentences: readonly SentenceGold[]): Memory {
  const names = new Map<string, Draft & { readonly words: readonly string[] }>()
  const pairs = new Map<string, Draft & { readonly subject: number; readonly object: number }>()
  const places = new Map<string, number>()
  for (const sentence of sentences) {
    const { spans, triples } = goldIn(sentence)
    for (const { words, type } of spans) {
      const key = keyOf(words)
      if (!places.has(key)) places.set(key, places.size)
      const name = names.get(key) ?? { words, ...newDraft() }
      names.set(key, count(name, type))
    }
    for (const { subject, type, object } of triples) {
      const [from = 0, to = 0] = [subject, object].map((words) => places.get(keyOf(words)))
      const key = `${from} ${to}`
      const pair = pairs.get(key) ?? { subject: from, object: to, ...newDraft() }
      pairs.set(key, count(pair, type))
    }
  }
  const [allNames, allPairs] = [[...names.values()], [...pairs.values()]]
  const memory = createMemory(allNames, allPairs)
  for (const { words } of sentences) {
    const found = memory.find(words)
    for (const at of found.starts.keys()) addHolder(allNames[at])
    for (const at of found.pairs) addHolder(allPairs[at])
  }
  return memory
}

/** What is remembered, while it is counted. */
interface Draft {
  held: number
  readonly counts: Map<string, number>
}

const newDraft = (): Draft => ({ held: 0, counts: new Map() })

function count<One extends Draft>(draft: One, label: string): One {
  draft.counts.set(label, (draft.counts.get(label) ?? 0) + 1)
  return draft
}

function addHolder(draft: Draft | undefined): void {
  if (draft) draft.held++
}

/** A name or triple of a sentence by its words. */
interface GoldNames {
  readonly spans: readonly { readonly words: readonly string[]; readonly type: string }[]
  readonly triples: readonly {
    readonly subject: readonly string[]
    readonly type: string
    readonly object: readonly string[]
  }[]
}

/** The names and triples of a sentence by their words, each once. The ends of its triples are names as well. */
function goldIn({ words, spans, triples }: SentenceGold): GoldNames {
  const wordsOf = ({ start, end }: { readonly start: number; readonly end: number }) => words.slice(start, end)
  const ends = triples.flatMap(({ subject, object }) => [subject, object])
  return {
    spans: distinct([...spans, ...ends].map((span) => ({ words: wordsOf(span), type: span.label }))),
    triples: distinct(
      triples.map(({ subject, type, object }) => ({ subject: wordsOf(subject), type, object: wordsOf(object) })),
    ),
  }
}

function distinct<One extends object>(all: readonly One[]): One[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}
