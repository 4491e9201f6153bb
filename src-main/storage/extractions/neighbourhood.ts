/** The entities around one: those of its best supported pairs first, until there are as many as were asked for. */
import type { GraphEdge, GraphNode, Neighbourhood } from '#main/document/extracted-row'
import type { Database } from '../database.ts'
import { nameOf, readNamed } from './names.ts'

interface Found {
  readonly pair_id: number
  readonly subject_id: number
  readonly relation: string
  readonly object_id: number
  readonly sentences: number
  readonly best: number
}

/** Pairs of an entity of the second ring that are looked at: one that everything relates to would take all places. */
const pairsInSecondRing = 24

/** Edges that are drawn between the entities that were found. */
const mostEdges = 400

/** Null where there is no such entity. @param nodes most entities, the centre among them. */
export function readNeighbourhood(
  database: Database,
  centreId: number,
  depth: 1 | 2,
  nodes: number,
): Neighbourhood | null {
  const distances = new Map([[centreId, 0]])
  let [leftOut, isMore] = [0, false]
  let ring = [centreId]
  for (let distance = 1; distance <= depth; distance++) {
    const next: number[] = []
    for (const entityId of ring) {
      const limit = distance === 1 ? nodes * 4 : pairsInSecondRing
      const found = pairsOf(database, entityId, limit)
      for (const { subject_id, object_id } of found) {
        const other = subject_id === entityId ? object_id : subject_id
        if (distances.has(other)) continue
        if (distances.size >= nodes) {
          leftOut++
          continue
        }
        distances.set(other, distance)
        next.push(other)
      }
      const beyond = Math.max(0, countPairs(database, entityId) - found.length)
      leftOut += beyond
      isMore ||= distance > 1 && beyond > 0
    }
    ring = next
  }
  const named = readNamed(database, distances.keys())
  if (!named.has(centreId)) return null
  return {
    centre: nameOf(named, centreId),
    nodes: [...distances].flatMap(([entityId, distance]): GraphNode[] => {
      const node = named.get(entityId)
      return node ? [{ ...node, distance }] : []
    }),
    edges: edgesAmong(database, [...distances.keys()]),
    ...{ leftOut, isMore },
  }
}

const columns = 'pair_id, subject_id, relation, object_id, sentences, best'

function pairsOf(database: Database, entityId: number, limit: number): Found[] {
  const side = (column: string): Found[] =>
    database.all<Found>(
      `SELECT ${columns} FROM extracted_pair WHERE ${column} = ? ORDER BY sentences DESC, pair_id LIMIT ?`,
      ...[entityId, limit],
    )
  return [...side('subject_id'), ...side('object_id').filter(({ subject_id }) => subject_id !== entityId)]
    .sort((a, b) => b.sentences - a.sentences || b.best - a.best)
    .slice(0, limit)
}

function countPairs(database: Database, entityId: number): number {
  return (
    database.get<{ pairs: number }>(
      `SELECT (SELECT count(*) FROM extracted_pair WHERE subject_id = ?) +
         (SELECT count(*) FROM extracted_pair WHERE object_id = ? AND subject_id <> object_id) AS pairs`,
      ...[entityId, entityId],
    )?.pairs ?? 0
  )
}

function edgesAmong(database: Database, entityIds: readonly number[]): GraphEdge[] {
  const ids = JSON.stringify(entityIds)
  return database
    .all<Found>(
      `SELECT ${columns} FROM extracted_pair
       WHERE subject_id IN (SELECT value FROM json_each(?)) AND object_id IN (SELECT value FROM json_each(?))
       ORDER BY sentences DESC, best DESC, pair_id LIMIT ?`,
      ...[ids, ids, mostEdges],
    )
    .map(({ pair_id, subject_id, relation, object_id, sentences, best }) => ({
      ...{ pairId: pair_id, subjectId: subject_id, relation, objectId: object_id },
      ...{ sentences, bestProbability: best },
    }))
}
