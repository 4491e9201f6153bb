/** A Splitting as JSON. */
import type { Json } from '#main/core/json'
import { toSplitting, type Splitting } from '#main/text/splitting'
import { readInteger, readName, readObject, readOneOf } from '../../shared/fields.ts'

export function writeSplitting({ language, han, rules }: Splitting): Json {
  return { language, han, rules }
}

/** @throws RecordError naming the field that is not as expected. */
export function readSplitting(value: Json | undefined): Splitting | undefined {
  if (value === undefined || value === null) return undefined
  const stated = readObject(value, 'splitting')
  return toSplitting({
    language: readName(stated['language'], 'splitting.language'),
    han: readOneOf(stated['han'], 'splitting.han', ['characters', 'words']),
    rules: readInteger(stated['rules'], 'splitting.rules', 1, Number.MAX_SAFE_INTEGER),
  })
}
