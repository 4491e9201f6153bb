/** Groups of open suggestions in a corpus, counted in a thread. */
import type { SuggestionGroups, CountedGroup } from '#main/api/suggestions'
import { textOf, typeOf, type SuggestionGroup } from '#main/document/suggestion-group'
import type { Suggestion } from '#main/document/suggestions'
import type { SuggestedSentence } from '#main/storage/open-suggestions'
import type { SuggestionSource } from '#main/document/suggestion-source'
import type { ReadTask } from '#main/storage/reader/read-task'

interface GroupRequest {
  readonly corpusId: number
  readonly source: SuggestionSource
  readonly by: 'type' | 'string'
  readonly leastProbability: number
}

const atOnce = 200
/** Number of groups that are told, the largest ones, and that are held while counting. */
const mostTold = 300
const mostHeld = 100_000
const mostExamples = 3
/** Number of words that stand around an example. */
const around = 8

interface Counting extends SuggestionGroup {
  count: number
  sentences: number
  /** Sum of the probabilities. */
  probability: number
  /** Id of the sentence that was counted last. */
  last: number
  readonly examples: CountedGroup['examples'][number][]
}

export const suggestionGroups: ReadTask<GroupRequest, SuggestionGroups> = {
  isLong: true,
  *read({ suggestions }, { corpusId, source, by, leastProbability }) {
    const groups = new Map<string, Counting>()
    const totals = { suggestions: 0, waiting: 0, predicted: 0 }
    for (let after = 0; ;) {
      const page = suggestions.openPage(corpusId, source, after, atOnce)
      if (page.last === null) break
      after = page.last
      totals.waiting += page.waiting
      totals.predicted += page.predicted
      for (const sentence of page.sentences)
        for (const one of sentence.suggestions) {
          if (one.probability < leastProbability) continue
          totals.suggestions++
          const text = by === 'type' ? null : textOf(one, sentence.words)
          count(groups, { kind: one.kind, type: typeOf(one), text }, one, sentence)
        }
      yield
    }
    const told = [...groups.values()].sort((a, b) => b.count - a.count).slice(0, mostTold)
    return { ...totals, unlisted: groups.size - told.length, groups: told.map(toCounted) }
  },
}

function count(
  groups: Map<string, Counting>,
  group: SuggestionGroup,
  one: Suggestion,
  { sentenceId, words }: SuggestedSentence,
): void {
  const key = JSON.stringify(group)
  const known = groups.get(key) ?? { ...group, count: 0, sentences: 0, probability: 0, last: 0, examples: [] }
  if (known.count === 0 && groups.size >= mostHeld) return
  groups.set(key, known)
  known.count++
  known.probability += one.probability
  if (known.last !== sentenceId) known.sentences++
  known.last = sentenceId
  if (known.examples.length < mostExamples) known.examples.push({ sentenceId, ...quote(one, words) })
}

/** The words of a suggestion, for a relation those from one end to the other, with what stands around them. */
function quote(one: Suggestion, words: readonly string[]): { before: string; match: string; after: string } {
  const [start, end] =
    one.kind === 'span'
      ? [one.start, one.end]
      : [Math.min(one.subject.start, one.object.start), Math.max(one.subject.end, one.object.end)]
  const part = (from: number, to: number): string => words.slice(Math.max(0, from), to).join(' ')
  return { before: part(start - around, start), match: part(start, end), after: part(end, end + around) }
}

function toCounted({ kind, type, text, count: total, sentences, probability, examples }: Counting): CountedGroup {
  return { group: { kind, type, text }, count: total, sentences, examples, meanProbability: probability / total }
}
