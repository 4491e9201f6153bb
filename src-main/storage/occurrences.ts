/** Occurrences: where else in a corpus the same words stand, found by the full-text index and then word by word. */
import type { Occurrence } from '#main/document/occurrence'
import { joinWords } from '#main/text/join-words'
import { hasUnspaced } from '#main/text/unspaced'
import { readSpans } from './annotation-rows.ts'
import type { Database } from './database.ts'
import type { Condition } from './condition.ts'
import { conditionOf } from './sentence-filter.ts'
import { byIds } from './sentence-set.ts'
import { splitAt, unpackTokens, wordsOf } from './words.ts'

interface Row {
  readonly sentence_id: number
  readonly split: number
  readonly position: number
  readonly text: string
  readonly tokens: string
}

/** Number of words that are shown on each side. */
const contextWords = 8

/** Sentences in which the words may stand: the index of words knows none within a text of a script without spaces. */
function sentencesWith(corpusId: number, wanted: readonly string[]): Condition {
  if (!wanted.some(hasUnspaced)) return conditionOf(corpusId, { search: `"${wanted.join(' ').replaceAll('"', ' ')}"` })
  const sought = wanted.every(hasUnspaced) ? joinWords(wanted) : wanted.find(hasUnspaced)
  return { sql: 'corpus_id = ? AND instr(text, ?) > 0', values: [corpusId, sought ?? ''] }
}

/** Every place of `wanted` in the corpus that has no span of just these words with this label, in the order of the corpus. */
export function readOccurrences(
  database: Database,
  corpusId: number,
  wanted: readonly string[],
  label: string,
): Occurrence[] {
  const { sql, values } = sentencesWith(corpusId, wanted)
  const rows = database.all<Row>(
    `SELECT sentence_id, split, position, text, tokens FROM sentence WHERE ${sql} ORDER BY split, position`,
    ...values,
  )
  const spans = readSpans(database, byIds(rows.map(({ sentence_id }) => sentence_id)))
  return rows.flatMap(({ sentence_id: sentenceId, split, position, text, tokens }) => {
    const words = wordsOf(text, unpackTokens(tokens))
    return placesOf(wanted, words).flatMap((start): Occurrence[] => {
      const end = start + wanted.length
      const here = (spans.get(sentenceId) ?? []).filter((span) => span.start < end && start < span.end)
      if (here.some((span) => span.start === start && span.end === end && span.label === label)) return []
      const [other] = here
      return [
        {
          ...{ sentenceId, split: splitAt(split), position, start, end },
          before: joinWords(words.slice(Math.max(0, start - contextWords), start)),
          text: joinWords(words.slice(start, end)),
          after: joinWords(words.slice(end, end + contextWords)),
          present: other ? `${joinWords(words.slice(other.start, other.end))} is ${other.label}` : null,
        },
      ]
    })
  })
}

/** The places where `wanted` begins in `words`; they do not overlap each other. */
function placesOf(wanted: readonly string[], words: readonly string[]): number[] {
  const places: number[] = []
  for (let at = 0; wanted.length > 0 && at + wanted.length <= words.length; at++)
    if (wanted.every((word, offset) => words[at + offset] === word)) {
      places.push(at)
      at += wanted.length - 1
    }
  return places
}
