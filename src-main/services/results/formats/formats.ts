/** Every format that results are written in. */
import type { ResultFormat as FormatName } from '#main/api/results'
import { cypher, graphml, neo4j } from './graphs.ts'
import { jsonLines } from './json-lines.ts'
import { nTriples, turtle } from './rdf.ts'
import type { ResultFormat } from './result-writer.ts'
import { csv, tsv } from './tables.ts'

export const resultWriters: Readonly<Record<FormatName, ResultFormat>> = {
  ...{ csv, tsv, jsonl: jsonLines, ntriples: nTriples, turtle, graphml, neo4j, cypher },
}
