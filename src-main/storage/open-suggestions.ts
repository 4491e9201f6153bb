/** Open suggestions of a corpus, page by page: those of sentences that wait for a review and come with suggestions. */
import type { Annotation } from '#main/document/annotation'
import { heldBackOf } from '#main/document/held-back'
import type { SuggestionSource } from '#main/document/suggestion-source'
import { suggestionsOf, type Suggestion } from '#main/document/suggestions'
import type { LabelSet } from '#main/labels/label-set'
import { wordsOf } from '#main/text/words'
import { readAnnotations } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { byIds } from './sentence-set.ts'
import { createSettingsRepository } from './settings-repository.ts'
import { readSourcePredictions } from './source-predictions.ts'
import { splitAt, unpackTokens } from './words.ts'

export interface SuggestedSentence {
  readonly sentenceId: number
  readonly words: readonly string[]
  readonly annotation: Annotation
  /** Suggestions in types that the label set holds. */
  readonly suggestions: readonly Suggestion[]
}

export interface SuggestedPage {
  /** Id of the last sentence that was looked at; null where there was none. */
  readonly last: number | null
  /** Number of sentences that may have suggestions, and of those that the source has spoken of. */
  readonly waiting: number
  readonly predicted: number
  readonly sentences: readonly SuggestedSentence[]
}

interface Row {
  readonly sentence_id: number
  readonly split: number
  readonly text: string
  readonly tokens: string
}

export function readOpenSuggestions(
  database: Database,
  corpusId: number,
  source: SuggestionSource,
  after: number,
  limit: number,
): SuggestedPage {
  const rows = database.all<Row>(
    `SELECT sentence_id, split, text, tokens FROM sentence
     WHERE +corpus_id = ? AND sentence_id > ? AND is_reviewed = 0 ORDER BY sentence_id LIMIT ?`,
    ...[corpusId, after, limit],
  )
  const settings = createSettingsRepository(database).get()
  const told = rows.filter(
    ({ sentence_id: sentenceId, split }) =>
      heldBackOf({ sentenceId, split: splitAt(split), isReviewed: false }, settings) === null,
  )
  const ids = told.map(({ sentence_id }) => sentence_id)
  const predictions = readSourcePredictions(database, corpusId, source, ids)
  const annotations = readAnnotations(database, byIds([...predictions.keys()]))
  const isKnown = knownTypes(database, corpusId)
  const sentences = told.flatMap(({ sentence_id: sentenceId, text, tokens }): SuggestedSentence[] => {
    const [prediction, annotation] = [predictions.get(sentenceId), annotations.get(sentenceId)]
    if (!prediction || !annotation) return []
    const suggestions = suggestionsOf(annotation, prediction).filter(isKnown)
    return suggestions.length === 0
      ? []
      : [{ sentenceId, words: wordsOf(text, unpackTokens(tokens)), annotation, suggestions }]
  })
  const last = rows.at(-1)?.sentence_id ?? null
  return { last, waiting: told.length, predicted: predictions.size, sentences }
}

function knownTypes(database: Database, corpusId: number): (suggestion: Suggestion) => boolean {
  const row = database.get<{ labels: string }>('SELECT labels FROM corpus WHERE corpus_id = ?', corpusId)
  const { entityTypes, relationTypes } = JSON.parse(row?.labels ?? '{"entityTypes":[],"relationTypes":[]}') as LabelSet
  const entities = new Set(entityTypes.map(({ name }) => name))
  const relations = new Set(relationTypes.map(({ name }) => name))
  return (one) =>
    one.kind === 'span'
      ? entities.has(one.label)
      : relations.has(one.type) && entities.has(one.subject.label) && entities.has(one.object.label)
}
