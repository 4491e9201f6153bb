/** The sentence that follows another one in its document. */
import type { Annotation } from '#main/document/annotation'
import type { FollowingSentence } from '#main/document/edit-sentences'
import { ChangeConflict, isEqual } from '#main/document/operation'
import type { Database } from '../database.ts'
import { unpackTokens, wordsOf } from '../words.ts'
import { docOffset } from './doc-words.ts'
import type { SegmentationPlan } from './plan.ts'

interface NextRow {
  readonly sentence_id: number
  readonly doc_id: number
  readonly text: string
  readonly tokens: string
  readonly first_token: number
  readonly own_first_token: number
}

/** Null behind the last sentence of a document. */
export function readFollowing(
  database: Database,
  sentenceId: number,
  annotationOf: (sentenceId: number) => Annotation,
): FollowingSentence | null {
  const row = nextRow(database, sentenceId)
  if (!row) return null
  const tokens = unpackTokens(row.tokens)
  return {
    ...{ sentenceId: row.sentence_id, annotation: annotationOf(row.sentence_id), tokens },
    words: wordsOf(row.text, tokens),
    offset: docOffset(database, row.doc_id, row.own_first_token, row.first_token),
  }
}

/** @throws ChangeConflict when words or the next sentence are not what an act starts from. */
export function refuseChanged(
  database: Database,
  sentenceId: number,
  { before, border }: SegmentationPlan,
  annotationOf: (sentenceId: number) => Annotation,
): void {
  const own = database.get<{ tokens: string }>('SELECT tokens FROM sentence WHERE sentence_id = ?', sentenceId)
  if (!own || !isEqual(unpackTokens(own.tokens), before)) throw new ChangeConflict('its words are others by now')
  if (!border || border.isSplit) return
  const next = nextRow(database, sentenceId)?.sentence_id
  if (next !== border.next.sentenceId || !isSameAnnotation(annotationOf(next), border.next.annotation))
    throw new ChangeConflict('the sentence behind it has changed meanwhile')
}

function nextRow(database: Database, sentenceId: number): NextRow | undefined {
  return database.get<NextRow>(
    `SELECT next.sentence_id, next.doc_id, next.text, next.tokens, next.first_token, own.first_token AS own_first_token
     FROM sentence AS own JOIN sentence AS next ON next.doc_id = own.doc_id AND next.position = own.position + 1
     WHERE own.sentence_id = ?`,
    sentenceId,
  )
}

/** Equal but for the order of items: what is taken back comes last. */
function isSameAnnotation(one: Annotation, other: Annotation): boolean {
  const sorted = <Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] =>
    items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const bySet = ({ spans, relations, rejections, review }: Annotation) => ({
    ...{ spans: sorted(spans), relations: sorted(relations), rejections: sorted(rejections), review },
  })
  return isEqual(bySet(one), bySet(other))
}
