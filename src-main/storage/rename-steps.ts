/** Renaming a label in a whole corpus, some sentences at each step: annotations, unanchored triples, layers. */
import { relabelAnnotation } from '#main/document/edit-relabel'
import type { AnnotationRepository } from './annotation-repository.ts'
import { advanceBatch, progressOf, type BatchAct } from './batch-acts.ts'
import type { Database } from './database.ts'
import { readLabelChange, renameTriples, sentencesToRename } from './label-changes.ts'
import { renameInLayers, type LayerRenaming } from './layer-labels.ts'
import { idWindows } from './sentence-set.ts'

/** Number of sentences that one step changes. */
export const renamedAtOnce = 10

/** Does what is left of an act; each step notes how far it is. */
export function* renameSteps(
  database: Database,
  annotations: Pick<AnnotationRepository, 'annotations' | 'apply'>,
  act: BatchAct,
): Generator<void, void> {
  const change = readLabelChange(database, act.batch)
  if (!change || !('renames' in act.work)) return
  const { author, atMs, description, batch, corpusId } = act
  const renaming: LayerRenaming = {
    ...{ kind: act.work.renames, from: change.from, to: change.to },
    ...{ author, atMs, description },
  }
  for (const [first, last] of idWindows(database, progressOf(database, batch).reached + 1)) {
    const ids = sentencesToRename(database, corpusId, renaming, first, last)
    for (let at = 0; at < ids.length; at += renamedAtOnce) {
      const some = ids.slice(at, at + renamedAtOnce)
      advanceBatch(database, batch, some.at(-1) ?? first, renameSome(some))
      yield
    }
    yield
  }

  /** Answers with the number of sentences that held the label. */
  function renameSome(ids: readonly number[]): number {
    const { kind, from, to } = renaming
    const inLayers = renameInLayers(database, batch, ids, renaming)
    const ofTriples = kind === 'relation' ? renameTriples(database, batch, ids, from, to) : new Set<number>()
    let changed = 0
    for (const [sentenceId, annotation] of annotations.annotations(ids)) {
      const changes = relabelAnnotation(annotation, kind, from, to)
      if (changes.length === 0 && !inLayers.has(sentenceId) && !ofTriples.has(sentenceId)) continue
      annotations.apply(sentenceId, author, description, changes, atMs, { batch })
      changed++
    }
    return changed
  }
}
