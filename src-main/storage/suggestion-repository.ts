/** SuggestionRepository: which source suggests in a corpus, and what it suggests, in the types of that corpus. */
import type { Prediction } from '#main/document/prediction'
import type { SuggestionSource } from '#main/document/suggestion-source'
import type { TypeMapping } from '#main/document/type-mapping'
import type { Database } from './database.ts'
import { readOpenSuggestions, type SuggestedPage } from './open-suggestions.ts'
import { readMapping, readSourcePredictions } from './source-predictions.ts'

export interface SuggestionRepository {
  /** The source that a person chose for a corpus, null where they chose none; undefined where nobody has chosen. */
  chosen(corpusId: number): SuggestionSource | null | undefined
  choose(corpusId: number, source: SuggestionSource | null): void
  /** The kept mapping of the types of a run of another corpus; null where there is none. */
  mapping(corpusId: number, runId: string): TypeMapping | null
  putMapping(corpusId: number, runId: string, mapping: TypeMapping): void
  /** Ids of the runs of which a mapping is kept for a corpus. */
  mappedRuns(corpusId: number): string[]
  /** The rules that a layer was made by, as they were written; null where it was not. */
  rules(corpusId: number, name: string): string | null
  putRules(corpusId: number, name: string, rules: string): void
  dropRules(corpusId: number, name: string): void
  /** Open suggestions of sentences that wait for a review, behind a sentence. */
  openPage(corpusId: number, source: SuggestionSource, after: number, limit: number): SuggestedPage
  /** What a source suggests, by sentence id; sentences of which it says nothing yet are absent. */
  predictions(corpusId: number, source: SuggestionSource, sentenceIds: readonly number[]): Map<number, Prediction>
}

export function createSuggestionRepository(database: Database): SuggestionRepository {
  return {
    chosen(corpusId) {
      const row = database.get<{ source: string }>('SELECT source FROM suggestion_choice WHERE corpus_id = ?', corpusId)
      return row && (JSON.parse(row.source) as SuggestionSource | null) // written by choose alone
    },
    choose: (corpusId, source) =>
      void database.run(
        'INSERT OR REPLACE INTO suggestion_choice (corpus_id, source) VALUES (?, ?)',
        ...[corpusId, JSON.stringify(source)],
      ),
    mapping: (...request) => readMapping(database, ...request),
    putMapping: (corpusId, runId, kept) =>
      void database.run(
        'INSERT OR REPLACE INTO type_mapping (corpus_id, run_id, mapping) VALUES (?, ?, ?)',
        ...[corpusId, runId, JSON.stringify(kept)],
      ),
    mappedRuns: (corpusId) =>
      database.column<string>('SELECT run_id FROM type_mapping WHERE corpus_id = ? ORDER BY run_id', corpusId),
    rules: (corpusId, name) =>
      database.get<{ rules: string }>(
        'SELECT rules FROM rule_set WHERE corpus_id = ? AND name = ?',
        ...[corpusId, name],
      )?.rules ?? null,
    putRules: (corpusId, name, rules) =>
      void database.run(
        'INSERT OR REPLACE INTO rule_set (corpus_id, name, rules) VALUES (?, ?, ?)',
        ...[corpusId, name, rules],
      ),
    dropRules: (corpusId, name) =>
      void database.run('DELETE FROM rule_set WHERE corpus_id = ? AND name = ?', corpusId, name),
    openPage: (...request) => readOpenSuggestions(database, ...request),
    predictions: (...request) => readSourcePredictions(database, ...request),
  }
}
