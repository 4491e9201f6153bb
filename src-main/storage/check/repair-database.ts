/**
 * Repairs of a database by name. Each makes again what is made from something else that is there, or does, as acts in the log, what the log
 * or the text says; none invents anything. Whoever calls them keeps a copy first.
 */
import type { RepairName } from '#main/core/finding'
import type { AnnotationRepository } from '../annotation-repository.ts'
import type { Database } from '../database.ts'
import { impossibleItems } from './impossible-items.ts'
import { logDifferences, type LogDifference } from './log-check.ts'

export interface RepairParts {
  readonly database: Database
  readonly annotations: AnnotationRepository
  /** Name under which acts stand in the log. */
  readonly author: string
  readonly nowMs: number
}

/** @returns number of rows or sentences that are another now. */
export function repairDatabase(name: RepairName, parts: RepairParts): number {
  return parts.database.transaction(() => repairs[name](parts))
}

const repairs: Readonly<Record<RepairName, (parts: RepairParts) => number>> = {
  indexes({ database }) {
    database.script('REINDEX')
    return database.column<number>(`SELECT count(*) FROM sqlite_schema WHERE type = 'index'`)[0] ?? 0
  },
  search({ database }) {
    database.script(`
      INSERT INTO sentence_text (sentence_text) VALUES ('rebuild');
      INSERT INTO sentence_letters (sentence_letters) VALUES ('delete-all');
      INSERT INTO sentence_letters (rowid, text) SELECT sentence_id, letters
        FROM (SELECT sentence_id, divided(text) AS letters FROM sentence) WHERE letters IS NOT NULL;`)
    return database.column<number>('SELECT count(*) FROM sentence')[0] ?? 0
  },
  spans: (parts) => apply(parts, impossibleItems(parts.database), 'Repair: take out what lies outside of the sentence'),
  log: (parts) => apply(parts, [...logDifferences(parts.database)], 'Repair: as the log of acts says'),
  counts: ({ database }) => recount(database),
}

function apply(
  { annotations, author, nowMs }: RepairParts,
  wrong: readonly LogDifference[],
  description: string,
): number {
  for (const { sentenceId, changes } of wrong) annotations.apply(sentenceId, author, description, changes, nowMs)
  return wrong.length
}

const spanCount = '(SELECT count(*) FROM span WHERE span.sentence_id = sentence.sentence_id)'
const flaggedItems = `(SELECT count(*) FROM span WHERE span.sentence_id = sentence.sentence_id AND span.is_flagged)
  + (SELECT count(*) FROM relation WHERE relation.sentence_id = sentence.sentence_id AND relation.is_flagged)`

/** Counts of sentence rows first, since the kept counts are sums of them. */
function recount(database: Database): number {
  const { changes } = database.run(
    `UPDATE sentence SET span_count = ${spanCount}, flagged_items = ${flaggedItems}
     WHERE span_count <> ${spanCount} OR flagged_items <> ${flaggedItems}`,
  )
  database.script(`
    DELETE FROM sentence_count;
    INSERT INTO sentence_count (corpus_id, split, is_reviewed, is_flagged, flagged_items, overlap, sentences, spans, triples, changes)
      SELECT corpus_id, split, is_reviewed, is_flagged, flagged_items > 0, overlap, count(*), sum(span_count), sum(triple_count), unixepoch()
      FROM sentence GROUP BY 1, 2, 3, 4, 5, 6;
    DELETE FROM label_count;
    INSERT INTO label_count (corpus_id, split, kind, label, count, sentences)
      SELECT corpus_id, split, 'entity', label, count(*), count(DISTINCT sentence_id)
      FROM span JOIN sentence USING (sentence_id) GROUP BY corpus_id, split, label;
    INSERT INTO label_count (corpus_id, split, kind, label, count, sentences)
      SELECT corpus_id, split, 'relation', type, count(*), count(DISTINCT sentence_id)
      FROM (SELECT sentence_id, type FROM relation UNION ALL SELECT sentence_id, type FROM unanchored)
      JOIN sentence USING (sentence_id) GROUP BY corpus_id, split, type;`)
  return changes
}
