/** Triples as a record lists them: each once, and without the type "None", which says that there is no relation. */
import type { TextTriple } from '#main/document/labelled-sentence'
import type { ProblemLog } from './problem-log.ts'
import type { TypedTriple } from './typed-triples.ts'

export interface StatedTriples<Triple extends TextTriple> {
  readonly triples: readonly Triple[]
  /** Number of triples that are listed again, word for word. */
  readonly repeatedTriples: number
}

export function uniqueTriples<Triple extends TypedTriple>(
  listed: readonly Triple[],
  record: number,
  log: ProblemLog,
): StatedTriples<Triple> {
  const real = listed.filter(({ type }) => type !== 'None')
  const byKey = new Map(real.toReversed().map((triple) => [keyOf(triple), triple]))
  const repeatedTriples = real.length - byKey.size
  log.change('none', record, listed.length - real.length)
  log.change('triples', record, repeatedTriples)
  return { triples: real.filter((triple) => byKey.get(keyOf(triple)) === triple), repeatedTriples }
}

function keyOf({ subject, subjectType, type, object, objectType }: TypedTriple): string {
  return JSON.stringify([subject, subjectType, type, object, objectType])
}
