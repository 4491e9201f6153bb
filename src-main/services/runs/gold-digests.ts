/** Gold digests: eight bytes for each sentence of a split, by which one sees later how many sentences changed. */
import { createHash } from 'node:crypto'
import { spanText, type LabelledSentence } from '#main/document/labelled-sentence'

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
export const hashedAtOnce = 200

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

/** Number of places at which two splits differ; sentences that only one of them has are counted. */
export function countChanges(before: Uint8Array, after: Uint8Array): number {
  const [one, other] = [Buffer.from(before), Buffer.from(after)]
  let changed = 0
  for (let at = 0; at < Math.max(one.length, other.length); at += bytesPerSentence)
    if (!one.subarray(at, at + bytesPerSentence).equals(other.subarray(at, at + bytesPerSentence))) changed++
  return changed
}
