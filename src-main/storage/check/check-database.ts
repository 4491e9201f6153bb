/** Checks of a database, each of which takes as long as it takes: they are made on a copy, in a thread of their own. */
import { repairWords, type Finding, type RepairName } from '#main/core/finding'
import { countOf } from '#main/text/numbers'
import type { Database } from '../database.ts'
import { checkTexts } from './check-texts.ts'
import { sentencesWithImpossible } from './impossible-items.ts'
import { logDifferences } from './log-check.ts'

interface Check {
  /** Name of the check, for the progress. */
  readonly title: string
  run(database: Database): readonly Finding[]
}

const restore =
  'Restore a backup ("espalier backup list" and "espalier backup restore", or Settings); if there is none, export the corpora and import them into a new workspace.'

/** Number of findings of one kind that are told one by one. */
const mostTold = 20

/** Sentences of corpora that are neither on their way in nor being erased. */
const inSight = 'corpus_id NOT IN (SELECT corpus_id FROM corpus WHERE is_staging = 1)'

const references: Check = {
  title: 'references',
  run: (database) =>
    database
      .all<{ table: string; parent: string; count: number }>(
        `SELECT "table", parent, count(*) AS count FROM pragma_foreign_key_check GROUP BY "table", parent`,
      )
      .map(({ table, parent, count }) => ({
        what: `${countOf(count, 'row')} of the table ${table} without the rows of ${parent} that they name.`,
        advice: restore,
      })),
}

/** The checks of a copy that is made every day, and of a database whose program ended without closing it. */
export const quickChecks: readonly Check[] = [pageCheck('quick_check'), references]

/** All that can be checked, a part of it in minutes where the database is large. */
export const databaseChecks: readonly Check[] = [
  pageCheck('integrity_check'),
  references,
  { title: 'search', run: checkSearch },
  { title: 'texts', run: (database) => checkTexts(database, restore) },
  { title: 'spans', run: checkSpans },
  { title: 'log', run: checkLog },
  counter(
    'spans',
    'span_count <> (SELECT count(*) FROM span WHERE span.sentence_id = sentence.sentence_id)',
    'The count of spans is not that of their spans',
  ),
  counter(
    'flags',
    `flagged_items <> (SELECT count(*) FROM span WHERE span.sentence_id = sentence.sentence_id AND span.is_flagged)
      + (SELECT count(*) FROM relation WHERE relation.sentence_id = sentence.sentence_id AND relation.is_flagged)`,
    'The count of flagged spans and relations is not that of theirs',
  ),
  {
    title: 'counts of sentences',
    run: (database) =>
      kept(
        database,
        `SELECT corpus_id, split, sum(sentences) AS sentences, sum(spans) AS spans, sum(triples) AS triples
         FROM sentence_count GROUP BY 1, 2 HAVING sum(sentences) > 0`,
        `SELECT corpus_id, split, count(*) AS sentences, sum(span_count) AS spans, sum(triple_count) AS triples
         FROM sentence GROUP BY 1, 2`,
        'The count of sentences, spans or triples',
      ),
  },
  { title: 'counts of types', run: (database) => kept(database, keptLabels, countedLabels, 'The count of a type') },
]

/** SQLite's own check of the pages: `integrity_check` also compares indexes with their tables. */
function pageCheck(pragma: 'quick_check' | 'integrity_check'): Check {
  return {
    title: 'integrity',
    run: (database) =>
      database
        .column<string>(`PRAGMA ${pragma}(${mostTold})`)
        .filter((line) => line !== 'ok')
        .map((line) => ({
          ...{ what: `The database is damaged: ${line}.`, advice: restore },
          ...(isOfIndex(line) && { repair: 'indexes' as const }),
        })),
  }
}

/** Damage of an index alone, which is made again from its table. */
const isOfIndex = (line: string): boolean =>
  /^(row \d+ missing from index|wrong # of entries in index|non-unique entry in index|row \d+ values differ from index)/.test(
    line,
  )

