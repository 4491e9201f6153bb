/** LayerRepository: who annotated which sentences of a corpus, and what each says. */
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation, type Annotation } from '#main/document/annotation'
import { isOwnLayer, type CountedLayer, type Layer, type LayerKind } from '#main/document/layer'
import type { AnnotatedItems } from '#main/document/layer-differences'
import { splits } from '#main/document/doc'
import type { ComparedSentence, LayerView } from '#main/evaluation/agreement/agreement'
import { readAnnotations } from './annotation-rows.ts'
import { refuseUnderWay } from './batch-acts.ts'
import type { Database } from './database.ts'
import { dropLayer, putLayer, readLayers } from './layer-rows.ts'
import { conditionOf, type QueueFilter } from './sentence-filter.ts'
import { byIds } from './sentence-set.ts'
import { splitIndex, unpackTokens } from './words.ts'

export interface LayerRepository {
  /** The layers of a corpus beside its own annotation, in the order of their kinds and names. */
  list(corpusId: number): CountedLayer[]
  /** Ids of a page of the sentences that pass the filter, those of which annotators differ most first. */
  disputedIds(corpusId: number, filter: QueueFilter, offset: number, limit: number): number[]
  /** Number of sentences that have any of these layers. */
  countSentences(corpusId: number): number
  /** The sentences that have layers, with what each of these layers says of them, some at each step. */
  comparedPages(corpusId: number, layers: readonly Layer[]): Generator<ComparedSentence[], void>
  /** What a layer says, by sentence id; sentences that it does not speak of are absent. */
  of(layer: Layer, sentenceIds: readonly number[]): Map<number, SentenceAnnotation>
  /** Ids of the sentences of a corpus that a layer speaks of, from one on, in ascending order. */
  sentenceIds(corpusId: number, layer: Layer, from: number, limit: number): number[]
  /**
   * Writes what a layer says of sentences of a corpus, all or nothing, in place of what it said of them.
   * @throws AppError 'conflict' while an act on many sentences of the corpus is under way.
   */
  put(corpusId: number, layer: Layer, said: ReadonlyMap<number, SentenceAnnotation>): void
  /** Takes the layer from sentences of a corpus. @throws AppError 'conflict' as `put` does. */
  drop(corpusId: number, layer: Layer, sentenceIds: readonly number[]): void
}

/** Number of sentences that are read together. */
const pageLength = 200

interface SentenceRow {
  readonly sentence_id: number
  readonly position: number
  readonly text: string
  readonly tokens: string
}

