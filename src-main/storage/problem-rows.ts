/** Reads and writes the problems that imports met. */
import { severities, type Problem, type ProblemCount } from '#main/core/problem'
import { kindOf } from '#main/core/problem-kind'
import type { Split } from '#main/document/doc'
import type { ImportProblem, ProblemFilter, ProblemPage } from '#main/document/import-problem'
import type { Condition } from './condition.ts'
import type { Database } from './database.ts'
import { splitAt, splitIndex } from './words.ts'

/** A problem of an import with the place of the first sentence of its record; null where there is none. */
export interface PlacedProblem extends Problem {
  readonly place: { readonly split: Split; readonly position: number } | null
}

/** Number of files and of kinds that a page lists. */
const mostListed = 100

/** Writes problems and counts, one at each step. */
export function* insertProblems(
  database: Database,
  corpusId: number,
  problems: readonly PlacedProblem[],
  counts: readonly ProblemCount[],
): Generator<void, void> {
  for (const { file, line, severity, message, kind, place } of problems) {
    database.run(
      `INSERT INTO import_problem (corpus_id, file, line, severity, kind, message, sentence_id) VALUES (?, ?, ?, ?, ?, ?,
         (SELECT sentence_id FROM sentence WHERE corpus_id = ? AND split = ? AND position = ?))`,
      ...[corpusId, file, line, severity, kind ?? kindOf(message), message],
      ...[corpusId, place ? splitIndex(place.split) : null, place?.position ?? null],
    )
    yield
  }
  for (const { file, severity, kind, count } of counts) {
    database.run(
      'INSERT INTO problem_count (corpus_id, file, severity, kind, problems) VALUES (?, ?, ?, ?, ?)',
      ...[corpusId, file, severity, kind, count],
    )
    yield
  }
}

interface Row {
  readonly problem_id: number
  readonly file: string
  readonly line: number | null
  readonly severity: Problem['severity']
  readonly message: string
  readonly sentence_id: number | null
  readonly split: number | null
  readonly position: number | null
}

export function readProblems(
  database: Database,
  corpusId: number,
  filter: ProblemFilter,
  offset: number,
  limit: number,
): ProblemPage {
  const { sql, values } = conditionOf(corpusId, filter)
  const rows = database.all<Row>(
    `SELECT import_problem.*, split, position FROM import_problem LEFT JOIN sentence USING (sentence_id)
     WHERE ${sql} ORDER BY problem_id LIMIT ? OFFSET ?`,
    ...[...values, limit, offset],
  )
  const sum = (of: ProblemFilter): number =>
    count(database, 'SELECT sum(problems) AS total FROM problem_count AS import_problem', conditionOf(corpusId, of))
  return {
    total: sum(filter),
    kept: count(database, 'SELECT count(*) AS total FROM import_problem', { sql, values }),
    severities: Object.fromEntries(severities.map((severity) => [severity, sum({ severity })])) as Record<
      Problem['severity'],
      number
    >, // every severity
    files: grouped(database, 'file', conditionOf(corpusId, { ...filter, file: undefined })),
    kinds: grouped(database, 'kind, severity', conditionOf(corpusId, { ...filter, kind: undefined })),
    rows: rows.map(toProblem),
  }
}

function conditionOf(corpusId: number, filter: ProblemFilter): Condition {
  const parts = ['import_problem.corpus_id = ?']
  const values: (string | number)[] = [corpusId]
  for (const name of ['severity', 'file', 'kind'] as const) {
    const value = filter[name]
    if (value === undefined) continue
    parts.push(`import_problem.${name} = ?`)
    values.push(value)
  }
  return { sql: parts.join(' AND '), values }
}

function count(database: Database, select: string, { sql, values }: Condition): number {
  return database.get<{ total: number | null }>(`${select} WHERE ${sql}`, ...values)?.total ?? 0
}

interface Group {
  readonly label: string
  readonly severity: Problem['severity']
  readonly count: number
}

function grouped(database: Database, columns: 'file' | 'kind, severity', { sql, values }: Condition): Group[] {
  const [label] = columns.split(',')
  return database.all<Group>(
    `SELECT ${label} AS label, severity, sum(problems) AS count FROM problem_count AS import_problem
     WHERE ${sql} GROUP BY ${columns} ORDER BY 3 DESC, 1 LIMIT ?`,
    ...[...values, mostListed],
  )
}

function toProblem({ problem_id, file, line, severity, message, sentence_id, split, position }: Row): ImportProblem {
  const isThere = sentence_id !== null && split !== null && position !== null
  const sentence = isThere ? { sentenceId: sentence_id, split: splitAt(split), position } : null
  return { problemId: problem_id, file, line, severity, message, sentence }
}
