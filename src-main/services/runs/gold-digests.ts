/** Gold digests: eight bytes for each sentence of a split, by which one sees later how many sentences changed. */
import { createHash } from 'node:crypto'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { goldTextTriples, textKey, toTextTriple } from '#main/evaluation/match-items'
import type { SplitIdentity } from '#main/runs/run'

const bytesPerSentence = 8

/** Words and gold of a sentence as text, the same for equal ones. */
export function goldKey({ words, pos, spans, triples, unanchored, symmetric }: LabelledSentence): string {
  const gold = [...triples.map((triple) => toTextTriple(words, triple)), ...unanchored].map(textKey)
  const ranges = spans.map(({ start, end, label }) => `${start}:${end}:${label}`)
  return JSON.stringify([
    words,
    ranges.sort(),
    gold.sort(),
    ...(pos ? [pos] : []),
    ...(symmetric ? [{ symmetric }] : []),
  ])
}

/** Number of sentences that one step hashes. */
const hashedAtOnce = 200

/** Digests of a list of sentences, some at each step. */
export function* digestSteps(sentences: readonly LabelledSentence[]): Generator<void, Uint8Array> {
  const digests = Buffer.alloc(bytesPerSentence * sentences.length)
  for (const [at, sentence] of sentences.entries()) {
    createHash('sha256')
      .update(goldKey(sentence))
      .digest()
      .copy(digests, bytesPerSentence * at, 0, bytesPerSentence)
    if (at % hashedAtOnce === 0) yield
  }
  return digests
}

/** The identity of a split, some sentences at each step. */
export function* identitySteps(sentences: readonly LabelledSentence[]): Generator<void, SplitIdentity> {
  const hash = createHash('sha256')
  let triples = 0
  for (const [at, sentence] of sentences.entries()) {
    triples += goldTextTriples(sentence).length
    hash.update(goldKey(sentence))
    if (at % hashedAtOnce === 0) yield
  }
  return { sentences: sentences.length, triples, sha256: hash.digest('hex') }
}

/**
 * Number of sentences that changed. Splits of one length are compared place by place; of others, where sentences came, went, or were split
 * or joined, whatever stands in only one of them counts.
 */
export function countChanges(before: Uint8Array, after: Uint8Array): number {
  if (Buffer.compare(before, after) === 0) return 0
  const [one, other] = [digestsOf(before), digestsOf(after)]
  if (one.length === other.length) return one.filter((digest, at) => digest !== other[at]).length
  return Math.max(countMissing(one, other), countMissing(other, one))
}

function digestsOf(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes)
  return Array.from({ length: buffer.length / bytesPerSentence }, (_, at) =>
    buffer.toString('latin1', at * bytesPerSentence, (at + 1) * bytesPerSentence),
  )
}

/** Number of digests of one list that the other lacks, each as often as it stands there. */
function countMissing(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>()
  for (const digest of other) left.set(digest, (left.get(digest) ?? 0) + 1)
  return one.filter((digest) => {
    const times = left.get(digest) ?? 0
    left.set(digest, times - 1)
    return times <= 0
  }).length
}
