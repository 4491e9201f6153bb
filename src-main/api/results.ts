/** Results of extractions in the contract: triples as rows to filter, sort, search, group, compare, correct and export. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { plausibilities } from '#main/document/extracted-document'
import {
  pairSorts,
  rowSorts,
  rowsPerPage,
  type ComparedResults,
  type EntityRow,
  type ExtractedRow,
  type Neighbourhood,
  type PairRow,
  type ResultFacts,
  type RowMarks,
  type RowPage,
} from '#main/document/extracted-row'

const extractionId = z.int().positive()
const probability = z.number().min(0).max(1)
const text = z.string().max(2000)

const against = z.object({ extractionId, are: z.enum(['only', 'both', 'changed']) })

const rowFilter = z.object({
  relation: text.optional(),
  subjectType: text.optional(),
  objectType: text.optional(),
  leastProbability: probability.optional(),
  mostProbability: probability.optional(),
  plausibility: z.enum(plausibilities).optional(),
  document: text.optional(),
  search: text.optional(),
  searchIn: z.enum(['sentence', 'names']).optional(),
  pairId: z.int().positive().optional(),
  entityId: z.int().positive().optional(),
  against: against.optional(),
})

const pairFilter = z.object({
  relation: text.optional(),
  leastProbability: probability.optional(),
  leastSentences: z.int().positive().optional(),
  search: text.optional(),
  entityId: z.int().positive().optional(),
  conflicts: z.boolean().optional(),
})

const entityFilter = z.object({ search: text.optional() })

const sorting = <By extends string>(by: readonly By[]) => z.object({ by: z.enum(by), isDescending: z.boolean() })

const lists = {
  triples: z.object({
    of: z.literal('triples').default('triples'),
    ...{ extractionId, filter: rowFilter, sorting: sorting(rowSorts) },
  }),
  pairs: z.object({
    of: z.literal('pairs').default('pairs'),
    ...{ extractionId, filter: pairFilter, sorting: sorting(pairSorts) },
  }),
  entities: z.object({ of: z.literal('entities').default('entities'), extractionId, filter: entityFilter }),
}

const after = z.object({ part: z.string(), key: z.union([z.string(), z.number()]), id: z.int() }).nullable()

/** A page of a list: the rows behind a place. */
const place = { after, limit: z.int().min(1).max(1000) }

/** A piece of a list that is counted. */
const piece = { after, most: z.int().min(rowsPerPage).max(1_000_000).multipleOf(rowsPerPage) }

/** Formats that rows are written in. */
export const resultFormats = ['csv', 'tsv', 'jsonl', 'ntriples', 'turtle', 'graphml', 'neo4j', 'cypher'] as const
export type ResultFormat = (typeof resultFormats)[number]

/** File or folder that an export wrote. */
export interface ResultFile {
  readonly fileName: string
  readonly triples: number
  /** Plain sentences, each one kind of loss; empty when nothing is lost. */
  readonly losses: readonly string[]
}

const written = z.object({
  extractionId,
  format: z.enum(resultFormats),
  filter: rowFilter.default({}),
  /** A mark at the beginning by which spreadsheets know that CSV and TSV are UTF-8. */
  byteOrderMark: z.boolean().default(false),
  /** Leaves cells that a spreadsheet would run as formulas as they are, in place of an apostrophe before them. */
  rawCells: z.boolean().default(false),
})
export type ResultExport = z.infer<typeof written>

export const results = {
  /** Facts that lists are filtered by, and the number of documents that are rows already. */
  facts: oc.input(z.object({ extractionId })).output(type<ResultFacts>()),
  triples: oc.input(lists.triples.extend(place)).output(type<RowPage<ExtractedRow>>()),
  pairs: oc.input(lists.pairs.extend(place)).output(type<RowPage<PairRow>>()),
  entities: oc.input(lists.entities.extend(place)).output(type<RowPage<EntityRow>>()),
  /** Length of a piece of a list, and the beginning of each of its pages. */
  marks: oc
    .input(
      z.discriminatedUnion('of', [
        lists.triples.extend({ of: z.literal('triples'), ...piece }),
        lists.pairs.extend({ of: z.literal('pairs'), ...piece }),
        lists.entities.extend({ of: z.literal('entities'), ...piece }),
      ]),
    )
    .output(type<RowMarks>()),
  /** The entities around one, at most so many. */
  neighbourhood: oc
    .input(
      z.object({
        ...{ extractionId, entityId: z.int().positive() },
        ...{ depth: z.union([z.literal(1), z.literal(2)]), nodes: z.int().min(2).max(300) },
      }),
    )
    .output(type<Neighbourhood>()),
  /** Counts what one of two extractions of the same input has and the other lacks. */
  compare: oc.input(z.object({ extractionId, against: z.object({ extractionId }) })).output(type<ComparedResults>()),
  /** Puts the sentence of a triple into the corpus "From extraction", once, with the run's triples as suggestions. */
  correct: oc.input(z.object({ tripleId: z.int().positive() })).output(type<{ sentenceId: number; isNew: boolean }>()),
  /** Writes the rows that pass a filter to a file or folder of this machine. */
  export: oc
    .input(written.extend({ path: z.string().min(1), replace: z.boolean().default(false), taskId: z.string() }))
    .output(type<ResultFile>()),
  /** Writes the export into a temporary file, which the caller fetches with `corpora.readDownload`. */
  prepareDownload: oc.input(written.extend({ taskId: z.string() })).output(type<ResultFile & { downloadId: string }>()),
}
