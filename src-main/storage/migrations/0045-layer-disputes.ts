/** Sentences count where the versions of those who annotated them differ, so that a queue of them is read in the order of that number. */
import { countDisputes } from '#main/document/disputes'
import { emptyAnnotation } from '#main/document/annotation'
import { readAnnotations } from '../annotation-rows.ts'
import { readLayers } from '../layer-rows.ts'
import { byIds } from '../sentence-set.ts'
import type { Migration } from './migration.ts'

/** Number of sentences that are read at a time. */
const chunkLength = 1000

export const layerDisputes: Migration = {
  name: '0045-layer-disputes',
  sql: `
ALTER TABLE sentence ADD COLUMN layer_disputes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sentence_disputes ON sentence (corpus_id, layer_disputes DESC, split, position) WHERE layer_disputes > 0;
`,
  fill(database) {
    for (let from = 0; ;) {
      const ids = database.column<number>(
        'SELECT sentence_id FROM sentence WHERE layer_count > 0 AND sentence_id > ? ORDER BY sentence_id LIMIT ?',
        ...[from, chunkLength],
      )
      const set = byIds(ids)
      const annotations = readAnnotations(database, set)
      for (const [sentenceId, layers] of readLayers(database, set)) {
        const disputes = countDisputes(annotations.get(sentenceId) ?? emptyAnnotation, layers)
        database.run('UPDATE sentence SET layer_disputes = ? WHERE sentence_id = ?', disputes, sentenceId)
      }
      const last = ids.at(-1)
      if (last === undefined) break
      from = last
    }
  },
}
