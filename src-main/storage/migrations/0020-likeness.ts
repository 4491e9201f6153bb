/** Sentences keep hashes of their texts, by which those that stand twice are found. */
import { normalised, textHash } from '#main/text/likeness'
import type { Migration } from './migration.ts'

/** Number of sentences that are read at a time. */
const chunkLength = 1000

export const likeness: Migration = {
  name: '0020-likeness',
  sql: `
ALTER TABLE sentence ADD COLUMN exact_hash INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sentence ADD COLUMN loose_hash INTEGER NOT NULL DEFAULT 0; -- of the text without case, white space and punctuation
`,
  fill(database) {
    for (let from = 0; ;) {
      const rows = database.all<{ sentence_id: number; text: string }>(
        'SELECT sentence_id, text FROM sentence WHERE sentence_id > ? ORDER BY sentence_id LIMIT ?',
        ...[from, chunkLength],
      )
      for (const { sentence_id: sentenceId, text } of rows)
        database.run(
          'UPDATE sentence SET exact_hash = ?, loose_hash = ? WHERE sentence_id = ?',
          ...[textHash(text), textHash(normalised(text)), sentenceId],
        )
      const last = rows.at(-1)
      if (!last) break
      from = last.sentence_id
    }
    database.script('CREATE INDEX sentence_likeness ON sentence (corpus_id, loose_hash, exact_hash, split)')
  },
}
