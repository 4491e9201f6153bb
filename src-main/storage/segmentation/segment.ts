/**
 * Segmenting: what an operation on words or sentences does beside changing the annotation. Its sentence, the one behind the border, and
 * their document are rewritten; whatever is said of them by others is carried along or set aside.
 */
import { ChangeConflict, type LoggedChange } from '#main/document/operation'
import { unnumbered, type NextSentence } from '#main/document/segmentation'
import { createOffsetTable } from '#main/text/code-points'
import { normalised, textHash } from '#main/text/likeness'
import type { Database } from '../database.ts'
import { insertSentence, unmarked } from '../doc-rows.ts'
import { packTokens, splitAt, wordsOf } from '../words.ts'
import { bringBack, setAside } from './aside-corpus.ts'
import { docText, rewriteDocWords } from './doc-words.ts'
import { movePlaces } from './place.ts'
import type { SegmentationPlan, SentenceBorder } from './plan.ts'
import type { Cut } from './recut.ts'
import { recutLayers } from './recut-layers.ts'
import { recutSystems } from './recut-systems.ts'
import { bringPredictions, leavePredictions } from './set-aside-predictions.ts'

interface SentencePlace {
  readonly doc_id: number
  readonly corpus_id: number
  readonly split: number
  readonly position: number
  readonly first_token: number
  readonly text: string
  readonly tokens: string
}

export interface SegmentingAct {
  readonly sentenceId: number
  readonly plan: SegmentationPlan
  /** The first-hand act, which is this one or the one that it takes back or does again. */
  readonly operationId: number
  readonly isUndo: boolean
}

/** The changes with a number for a sentence that has none yet. */
export function numberNext(database: Database, changes: readonly LoggedChange[]): readonly LoggedChange[] {
  return changes.map((change) => {
    if (change.kind !== 'sentence' || change.after?.sentenceId !== unnumbered) return change
    const last = database.get<{ last: number }>('SELECT max(sentence_id) AS last FROM sentence')?.last ?? 0
    return { ...change, after: { ...change.after, sentenceId: last + 1 } }
  })
}

/** Rewrites words, sentences and document, and sets predictions aside. The annotation of the sentence itself is not written here. */
export function segment(database: Database, act: SegmentingAct): void {
  const { sentenceId, plan } = act
  const own = placeOf(database, sentenceId)
  const next = plan.border?.next.sentenceId
  leavePredictions(database, act, next === undefined ? [sentenceId] : [sentenceId, next])
  if (plan.border) moveBorder(database, sentenceId, own, plan.border, plan)
  else rewriteDocWords(database, own.doc_id, own.first_token, plan.before, plan.after)
  const text = docText(database, own.doc_id, own.first_token, plan.after.length)
  database.run('UPDATE sentence SET tokens = ? WHERE sentence_id = ?', packTokens(plan.after), sentenceId)
  if (text !== own.text) rewriteText(database, sentenceId, own.text, text)
  bringPredictions(database, act)
  database.run('UPDATE corpus SET segmentations = segmentations + 1 WHERE corpus_id = ?', own.corpus_id)
}

/** Carries along what layers and systems say. @param former text of the sentence before the act. */
export function carryOthers(database: Database, act: SegmentingAct, former: string): void {
  const { sentenceId, plan } = act
  const ids = [sentenceId, plan.border?.next.sentenceId ?? null] as const
  const cut = cutOf(plan, former)
  recutSystems(database, { ...act, cut }, ids)
  recutLayers(database, { ...act, cut }, ids)
}

function cutOf({ before, after, border }: SegmentationPlan, text: string): Cut {
  if (border) return { kind: border.isSplit ? 'split' : 'join', border }
  const placed = (tokens: typeof before) => ({ words: wordsOf(text, tokens), tokens })
  return { kind: 'words', from: placed(before), to: placed(after) }
}

