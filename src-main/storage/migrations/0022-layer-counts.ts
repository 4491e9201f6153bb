/** Sentences count their layers, and where these differ from the annotation that is edited, so that lists find them by an index. */
import { compareLayer } from '#main/document/layer-differences'
import { readAnnotations } from '../annotation-rows.ts'
import { readLayers } from '../layer-rows.ts'
import { byIds } from '../sentence-set.ts'
import type { Migration } from './migration.ts'

/** Number of sentences that are read at a time. */
const chunkLength = 1000

export const layerCounts: Migration = {
  name: '0022-layer-counts',
  sql: `
ALTER TABLE sentence ADD COLUMN layer_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sentence ADD COLUMN layer_differences INTEGER NOT NULL DEFAULT 0; -- of all its layers together
UPDATE sentence SET layer_count = (SELECT count(*) FROM layer_annotation AS own WHERE own.sentence_id = sentence.sentence_id)
  WHERE sentence_id IN (SELECT sentence_id FROM layer_annotation);
CREATE INDEX sentence_layers ON sentence (corpus_id, split, position, layer_differences) WHERE layer_count > 0;
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
        const here = annotations.get(sentenceId)
        const differences = here
          ? layers.reduce((sum, { annotation }) => sum + compareLayer(here, annotation).differences.length, 0)
          : 0
        database.run('UPDATE sentence SET layer_differences = ? WHERE sentence_id = ?', differences, sentenceId)
      }
      const last = ids.at(-1)
      if (last === undefined) break
      from = last
    }
  },
}
