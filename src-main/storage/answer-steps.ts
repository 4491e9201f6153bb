/** Answering a group of suggestions in a whole corpus, some sentences at each step. */
import { randomUUID } from 'node:crypto'
import { answerGroup } from '#main/document/suggestion-group'
import type { AnnotationRepository } from './annotation-repository.ts'
import { advanceBatch, progressOf, type BatchAct } from './batch-acts.ts'
import type { Database } from './database.ts'
import { readOpenSuggestions } from './open-suggestions.ts'

/** Number of sentences that one step looks at. */
const answeredAtOnce = 20

/** Does what is left of an act; each step notes how far it is. */
export function* answerSteps(
  database: Database,
  annotations: Pick<AnnotationRepository, 'apply'>,
  { batch, corpusId, author, atMs, description, work }: BatchAct,
): Generator<void, void> {
  if (!('answer' in work)) return
  const { answer } = work
  for (let after = progressOf(database, batch).reached; ;) {
    const page = readOpenSuggestions(database, corpusId, answer.source, after, answeredAtOnce)
    if (page.last === null) return
    let changed = 0
    for (const { sentenceId, words, annotation, suggestions } of page.sentences) {
      const changes = answerGroup(annotation, suggestions, answer, { author, words, newId: randomUUID })
      if (changes.length === 0) continue
      annotations.apply(sentenceId, author, description, changes, atMs, { batch })
      changed++
    }
    after = page.last
    advanceBatch(database, batch, after, changed)
    yield
  }
}
