/** Matching rules in a thread: a page of a corpus's sentences at a time, so that no pattern stops the window. */
import type { RuleMatch } from '#main/document/rule-matches'
import { createMatcher } from '#main/document/rule-matches'
import type { Rule } from '#main/document/rules'
import type { ReadTask } from '#main/storage/reader/read-task'
import { createBoundedPatterns } from './bounded-pattern.ts'

export interface MatchRequest {
  readonly corpusId: number
  readonly rules: readonly Rule[]
  readonly isAnyCase: boolean
  /** Id of the sentence behind which the page begins. */
  readonly after: number
  readonly limit: number
}

export interface MatchedSentence {
  readonly sentenceId: number
  readonly matches: readonly RuleMatch[]
  /** Text of each match with what stands around it; absent for all but the first sentences of a page. */
  readonly quoted?: readonly Quoted[]
}

export interface Quoted {
  readonly before: string
  readonly match: string
  readonly after: string
}

export interface MatchedPage {
  /** All sentences of the page, those without a match included. */
  readonly sentenceIds: readonly number[]
  readonly matched: readonly MatchedSentence[]
  readonly withinWords: number
  readonly tooSlow: ReturnType<ReturnType<typeof createBoundedPatterns>['tooSlow']>
}

/** Number of sentences that one step goes through. */
const atOnce = 100

/** Number of matched sentences of a page of which the text is told. */
const mostQuoted = 400

export const matchRules: ReadTask<MatchRequest, MatchedPage> = {
  isLong: true,
  *read({ corpora }, { corpusId, rules, isAnyCase, after, limit }) {
    const patterns = createBoundedPatterns()
    const match = createMatcher(rules, isAnyCase)
    const ofPatterns = rules.filter(({ flags }) => flags !== null)
    const sentenceIds: number[] = []
    const matched: MatchedSentence[] = []
    let withinWords = 0
    for (let last = after; sentenceIds.length < limit;) {
      const sentences = corpora.textsAfter(corpusId, last, Math.min(atOnce, limit - sentenceIds.length))
      if (sentences.length === 0) break
      last = sentences.at(-1)?.sentenceId ?? last
      const texts = sentences.map(({ text }) => text)
      const found = ofPatterns.map((rule) => ({ rule, places: patterns.find(rule, texts) }))
      for (const [at, { sentenceId, text, tokens }] of sentences.entries()) {
        const own = found.map(({ rule, places }) => ({ rule, places: places[at] ?? [] }))
        const { matches, withinWords: cut } = match(text, tokens, own)
        withinWords += cut
        sentenceIds.push(sentenceId)
        if (matches.length === 0) continue
        const quoted = matched.length < mostQuoted && { quoted: matches.map((one) => quote(text, tokens, one)) }
        matched.push({ sentenceId, matches, ...quoted })
      }
      yield
    }
    return { sentenceIds, matched, withinWords, tooSlow: patterns.tooSlow() }
  },
}

const around = 40

function quote(
  text: string,
  tokens: readonly { readonly start: number; readonly end: number }[],
  { start, end }: RuleMatch,
): Quoted {
  const letters = [...text]
  const [from, to] = [tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0]
  const part = (first: number, last: number): string => letters.slice(Math.max(0, first), last).join('')
  return { before: part(from - around, from), match: part(from, to), after: part(to, to + around) }
}
