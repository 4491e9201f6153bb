/** The words a triple click takes: what a run suggests there, else the name or number that the word is part of. */
import type { Range } from '#main/document/edit'
import type { Suggestion } from '#main/document/suggestions'

/** A name begins with a capital, a number with a digit. */
const isNounLike = (word: string | undefined): boolean => word !== undefined && /^[\p{Lu}\p{Lt}\p{N}]/u.test(word)

/** `suggestions` come as they are listed, the most probable first. */
export function nounRun(token: number, words: readonly string[], suggestions: readonly Suggestion[]): Range {
  const suggested = suggestions.find(
    (suggestion) => suggestion.kind === 'span' && suggestion.start <= token && token < suggestion.end,
  )
  if (suggested?.kind === 'span') return { start: suggested.start, end: suggested.end }
  if (!isNounLike(words[token])) return { start: token, end: token + 1 }
  let start = token
  while (isNounLike(words[start - 1])) start -= 1
  let end = token + 1
  while (isNounLike(words[end])) end += 1
  return { start, end }
}