export function createLayerRepository(database: Database): LayerRepository {
  const change = (
    corpusId: number,
    sentenceIds: readonly number[],
    one: (sentenceId: number, annotation: Annotation) => void,
  ): void =>
    database.transaction(() => {
      refuseUnderWay(database, corpusId)
      const annotations = readAnnotations(database, byIds(sentenceIds))
      for (const sentenceId of sentenceIds) one(sentenceId, annotations.get(sentenceId) ?? emptyAnnotation)
    })
  return {
    list: (corpusId) =>
      database.all<{ kind: LayerKind; name: string; sentences: number }>(
        `SELECT kind, name, count(*) AS sentences FROM sentence CROSS JOIN layer_annotation USING (sentence_id) JOIN layer USING (layer_id)
         WHERE corpus_id = ? AND layer_count > 0 GROUP BY layer_id ORDER BY kind, name`,
        corpusId,
      ),
    disputedIds(corpusId, filter, offset, limit) {
      const { sql, values } = conditionOf(corpusId, { ...filter, layers: 'disputed' })
      return database.column<number>(
        `SELECT sentence_id FROM sentence WHERE ${sql} ORDER BY layer_disputes DESC, split, position LIMIT ? OFFSET ?`,
        ...[...values, limit, offset],
      )
    },
    countSentences: (corpusId) =>
      database.get<{ total: number }>(
        'SELECT count(*) AS total FROM sentence WHERE corpus_id = ? AND layer_count > 0',
        corpusId,
      )?.total ?? 0,
    of: ({ kind, name }, sentenceIds) =>
      new Map(
        [...readLayers(database, byIds(sentenceIds))].flatMap(([sentenceId, layers]) => {
          const own = layers.find((layer) => layer.kind === kind && layer.name === name)
          return own ? [[sentenceId, own.annotation] as const] : []
        }),
      ),
    sentenceIds: (corpusId, { kind, name }, from, limit) =>
      database.column<number>(
        `SELECT sentence_id FROM layer_annotation JOIN sentence USING (sentence_id)
         WHERE layer_id = (SELECT layer_id FROM layer WHERE kind = ? AND name = ?) AND corpus_id = ? AND sentence_id >= ?
         ORDER BY sentence_id LIMIT ?`,
        ...[kind, name, corpusId, from, limit],
      ),
    put: (corpusId, layer, said) =>
      change(corpusId, [...said.keys()], (sentenceId, annotation) => {
        const own = said.get(sentenceId)
        if (own) putLayer(database, sentenceId, layer, own, annotation)
      }),
    drop: (corpusId, layer, sentenceIds) =>
      change(corpusId, sentenceIds, (sentenceId, annotation) => dropLayer(database, sentenceId, layer, annotation)),
    *comparedPages(corpusId, layers) {
      for (const split of splits)
        for (let last = 0; ;) {
          const rows = database.all<SentenceRow>(
            `SELECT sentence_id, position, text, tokens FROM sentence
             WHERE corpus_id = ? AND split = ? AND layer_count > 0 AND position > ? ORDER BY position LIMIT ?`,
            ...[corpusId, splitIndex(split), last, pageLength],
          )
          const end = rows.at(-1)
          if (!end) break
          last = end.position
          yield comparedOf(database, rows, layers)
        }
    },
  }
}

function comparedOf(database: Database, rows: readonly SentenceRow[], layers: readonly Layer[]): ComparedSentence[] {
  const set = byIds(rows.map(({ sentence_id }) => sentence_id))
  const said = readLayers(database, set)
  const own = layers.some(isOwnLayer) ? readOwnViews(database, set) : new Map<number, LayerView>()
  return rows.map(({ sentence_id: sentenceId, text, tokens }) => {
    const others = said.get(sentenceId) ?? []
    const viewOf = ({ kind, name }: Layer): LayerView | null => {
      const found = others.find((other) => other.kind === kind && other.name === name)
      if (!found) return null
      return { items: found.annotation, lastMs: found.annotation.history.at(-1)?.atMs ?? null }
    }
    const views = layers.map((layer) => (isOwnLayer(layer) ? (own.get(sentenceId) ?? null) : viewOf(layer)))
    return { sentenceId, text, words: unpackTokens(tokens).length, views }
  })
}

/** The corpus's own annotations of the sentences that were reviewed or have any. */
function readOwnViews(database: Database, set: ReturnType<typeof byIds>): Map<number, LayerView> {
  const times = database.all<{ sentence_id: number; at_ms: number }>(
    `SELECT sentence_id, max(at_ms) AS at_ms FROM operation WHERE sentence_id ${set.sql} GROUP BY sentence_id`,
    ...set.values,
  )
  const lastMs = new Map(times.map(({ sentence_id, at_ms }) => [sentence_id, at_ms]))
  const isAnnotated = ({ spans, relations }: AnnotatedItems, isReviewed: boolean): boolean =>
    isReviewed || spans.length > 0 || relations.length > 0
  return new Map(
    [...readAnnotations(database, set)].flatMap(([sentenceId, annotation]) =>
      isAnnotated(annotation, annotation.review.isReviewed)
        ? [[sentenceId, { items: annotation, lastMs: lastMs.get(sentenceId) ?? null }] as const]
        : [],
    ),
  )
}
