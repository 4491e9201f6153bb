/** Gold digests: eight bytes for each sentence of a split, by which one sees later how many sentences changed. */
import { createHash } from 'node:crypto'
import { spanText, type LabelledSentence } from '#main/document/labelled-sentence'
import { goldTextTriples } from '#main/evaluation/match-items'
import type { SplitIdentity } from '#main/runs/run'

const bytesPerSentence = 8

/** Words and gold of a sentence as text, the same for equal ones. */
export function goldKey({ words, pos, spans, triples, unanchored }: LabelledSentence): string {
  const gold = [
    ...triples.map(({ subject, type, object }) => [spanText(words, subject), type, spanText(words, object)]),
    ...unanchored.map(({ subject, type, object }) => [subject, type, object]),
  ].map((triple) => JSON.stringify(triple))
  const ranges = spans.map(({ start, end, label }) => `${start}:${end}:${label}`)
  return JSON.stringify([words, ranges.sort(), gold.sort(), ...(pos ? [pos] : [])])
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

/** Number of places at which two splits differ; sentences that only one of them has are counted. */
export function countChanges(before: Uint8Array, after: Uint8Array): number {
  const [one, other] = [Buffer.from(before), Buffer.from(after)]
  let changed = 0
  for (let at = 0; at < Math.max(one.length, other.length); at += bytesPerSentence)
    if (!one.subarray(at, at + bytesPerSentence).equals(other.subarray(at, at + bytesPerSentence))) changed++
  return changed
}