function moveBorder(
  database: Database,
  sentenceId: number,
  own: SentencePlace,
  border: SentenceBorder,
  { before, after }: SegmentationPlan,
): void {
  const place = { corpusId: own.corpus_id, split: own.split }
  const { sentenceId: nextId } = border.next
  if (border.isSplit) {
    const firstToken = own.first_token + after.length
    if (bringBack(database, nextId, { docId: own.doc_id, firstToken })) shareCounts(database, sentenceId, nextId, -1)
    else createNext(database, own, border.next, { firstToken, tokens: before.slice(after.length) })
    movePlaces(database, place, { sentenceId: nextId, position: own.position, isComing: true })
  } else {
    shareCounts(database, sentenceId, nextId, 1)
    setAside(database, own.corpus_id, nextId)
    movePlaces(database, place, { sentenceId: nextId, position: own.position + 1, isComing: false })
  }
}

function createNext(
  database: Database,
  own: SentencePlace,
  { sentenceId, annotation }: NextSentence,
  { firstToken, tokens: placed }: { readonly firstToken: number; readonly tokens: SegmentationPlan['before'] },
): void {
  const start = placed[0]?.start ?? 0
  const table = createOffsetTable(own.text)
  const tokens = placed.map((token) => ({ ...token, start: token.start - start, end: token.end - start }))
  insertSentence(
    database,
    {
      ...{ sentenceId, docId: own.doc_id, corpusId: own.corpus_id, split: splitAt(own.split), position: -sentenceId },
      ...{ firstToken, tokens: packTokens(tokens), text: table.slice(start, placed.at(-1)?.end ?? start) },
      words: placed.map((token) => table.slice(token.start, token.end)),
    },
    { ...unmarked, ...annotation },
  )
}

/** Adds to a sentence, or takes from it, the triples without a place and the counts that a file gave the next one. */
function shareCounts(database: Database, sentenceId: number, nextId: number, sign: 1 | -1): void {
  database.run(
    `UPDATE sentence SET
       ambiguous_anchors = ambiguous_anchors + ? * (SELECT ambiguous_anchors FROM sentence WHERE sentence_id = ?),
       repeated_triples = repeated_triples + ? * (SELECT repeated_triples FROM sentence WHERE sentence_id = ?)
     WHERE sentence_id = ?`,
    ...[sign, nextId, sign, nextId, sentenceId],
  )
  const first = database.get<{ first: number }>(
    'SELECT coalesce(max(position), -1) + 1 AS first FROM unanchored WHERE sentence_id = ?',
    sentenceId,
  )?.first
  const own = database.get<{ count: number }>(
    'SELECT count(*) AS count FROM unanchored WHERE sentence_id = ?',
    nextId,
  )?.count
  if (sign === 1)
    database.run(
      `INSERT INTO unanchored (sentence_id, position, subject, type, object)
       SELECT ?, ? + position, subject, type, object FROM unanchored WHERE sentence_id = ?`,
      ...[sentenceId, first ?? 0, nextId],
    )
  else
    database.run(
      'DELETE FROM unanchored WHERE sentence_id = ? AND position >= ?',
      ...[sentenceId, (first ?? 0) - (own ?? 0)],
    )
}

function rewriteText(database: Database, sentenceId: number, former: string, text: string): void {
  database.run(`INSERT INTO sentence_text (sentence_text, rowid, text) VALUES ('delete', ?, ?)`, sentenceId, former)
  database.run(
    'UPDATE sentence SET text = ?, exact_hash = ?, loose_hash = ? WHERE sentence_id = ?',
    ...[text, textHash(text), textHash(normalised(text)), sentenceId],
  )
  database.run('INSERT INTO sentence_text (rowid, text) VALUES (?, ?)', sentenceId, text)
  database.run('DELETE FROM sentence_letters WHERE rowid = ?', sentenceId)
  database.run(
    `INSERT INTO sentence_letters (rowid, text) SELECT ?, letters FROM (SELECT divided(?) AS letters) WHERE letters IS NOT NULL`,
    ...[sentenceId, text],
  )
}

function placeOf(database: Database, sentenceId: number): SentencePlace {
  const row = database.get<SentencePlace>(
    'SELECT doc_id, corpus_id, split, position, first_token, text, tokens FROM sentence WHERE sentence_id = ?',
    sentenceId,
  )
  if (!row) throw new ChangeConflict('it is not there any more')
  return row
}
