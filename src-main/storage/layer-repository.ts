/** LayerRepository: who annotated which sentences of a corpus, and what each says. */
import { isOwnLayer, type Layer, type LayerKind } from '#main/document/layer'
import type { AnnotatedItems } from '#main/document/layer-differences'
import { splits } from '#main/document/doc'
import type { ComparedSentence, LayerView } from '#main/evaluation/agreement/agreement'
import { readAnnotations } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { readLayers } from './layer-rows.ts'
import { byIds } from './sentence-set.ts'
import { splitIndex, unpackTokens } from './words.ts'

export interface CountedLayer extends Layer {
  /** Number of sentences that it annotated. */
  readonly sentences: number
}

export interface LayerRepository {
  /** The layers of a corpus beside its own annotation, in the order of their kinds and names. */
  list(corpusId: number): CountedLayer[]
  /** Number of sentences that have any of these layers. */
  countSentences(corpusId: number): number
  /** The sentences that have layers, with what each of these layers says of them, some at each step. */
  comparedPages(corpusId: number, layers: readonly Layer[]): Generator<ComparedSentence[], void>
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
  return {
    list: (corpusId) =>
      database.all<{ kind: LayerKind; name: string; sentences: number }>(
        `SELECT kind, name, count(*) AS sentences FROM sentence CROSS JOIN layer_annotation USING (sentence_id) JOIN layer USING (layer_id)
         WHERE corpus_id = ? AND layer_count > 0 GROUP BY layer_id ORDER BY kind, name`,
        corpusId,
      ),
    countSentences: (corpusId) =>
      database.get<{ total: number }>(
        'SELECT count(*) AS total FROM sentence WHERE corpus_id = ? AND layer_count > 0',
        corpusId,
      )?.total ?? 0,
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
