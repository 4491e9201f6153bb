/** The lists of "espalier results" as tables: as many rows as are asked for, and of how many they are. */
import type { ResultFormat } from '#main/api/results'
import type { ExtractionSummary } from '#main/document/extracted-document'
import {
  firstCounted,
  type EntityRow,
  type ExtractedRow,
  type PairRow,
  type RowFilter,
  type RowMarks,
  type RowPage,
  type RowPlace,
  type rowSorts,
} from '#main/document/extracted-row'
import { formatTable } from '#main/text/aligned-table'
import { countOf, formatCount } from '#main/text/numbers'
import type { GlobalOptions, Session } from './session.ts'

export interface ResultOptions extends GlobalOptions {
  readonly relation?: string
  readonly subjectType?: string
  readonly objectType?: string
  readonly min?: number
  readonly max?: number
  readonly document?: string
  readonly search?: string
  readonly names?: boolean
  readonly sort: (typeof rowSorts)[number]
  readonly descending?: boolean
  readonly group?: 'pair' | 'entity'
  readonly conflicts?: boolean
  readonly compare?: string
  readonly limit: number
  readonly export?: ResultFormat
  readonly output?: string
  readonly replace?: boolean
}

/** Rows that one call asks for. */
const pageLength = 500

export function filterOf({
  relation,
  subjectType,
  objectType,
  min,
  max,
  document,
  search,
  names,
}: ResultOptions): RowFilter {
  return {
    ...{ relation, subjectType, objectType, leastProbability: min, mostProbability: max, document, search },
    searchIn: names ? 'names' : undefined,
  }
}

/** Rows that are printed, and of how many they are: in words, since many are only counted up to a bound. */
interface Printed<Row> {
  readonly rows: readonly Row[]
  readonly isMore: boolean
  readonly total: string
}

/** Asks page by page until there are as many rows as are to be printed. */
async function upTo<Row>(
  limit: number,
  ask: (place: { after: RowPlace | null; limit: number }) => Promise<RowPage<Row>>,
  count: (piece: { after: null; most: number }) => Promise<RowMarks>,
): Promise<Printed<Row>> {
  const rows: Row[] = []
  let [after, isMore]: [RowPlace | null, boolean] = [null, true]
  let total: number | null = null
  while (isMore && (limit === 0 || rows.length < limit)) {
    const wanted = limit === 0 ? pageLength : Math.min(pageLength, limit - rows.length)
    const page: RowPage<Row> = await ask({ after, limit: wanted })
    rows.push(...page.rows)
    total = page.total
    after = page.next
    isMore = page.next !== null
  }
  if (!isMore) return { rows, isMore, total: formatCount(rows.length) }
  if (total !== null) return { rows, isMore, total: formatCount(total) }
  const counted = await count({ after: null, most: firstCounted })
  return { rows, isMore, total: `${counted.next ? 'more than ' : ''}${formatCount(counted.count)}` }
}

export async function printRows(
  { client, print }: Session,
  { extractionId }: ExtractionSummary,
  options: ResultOptions,
) {
  const sorting = { by: options.sort, isDescending: options.descending ?? false }
  const request = { of: 'triples' as const, extractionId, filter: filterOf(options), sorting }
  const printed = await upTo<ExtractedRow>(
    options.limit,
    (place) => client.results.triples({ ...request, ...place }),
    (piece) => client.results.marks({ ...request, ...piece }),
  )
  const { rows } = printed
  const table = formatTable(
    ['probability', 'subject', 'relation', 'object', 'document', 'sentence'],
    rows.map((row) => [
      ...[row.probability.toFixed(3), row.subject.text, row.relation, row.object.text],
      ...[row.document, row.sentence],
    ]),
  )
  print(rows, told(table, printed, 'triple', 'triples'))
}

export async function printPairs(
  { client, print }: Session,
  { extractionId }: ExtractionSummary,
  options: ResultOptions,
) {
  const { relation, min, search, conflicts, limit } = options
  const request = {
    ...{ of: 'pairs' as const, extractionId, sorting: { by: 'support' as const, isDescending: true } },
    filter: { relation, leastProbability: min, search, conflicts },
  }
  const printed = await upTo<PairRow>(
    limit,
    (place) => client.results.pairs({ ...request, ...place }),
    (piece) => client.results.marks({ ...request, ...piece }),
  )
  const { rows } = printed
  const others = (list: PairRow['otherObjects']): string =>
    list.map(({ name, sentences }) => `${name} (${sentences})`).join(', ')
  const table = formatTable(
    ['sentences', 'documents', 'best', 'mean', 'subject', 'relation', 'object', 'other objects', 'other relations'],
    rows.map((pair) => [
      ...[pair.sentences, pair.documents, pair.bestProbability.toFixed(3), pair.meanProbability.toFixed(3)],
      ...[pair.subject.name, pair.relation, pair.object.name],
      ...[others(pair.otherObjects), others(pair.otherRelations)],
    ]),
  )
  print(rows, told(table, printed, 'pair', 'pairs'))
}

export async function printEntities(
  { client, print }: Session,
  { extractionId }: ExtractionSummary,
  options: ResultOptions,
) {
  const request = { of: 'entities' as const, extractionId, filter: { search: options.search } }
  const printed = await upTo<EntityRow>(
    options.limit,
    (place) => client.results.entities({ ...request, ...place }),
    (piece) => client.results.marks({ ...request, ...piece }),
  )
  const { rows } = printed
  const table = formatTable(
    ['mentions', 'name', 'variants', 'relations'],
    rows.map(({ mentions, name, variants, relations }) => [
      ...[mentions, name, variants.map(({ text, mentions: own }) => `${text} (${own})`).join(', ')],
      relations.map(({ relation, isSubject, pairs }) => `${isSubject ? '' : '← '}${relation} (${pairs})`).join(', '),
    ]),
  )
  print(rows, told(table, printed, 'entity', 'entities'))
}

function told(table: string, { rows, isMore, total }: Printed<unknown>, noun: string, nouns: string): string {
  if (rows.length === 0) return `No ${nouns} match.`
  const count = isMore
    ? `The first ${formatCount(rows.length)} of ${total} ${nouns}`
    : countOf(rows.length, noun, nouns)
  return `${table}\n\n${count}.`
}
