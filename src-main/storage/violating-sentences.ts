/**
 * Violating sentences: those whose annotation the label set, or the one layer of tags, cannot hold, are flagged in their rows. Every
 * operation keeps the flag of its sentence; after a change of the label set, or an import, all sentences are checked again.
 */
import { splits, type Split } from '#main/document/doc'
import type { Relation } from '#main/document/relation'
import type { Span } from '#main/document/span'
import { violationsOf } from '#main/labels/check-annotation'
import type { LabelSet } from '#main/labels/label-set'
import { textHash } from '#main/text/likeness'
import type { Database } from './database.ts'
import { readGoldRelations, readGoldSpans, wholeSpans } from './gold-rows.ts'
import { countSentences } from './sentence-counts.ts'
import { byIds, pagesOf, type SentenceSet } from './sentence-set.ts'
import { splitAt } from './words.ts'

export interface ViolatingSentences {
  readonly total: number
  /** The sentences of the page, in the order of the corpus. */
  readonly places: readonly { readonly sentenceId: number; readonly split: Split; readonly position: number }[]
  /** True when all sentences were checked against the label set as it is. */
  readonly isComplete: boolean
}

/** CheckedSentences: the result of a check. */
export interface CheckedSentences {
  /** The label set and the number of sentences that were checked. */
  readonly stamp: string
  /** Ids of the sentences whose flag is not as it should be. */
  readonly wrong: Int32Array
}

export function isViolating(labels: LabelSet, spans: readonly Span[], relations: readonly Relation[]): boolean {
  return violationsOf(labels, { spans, relations }, []).length > 0 // words are needed for the message alone
}

export function readViolating(database: Database, corpusId: number, offset: number, limit: number): ViolatingSentences {
  const where = 'corpus_id = ? AND is_violating = 1'
  const rows = database.all<{ sentence_id: number; split: number; position: number }>(
    `SELECT sentence_id, split, position FROM sentence WHERE ${where} ORDER BY split, position LIMIT ? OFFSET ?`,
    ...[corpusId, limit, offset],
  )
  const checked = database.get<{ checked_as: string | null }>(
    'SELECT checked_as FROM corpus WHERE corpus_id = ?',
    corpusId,
  )
  return {
    total:
      database.get<{ total: number }>(`SELECT count(*) AS total FROM sentence WHERE ${where}`, corpusId)?.total ?? 0,
    places: rows.map(({ sentence_id: sentenceId, split, position }) => ({
      ...{ sentenceId, split: splitAt(split), position },
    })),
    isComplete: checked?.checked_as === stampOf(database, corpusId),
  }
}

/** Checks all sentences of a corpus, some at each step. */
export function* checkSentences(database: Database, corpusId: number): Generator<void, CheckedSentences> {
  const stamp = stampOf(database, corpusId)
  const labels = readLabels(database, corpusId)
  const wrong: number[] = []
  for (const split of splits)
    for (const set of pagesOf(database, corpusId, split)) {
      for (const sentenceId of wrongIn(database, labels, set)) wrong.push(sentenceId)
      yield
    }
  return { stamp, wrong: Int32Array.from(wrong) }
}

/** Number of flags that one step corrects. */
const chunk = 100

/** Writes what a check found, some sentences at each step; one that was changed since is looked at again. */
export function* writeChecked(
  database: Database,
  corpusId: number,
  { stamp, wrong }: CheckedSentences,
): Generator<void, void> {
  const labels = readLabels(database, corpusId)
  for (let at = 0; at < wrong.length; at += chunk) {
    for (const sentenceId of wrongIn(database, labels, byIds([...wrong.subarray(at, at + chunk)])))
      database.run('UPDATE sentence SET is_violating = 1 - is_violating WHERE sentence_id = ?', sentenceId)
    yield
  }
  database.run('UPDATE corpus SET checked_as = ? WHERE corpus_id = ?', stamp, corpusId)
}

/** Ids of the sentences whose flag is not as it should be. */
function wrongIn(database: Database, labels: LabelSet, set: SentenceSet): number[] {
  const spans = readGoldSpans(database, set)
  const relations = readGoldRelations(database, set)
  const flags = database.all<{ sentence_id: number; is_violating: number }>(
    `SELECT sentence_id, is_violating FROM sentence WHERE sentence_id ${set.sql}`,
    ...set.values,
  )
  return flags.flatMap(({ sentence_id: id, is_violating: flag }) => {
    const own = spans.get(id)
    const shouldBe = isViolating(labels, own ? wholeSpans(own) : [], relations.get(id) ?? [])
    return shouldBe === (flag === 1) ? [] : [id]
  })
}

/** Lets a check of all sentences hold after an act that may change their number, and keeps their flags itself. */
export function keepChecked(database: Database, corpusId: number, act: () => void): void {
  const before = stampOf(database, corpusId)
  act()
  database.run(
    'UPDATE corpus SET checked_as = ? WHERE corpus_id = ? AND checked_as = ?',
    ...[stampOf(database, corpusId), corpusId, before],
  )
}

/** A text that is another one when types or signatures change, or sentences come or go. */
function stampOf(database: Database, corpusId: number): string {
  const { entityTypes, relationTypes, signatures } = readLabels(database, corpusId)
  const names = [entityTypes, relationTypes].map((types) => types.map(({ name }) => name))
  const symmetric = relationTypes.flatMap((type) => (type.symmetric ? [type.name] : []))
  return `${textHash(JSON.stringify([names, signatures, ...symmetric]))} ${countSentences(database, corpusId, {}) ?? 0}`
}

function readLabels(database: Database, corpusId: number): LabelSet {
  const labels = database.get<{ labels: string }>('SELECT labels FROM corpus WHERE corpus_id = ?', corpusId)?.labels
  return JSON.parse(labels ?? '{}') as LabelSet // written from a LabelSet
}
