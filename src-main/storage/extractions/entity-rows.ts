/** Rows of entities and their names. Mentions are counted in memory and written by `flush`, with their entity where that is new. */
import type { ExtractedSpan } from '#main/document/extracted-document'
import { dividedText } from '#main/text/divided'
import { nameKey } from '#main/text/name-key'
import type { Database } from '../database.ts'
import { createKnownKeys } from './known-keys.ts'
import { createManyRows } from './many-rows.ts'

export interface EntityRows {
  /** Counts a mention of an entity. */
  mention(span: ExtractedSpan): Mention
  /** Writes what was counted; answers with the number of entities that are new. */
  flush(): number
}

/** The entity that a name is a variant of. */
export interface Mention {
  readonly entityId: number
  /** The key that its variants share. */
  readonly key: string
}

interface Mentions {
  /** Null for an entity that has a row already. */
  readonly newKey: string | null
  count: number
}

interface Name {
  readonly entityId: number
  readonly span: ExtractedSpan
  count: number
}

export function createEntityRows(database: Database, extractionId: number): EntityRows {
  const known = createKnownKeys<number>()
  const mentioned = createKnownKeys<Mention>()
  const mentions = new Map<number, Mentions>()
  const names = new Map<string, Name>()
  const entities = createManyRows(database, 'extracted_entity', 'entity_id, extraction_id, name_key, mentions')
  const texts = createManyRows(database, 'extracted_entity_text', 'rowid, text')
  const named = createManyRows(
    ...([database, 'extracted_name', 'entity_id, text, type, mentions'] as const),
    'ON CONFLICT (entity_id, text, type) DO UPDATE SET mentions = mentions + excluded.mentions',
  )
  const last = database.get<{ id: number | null }>('SELECT max(entity_id) AS id FROM extracted_entity')
  let lastId = last?.id ?? 0

  function entityOf(key: string): number {
    return known.of(key, () => {
      const found = database.get<{ id: number }>(
        'SELECT entity_id AS id FROM extracted_entity WHERE extraction_id = ? AND name_key = ?',
        ...[extractionId, key],
      )
      if (found) return found.id
      mentions.set(++lastId, { newKey: key, count: 0 })
      return lastId
    })
  }

  return {
    mention(span) {
      const mention = mentioned.of(span.text, () => {
        const key = nameKey(span.text)
        return { entityId: entityOf(key), key }
      })
      const { entityId } = mention
      const counted = mentions.get(entityId) ?? { newKey: null, count: 0 }
      mentions.set(entityId, counted)
      counted.count++
      const key = `${entityId}\n${span.type}\n${span.text}`
      const name = names.get(key) ?? { entityId, span, count: 0 }
      names.set(key, name)
      name.count++
      return mention
    },
    flush() {
      let added = 0
      for (const [entityId, { newKey, count }] of mentions) {
        if (newKey === null)
          database.run('UPDATE extracted_entity SET mentions = mentions + ? WHERE entity_id = ?', count, entityId)
        else {
          entities.add(entityId, extractionId, newKey, count)
          texts.add(entityId, dividedText(newKey) ?? newKey)
          added++
        }
      }
      for (const { entityId, span, count } of names.values()) named.add(entityId, span.text, span.type, count)
      for (const rows of [entities, texts, named]) rows.flush()
      for (const counted of [mentions, names]) counted.clear()
      return added
    },
  }
}
