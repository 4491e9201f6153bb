/** Names of entities: the variant that is most frequent stands for all of them. */
import type { GraphNode, NamedEntity } from '#main/document/extracted-row'
import type { Database } from '../database.ts'

type Node = Omit<GraphNode, 'distance'>

/** The entities by their ids, each with the type that it has most often. */
export function readNamed(database: Database, entityIds: Iterable<number>): Map<number, Node> {
  const named = new Map<number, Node>()
  for (const entityId of new Set(entityIds)) {
    const found = database.get<Omit<Node, 'entityId'>>(
      `SELECT text AS name, type, (SELECT mentions FROM extracted_entity AS e WHERE e.entity_id = n.entity_id) AS mentions
       FROM extracted_name AS n WHERE entity_id = ? ORDER BY n.mentions DESC, name_id LIMIT 1`,
      entityId,
    )
    if (found) named.set(entityId, { entityId, ...found })
  }
  return named
}

export function nameOf(named: ReadonlyMap<number, Node>, entityId: number): NamedEntity {
  return { entityId, name: named.get(entityId)?.name ?? '' }
}
