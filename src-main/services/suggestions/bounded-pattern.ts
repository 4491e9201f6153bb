/**
 * BoundedPattern: regular expressions that people write, tried with a limit of time. A pattern may need longer than the age of the earth
 * for one sentence; `node:vm` stops it, and a pattern that was stopped several times is not tried again.
 */
import { createContext, Script } from 'node:vm'
import type { FoundPlace } from '#main/document/rule-matches'
import type { Rule } from '#main/document/rules'

/** Milliseconds that a pattern may take for one sentence, or for some sentences together. */
const mostMs = 50

/** Number of sentences after which a pattern that takes too long is given up. */
const mostStops = 3

/** Number of matches of a pattern in one sentence. */
const mostFound = 1000

export interface BoundedPatterns {
  /** Places of the pattern in each of the texts; none where it takes too long, and none that are empty. */
  find(rule: Rule, texts: readonly string[]): readonly (readonly FoundPlace[])[]
  /** Lines of the patterns that took too long, with the number of sentences in which they did. */
  tooSlow(): readonly { readonly line: number; readonly sentences: number; readonly isGivenUp: boolean }[]
}

export function createBoundedPatterns(limitMs = mostMs): BoundedPatterns {
  const sandbox = createContext({}, { codeGeneration: { strings: false, wasm: false } })
  const script = new Script(
    `texts.map((text) => text.matchAll(pattern).take(${mostFound}).map(({ index, 0: found }) => [index, index + found.length]).toArray())`,
  )
  const stops = new Map<number, number>()

  /** Null where it takes too long. A watch costs more than most patterns, so one watches many texts. */
  function tryAll({ text, flags }: Rule, texts: readonly string[]): FoundPlace[][] | null {
    try {
      Object.assign(sandbox, { pattern: new RegExp(text, `${flags ?? ''}gu`), texts })
      const found = script.runInContext(sandbox, { timeout: limitMs }) as [number, number][][] // as the script answers
      return found.map((own) => own.flatMap(([start, end]) => (end > start ? [{ start, end }] : [])))
    } catch (error) {
      if (!isTimeout(error)) throw error
      return null
    }
  }

  function tryOne(rule: Rule, text: string): FoundPlace[] {
    const before = stops.get(rule.line) ?? 0
    const [found] = before >= mostStops ? [[]] : (tryAll(rule, [text]) ?? [])
    if (!found) stops.set(rule.line, before + 1)
    return found ?? []
  }

  return {
    find: (rule, texts) =>
      (stops.get(rule.line) ?? 0) >= mostStops
        ? texts.map(() => [])
        : (tryAll(rule, texts) ?? texts.map((text) => tryOne(rule, text))),
    tooSlow: () => Array.from(stops, ([line, sentences]) => ({ line, sentences, isGivenUp: sentences >= mostStops })),
  }
}

/** The error is one of the context in which the pattern was tried, so it is no instance of the Error here. */
function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}
