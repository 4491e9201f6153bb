/** Places of sentences when one comes or goes: those behind it in its split move by one. */
import { AppError } from '#main/core/errors'
import type { Database } from '../database.ts'
import { renumber } from '../renumber.ts'
import { refuseMoving } from '../split-acts.ts'

interface SplitPlace {
  readonly corpusId: number
  /** Index of the split. */
  readonly split: number
}

/** Number of sentences that move in the transaction of the act itself. More of them move afterwards, in slices. */
const movedAtOnce = 500

/** Makes room behind a position for a sentence that stands aside, or closes the gap at a position. */
export function movePlaces(
  database: Database,
  { corpusId, split }: SplitPlace,
  change: { readonly sentenceId: number; readonly position: number; readonly isComing: boolean },
): void {
  const { sentenceId, position, isComing } = change
  const place = [corpusId, split, position]
  const behind = 'corpus_id = ? AND split = ? AND position > ?'
  const { rows } = database.get<{ rows: number }>(
    `SELECT count(*) AS rows FROM (SELECT 1 FROM sentence WHERE ${behind} LIMIT ?)`,
    ...[...place, movedAtOnce + 1],
  ) ?? { rows: 0 }
  if (rows > movedAtOnce) {
    database.run('UPDATE corpus SET renumbering = ? WHERE corpus_id = ?', split, corpusId)
    return
  }
  // positions are unique, so that all of them go aside before the first comes to its new place
  const ids = database.column<number>(`SELECT sentence_id FROM sentence WHERE ${behind} ORDER BY position`, ...place)
  for (const id of ids) database.run('UPDATE sentence SET position = -sentence_id WHERE sentence_id = ?', id)
  const [first, moving] = isComing ? [position + 1, [sentenceId, ...ids]] : [position, ids]
  moving.forEach((id, at) => database.run('UPDATE sentence SET position = ? WHERE sentence_id = ?', first + at, id))
}

/** Numbers what is left, some sentences at each step. */
export function* renumberSteps(database: Database, corpusId: number): Generator<void, void> {
  const split = renumberedSplit(database, corpusId)
  if (split === null) return
  yield* renumber(database, corpusId, split)
  // lists of ids that were found meanwhile lack what was on its way
  database.run('UPDATE sentence_count SET changes = changes + 1 WHERE corpus_id = ?', corpusId)
  database.run('UPDATE corpus SET renumbering = NULL WHERE corpus_id = ?', corpusId)
}

/** Brings to its end what a kill interrupted. */
export function finishRenumbering(database: Database): void {
  for (const corpusId of database.column<number>('SELECT corpus_id FROM corpus WHERE renumbering IS NOT NULL'))
    database.transaction(() => [...renumberSteps(database, corpusId)])
}

/** @throws AppError 'conflict' while sentences of the corpus are on their way. */
export function refuseOnTheWay(database: Database, corpusId: number): void {
  refuseMoving(database, corpusId)
  if (renumberedSplit(database, corpusId) !== null)
    throw new AppError(
      'conflict',
      'Sentences of this corpus are being numbered again after one was split or joined. Try again when that is done.',
    )
}

function renumberedSplit(database: Database, corpusId: number): number | null {
  return (
    database.get<{ renumbering: number | null }>('SELECT renumbering FROM corpus WHERE corpus_id = ?', corpusId)
      ?.renumbering ?? null
  )
}
