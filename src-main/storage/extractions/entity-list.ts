/** The list of entities, each with the variants of its name and its relations. */
import {
  mostRelations,
  mostVariants,
  type EntityFilter,
  type EntityRelation,
  type EntityRow,
  type NameVariant,
} from '#main/document/extracted-row'
import type { Database } from '../database.ts'
import { entityHits, few, toSet, type KeptHits } from './hits.ts'
import type { Walk } from './walk.ts'

/** Pairs of one entity that are looked at for its relations. */
const pairsLookedAt = 2000

/** Entities by the number of their mentions, the most first. */
export function entityList(
  database: Database,
  kept: KeptHits,
  extractionId: number,
  { search = '' }: EntityFilter,
): Walk {
  const common = { id: 'entity_id', key: 'mentions', isDescending: true, passes: null }
  const whole = { name: '', sql: 'extraction_id = ?', values: [extractionId] }
  const table = 'extracted_entity INDEXED BY extracted_entity_mentions'
  if (search.trim() === '') return { table, ...common, parts: [whole] }
  const hits = entityHits(database, kept, extractionId, search)
  if (hits.length > few) {
    const has = toSet(hits)
    return { table, ...common, parts: [whole], columns: ['entity_id'], test: ([id = 0]) => has(id) }
  }
  return {
    ...{ table: 'extracted_entity', ...common, passes: { sql: '1', values: [] } },
    parts: [
      {
        ...{ name: '', isShort: true, sql: 'entity_id IN (SELECT value FROM json_each(?))' },
        values: [JSON.stringify(Array.from(hits))],
      },
    ],
  }
}

export function readEntities(database: Database, entityIds: readonly number[]): EntityRow[] {
  return entityIds.flatMap((entityId): EntityRow[] => {
    const mentions = database.get<{ mentions: number }>(
      'SELECT mentions FROM extracted_entity WHERE entity_id = ?',
      entityId,
    )?.mentions
    if (mentions === undefined) return []
    const variants = database.all<NameVariant>(
      `SELECT text, type, mentions FROM extracted_name WHERE entity_id = ? ORDER BY mentions DESC, name_id LIMIT ?`,
      ...[entityId, mostVariants],
    )
    const count = database.get<{ names: number }>(
      'SELECT count(*) AS names FROM extracted_name WHERE entity_id = ?',
      entityId,
    )
    return [
      {
        ...{ entityId, name: variants[0]?.text ?? '', mentions, variants },
        variantCount: count?.names ?? variants.length,
        relations: relationsOf(database, entityId),
      },
    ]
  })
}

function relationsOf(database: Database, entityId: number): EntityRelation[] {
  const side = (column: string, flag: 0 | 1): string =>
    `SELECT relation, ${flag} AS is_subject FROM
       (SELECT relation FROM extracted_pair WHERE ${column} = ? ORDER BY sentences DESC LIMIT ${pairsLookedAt})`
  return database
    .all<{ relation: string; is_subject: number; pairs: number }>(
      `SELECT relation, is_subject, count(*) AS pairs
       FROM (${side('subject_id', 1)} UNION ALL ${side('object_id', 0)})
       GROUP BY relation, is_subject ORDER BY pairs DESC, relation, is_subject DESC LIMIT ?`,
      ...[entityId, entityId, mostRelations],
    )
    .map(({ relation, is_subject, pairs }) => ({ relation, isSubject: is_subject === 1, pairs }))
}
