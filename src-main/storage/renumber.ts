/** Renumbers a split after sentences left or joined it: positions count from 1, in the order of the import. */
import type { Database } from './database.ts'

/** Number of docs that are read at once. */
const docsAtOnce = 50

interface Numbered {
  readonly sentence_id: number
  readonly position: number
}

/** Puts a sentence aside: positions of a split are unique, and such a position is of no other sentence. */
export const asidePosition = 'position = -sentence_id'

/**
 * Renumbers a split, some sentences at each step. Each sentence goes straight to its position: those that go up last one first, then those
 * that go down first one first, so that none meets another; whatever stands out of order is put aside before.
 */
export function* renumber(database: Database, corpusId: number, split: number): Generator<void, void> {
  const [up, down, aside]: [Numbered[], Numbered[], Numbered[]] = [[], [], []]
  let [position, highest] = [0, 0]
  for (const rows of inOrder(database, corpusId, split)) {
    for (const row of rows) {
      const wanted = { ...row, position: ++position }
      const isInOrder = row.position > highest
      if (!isInOrder && row.position > 0)
        database.run(`UPDATE sentence SET ${asidePosition} WHERE sentence_id = ?`, row.sentence_id)
      if (isInOrder) highest = row.position
      if (!isInOrder) aside.push(wanted)
      else if (row.position < position) up.push(wanted)
      else if (row.position > position) down.push(wanted)
    }
    yield
  }
  for (const list of [up.reverse(), down, aside])
    for (const row of list) {
      database.run('UPDATE sentence SET position = ? WHERE sentence_id = ?', row.position, row.sentence_id)
      yield
    }
}

/** The sentences of a split by document and place in it, some at a time. */
function* inOrder(database: Database, corpusId: number, split: number): Generator<Numbered[], void> {
  for (let last = 0; ;) {
    const docs = database.all<{ doc_id: number }>(
      'SELECT doc_id FROM doc WHERE corpus_id = ? AND split = ? AND doc_id > ? ORDER BY doc_id LIMIT ?',
      ...[corpusId, split, last, docsAtOnce],
    )
    const end = docs.at(-1)
    if (!end) return
    last = end.doc_id
    yield database.all<Numbered>(
      `SELECT sentence_id, position FROM sentence WHERE doc_id IN (SELECT value FROM json_each(?))
       ORDER BY doc_id, first_token, sentence_id`,
      JSON.stringify(docs.map(({ doc_id }) => doc_id)),
    )
  }
}
