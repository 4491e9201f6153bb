/** Sentences of a package as documents: their words, and what the corpus says of them only where the person is to see it. */
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation } from '#main/document/annotation'
import type { PackageManifest } from '#main/document/assignment'
import { readAnnotations, readUnanchored } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { byIds } from './sentence-set.ts'
import { readSplittings } from './splitting-rows.ts'
import { splitAt, unpackTokens } from './words.ts'

/** Number of sentences that are read together. */
const pageLength = 200

interface SentenceRow {
  readonly sentence_id: number
  readonly split: number
  readonly text: string
  readonly tokens: string
  readonly splitting_id: number | null
}

/** The id of each document is that of its sentence at home, by which it is found again. */
export function* readPackageDocs(
  database: Database,
  packageId: string,
  { withGold }: Pick<PackageManifest, 'withGold'>,
): Generator<AnnotatedDoc[], void> {
  for (let last = 0; ;) {
    const rows = database.all<SentenceRow>(
      `SELECT sentence_id, sentence.split, sentence.text, sentence.tokens, splitting_id
       FROM assigned_sentence JOIN sentence USING (sentence_id) JOIN doc USING (doc_id)
       WHERE package_id = ? AND sentence_id > ? ORDER BY sentence_id LIMIT ?`,
      ...[packageId, last, pageLength],
    )
    const end = rows.at(-1)
    if (!end) return
    last = end.sentence_id
    yield toDocs(database, rows, withGold)
  }
}

function toDocs(database: Database, rows: readonly SentenceRow[], withGold: boolean): AnnotatedDoc[] {
  const set = byIds(rows.map(({ sentence_id }) => sentence_id))
  const annotations = withGold ? readAnnotations(database, set) : null
  const unanchored = withGold ? readUnanchored(database, set) : null
  const splittings = readSplittings(database)
  return rows.map(({ sentence_id: sentenceId, split, text, tokens: packed, splitting_id }) => {
    const tokens = unpackTokens(packed)
    const { spans, relations } = annotations?.get(sentenceId) ?? emptyAnnotation
    const annotation: SentenceAnnotation = {
      ...{ ...emptyAnnotation, spans, relations, unanchored: unanchored?.get(sentenceId) ?? [] },
      ...{ ambiguousAnchors: 0, repeatedTriples: 0, history: [] },
    }
    return {
      ...{ id: String(sentenceId), split: splitAt(split), text, tokens },
      ...{ sentences: [{ start: 0, end: tokens.length }], annotations: [annotation] },
      ...(splitting_id !== null && { splitting: splittings.get(splitting_id) }),
    }
  })
}