const keptLabels = 'SELECT corpus_id, split, kind, label, count, sentences FROM label_count WHERE count > 0'
const countedLabels = `
  SELECT corpus_id, split, 'entity' AS kind, label, count(*) AS count, count(DISTINCT sentence_id) AS sentences
  FROM span JOIN sentence USING (sentence_id) GROUP BY 1, 2, label
  UNION ALL
  SELECT corpus_id, split, 'relation' AS kind, type AS label, count(*) AS count, count(DISTINCT sentence_id) AS sentences
  FROM (SELECT sentence_id, type FROM relation UNION ALL SELECT sentence_id, type FROM unanchored)
  JOIN sentence USING (sentence_id) GROUP BY 1, 2, type`

/** Counts that are kept in a table against those that counting gives. */
function kept(database: Database, stored: string, counted: string, what: string): readonly Finding[] {
  const wrong = database.all<{ name: string }>(
    `SELECT DISTINCT name FROM corpus JOIN (
       SELECT * FROM (SELECT * FROM (${stored}) EXCEPT SELECT * FROM (${counted}))
       UNION ALL SELECT * FROM (SELECT * FROM (${counted}) EXCEPT SELECT * FROM (${stored})))
     USING (corpus_id) WHERE is_staging = 0`,
  )
  return wrong.map(({ name }) => ({
    what: `${what} that is kept for ${name} is not what counting gives: statistics and filters may be wrong.`,
    advice: repairAdvice('counts'),
    repair: 'counts',
  }))
}

function checkSearch(database: Database): readonly Finding[] {
  try {
    database.run(`INSERT INTO sentence_text (sentence_text, rank) VALUES ('integrity-check', 1)`)
    database.run(`INSERT INTO sentence_letters (sentence_letters, rank) VALUES ('integrity-check', 0)`)
    const missing = database.get(
      `SELECT 1 FROM sentence WHERE ${inSight} AND divided(text) IS NOT NULL
         AND sentence_id NOT IN (SELECT id FROM sentence_letters_docsize)`,
    )
    if (missing) throw new Error('a sentence is not in the index of letters')
    return []
  } catch {
    return [
      {
        what: 'The search index does not fit the sentences: a search may miss some.',
        advice: repairAdvice('search'),
        repair: 'search',
      },
    ]
  }
}

function checkSpans(database: Database): readonly Finding[] {
  const { length } = sentencesWithImpossible(database)
  if (length === 0) return []
  const what = `Spans outside of their words, or relations without both their spans, in ${countOf(length, 'sentence')}.`
  return [{ what, advice: repairAdvice('spans'), repair: 'spans' }]
}

function checkLog(database: Database): readonly Finding[] {
  const sentences = [...logDifferences(database)].length
  if (sentences === 0) return []
  const what = `The annotation of ${countOf(sentences, 'sentence')} is not what the log of acts says.`
  return [{ what, advice: repairAdvice('log'), repair: 'log' }]
}

const repairAdvice = (name: RepairName): string =>
  `"espalier check --repair ${name}", or Repair in Settings, ${repairWords[name]}; a copy of the database is kept first.`

/** A count that sentence rows hold against what it counts. */
function counter(title: string, isWrong: string, what: string): Check {
  return {
    title: `counts of ${title}`,
    run(database) {
      const wrong = database.all<{ name: string; count: number; first: number }>(
        `SELECT name, count(*) AS count, min(position) AS first FROM sentence JOIN corpus USING (corpus_id)
         WHERE ${inSight} AND ${isWrong} GROUP BY corpus_id`,
      )
      return wrong.map(({ name, count, first }) => ({
        what: `${what} in ${count} sentences of ${name}, the first at position ${first}: lists and filters may leave them out.`,
        advice: repairAdvice('counts'),
        repair: 'counts',
      }))
    },
  }
}
