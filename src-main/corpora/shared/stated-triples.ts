/** Triples as a record lists them: each once, and without the type "None", which says that there is no relation. */
import type { TextTriple } from '#main/document/labelled-sentence'
import type { ProblemLog } from './problem-log.ts'

export interface StatedTriples {
  readonly triples: readonly TextTriple[]
  /** Number of triples that are listed again, word for word. */
  readonly repeatedTriples: number
}

export function uniqueTriples(listed: readonly TextTriple[], record: number, log: ProblemLog): StatedTriples {
  const real = listed.filter(({ type }) => type !== 'None')
  const byKey = new Map(real.map((triple) => [JSON.stringify([triple.subject, triple.type, triple.object]), triple]))
  const repeatedTriples = real.length - byKey.size
  log.change('none', record, listed.length - real.length)
  log.change('triples', record, repeatedTriples)
  return { triples: [...byKey.values()], repeatedTriples }
}
