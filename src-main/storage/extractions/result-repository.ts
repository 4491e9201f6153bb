/** ResultRepository: the results of extractions as rows, page by page, grouped, searched, compared. It only reads. */
import {
  rowsPerPage,
  type ComparedResults,
  type EntityFilter,
  type EntityRow,
  type ExtractedRow,
  type Neighbourhood,
  type PairFilter,
  type PairRow,
  type ResultFacts,
  type RowFilter,
  type RowMarks,
  type RowPage,
  type RowPlace,
} from '#main/document/extracted-row'
import type { Database } from '../database.ts'
import { compareSteps } from './compared.ts'
import { entityList, readEntities } from './entity-list.ts'
import { createKeptHits } from './hits.ts'
import { readNeighbourhood } from './neighbourhood.ts'
import { leastFunctional, pairList, readPairs, type PairSorting } from './pair-list.ts'
import { readRows } from './read-rows.ts'
import { relationCount, rowList, type RowSorting } from './row-list.ts'
import { markPages, walk, type Walk } from './walk.ts'

/** Which list is asked for, and in which order. */
export type ListRequest =
  | {
      readonly of: 'triples'
      readonly extractionId: number
      readonly filter: RowFilter
      readonly sorting: RowSorting
    }
  | { readonly of: 'pairs'; readonly extractionId: number; readonly filter: PairFilter; readonly sorting: PairSorting }
  | { readonly of: 'entities'; readonly extractionId: number; readonly filter: EntityFilter }

type ListOf<Of extends ListRequest['of']> = Extract<ListRequest, { of: Of }>

export interface PagePlace {
  readonly after: RowPlace | null
  readonly limit: number
}

/** A piece of a list that is counted. */
export interface MarkPiece {
  readonly after: RowPlace | null
  /** A multiple of `rowsPerPage`. */
  readonly most: number
}

export interface ResultRepository {
  rowPage(request: ListOf<'triples'> & PagePlace): Generator<void, RowPage<ExtractedRow>>
  pairPage(request: ListOf<'pairs'> & PagePlace): Generator<void, RowPage<PairRow>>
  entityPage(request: ListOf<'entities'> & PagePlace): Generator<void, RowPage<EntityRow>>
  /** Finds where the pages of `rowsPerPage` of a piece of a list begin, and how many rows the piece has. */
  marks(request: ListRequest & MarkPiece): Generator<void, RowMarks>
  /** One row by its id; undefined where there is none. */
  row(tripleId: number): { readonly row: ExtractedRow; readonly extractionId: number } | undefined
  facts(extractionId: number): ResultFacts
  /** Null where there is no such entity. */
  neighbourhood(entityId: number, depth: 1 | 2, nodes: number): Neighbourhood | null
  /** @throws AppError 'conflict' when they are of other documents. */
  compare(extractionId: number, otherId: number): Generator<void, ComparedResults>
  /** Tells whether documents wait to be made into rows. */
  isBehind(extractionId: number): boolean
}

/** @param database opened with the results. */
export function createResultRepository(database: Database): ResultRepository {
  const kept = createKeptHits(database)

  function* page<Row>(
    list: Walk,
    { after, limit }: PagePlace,
    total: number | null,
    read: (ids: number[]) => Row[],
  ): Generator<void, RowPage<Row>> {
    const places = yield* walk(database, list, after, limit)
    const last = places.at(-1)
    return {
      rows: read(places.map(({ id }) => id)),
      next: places.length < limit || !last ? null : last,
      total,
    }
  }

  function walkOf(request: ListRequest): Walk {
    if (request.of === 'triples') return rowList(database, kept, request.extractionId, request.filter, request.sorting)
    if (request.of === 'pairs') return pairList(database, kept, request.extractionId, request.filter, request.sorting)
    return entityList(database, kept, request.extractionId, request.filter)
  }

  const extraction = (extractionId: number): ExtractionCounts =>
    database.get<ExtractionCounts>(
      `SELECT run_id AS runId, documents, coalesce(l.listed, 0) AS listed, coalesce(l.triples, 0) AS triples,
         coalesce(l.pairs, 0) AS pairs, coalesce(l.entities, 0) AS entities
       FROM extraction AS e LEFT JOIN listing AS l ON l.extraction_id = e.extraction_id AND l.attempt = e.attempt
       WHERE e.extraction_id = ?`,
      extractionId,
    ) ?? { runId: '', documents: 0, listed: 0, triples: 0, pairs: 0, entities: 0 }

  function knownTotal(request: ListRequest): number | null {
    const names = Object.entries(request.filter).flatMap(([name, value]) => (value === undefined ? [] : [name]))
    const counts = extraction(request.extractionId)
    if (names.length === 0)
      return request.of === 'triples' ? counts.triples : request.of === 'pairs' ? counts.pairs : counts.entities
    const { relation } = request.of === 'triples' ? request.filter : {}
    return names.length === 1 && relation !== undefined ? relationCount(database, request.extractionId, relation) : null
  }

  return {
    rowPage: (request) =>
      page(walkOf(request), request, knownTotal(request), (ids) =>
        readRows(database, ids, request.filter.against?.extractionId ?? null),
      ),
    pairPage: (request) => page(walkOf(request), request, knownTotal(request), (ids) => readPairs(database, ids)),
    entityPage: (request) => page(walkOf(request), request, knownTotal(request), (ids) => readEntities(database, ids)),
    marks: (request) => markPages(database, walkOf(request), rowsPerPage, request),
    row(tripleId) {
      const [row] = readRows(database, [tripleId], null)
      const found = database.get<{ id: number }>(
        'SELECT extraction_id AS id FROM extracted_triple WHERE triple_id = ?',
        tripleId,
      )
      return row && found ? { row, extractionId: found.id } : undefined
    },
    facts(extractionId) {
      const { runId, ...counts } = extraction(extractionId)
      const relations = database.all<{ relation: string; triples: number; share: number | null }>(
        `SELECT r.relation, triples, share FROM extracted_relation AS r
           LEFT JOIN functional_relation AS f ON f.run_id = ? AND f.relation = r.relation
         WHERE extraction_id = ? ORDER BY triples DESC, r.relation`,
        ...[runId, extractionId],
      )
      return {
        ...counts,
        relations: relations.map(({ share, ...rest }) => ({ ...rest, isFunctional: (share ?? 0) >= leastFunctional })),
        types: database.all<ResultFacts['types'][number]>(
          'SELECT type, subjects, objects FROM extracted_type WHERE extraction_id = ? ORDER BY type',
          extractionId,
        ),
      }
    },
    neighbourhood: (entityId, depth, nodes) => readNeighbourhood(database, entityId, depth, nodes),
    compare: (extractionId, otherId) => compareSteps(database, extractionId, otherId),
    isBehind(extractionId) {
      const { documents, listed } = extraction(extractionId)
      return listed < documents
    },
  }
}

type ExtractionCounts = Omit<ResultFacts, 'relations' | 'types'> & { readonly runId: string }
